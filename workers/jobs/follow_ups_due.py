"""Tell staff of the follow-ups that have fallen due."""

import apart
import database
from clock import now
from domain import follow_ups
from models import Company
from workers import queues


def run() -> None:
    """Tell each promise once."""
    queues.began("follow_ups_due")
    with database.connection():
        apart.all_of(list(Company.select()), lambda company: follow_ups.tell_due(company, now()))
