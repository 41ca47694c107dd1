"""Deal out to staff the contacts that need a call."""

import apart
import database
from clock import now
from domain import assignments
from models import Company
from workers import queues


def run() -> None:
    """Assign as many as today's limits allow."""
    queues.began("assign_contacts")
    with database.connection():
        apart.each(list(Company.select()), lambda company: assignments.assign(company, now()))
