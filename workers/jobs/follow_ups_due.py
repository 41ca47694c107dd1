"""Tell staff of the follow-ups that have fallen due."""

import database
from clock import now
from database import db
from domain import follow_ups
from models import Company
from workers import queues


def run() -> None:
    """Tell each promise once."""
    queues.began("follow_ups_due")
    with database.connection():
        for company in list(Company.select()):
            with db.atomic():
                follow_ups.tell_due(company, now())
