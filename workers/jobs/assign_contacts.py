"""Deal out to staff the contacts that need a call."""

import database
from clock import now
from database import db
from domain import assignments
from models import Company
from workers import queues


def run() -> None:
    """Assign as many as today's limits allow."""
    queues.began("assign_contacts")
    with database.connection():
        for company in list(Company.select()):
            with db.atomic():
                assignments.assign(company, now())
