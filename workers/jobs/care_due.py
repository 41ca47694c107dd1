"""Remind customers of visits and check-ups, and plan the check-up that follows one that was done."""

import database
from clock import now
from database import db
from domain import care_follow_ups, conditions
from models import Company
from workers import queues


def run() -> None:
    """Each is reminded of once."""
    queues.began("care_due")
    with database.connection():
        for company in list(Company.select()):
            with db.atomic():
                conditions.catch_up(company, now())
                care_follow_ups.remind_due(company, now())
