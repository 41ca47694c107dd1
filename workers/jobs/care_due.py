"""Remind customers of visits and check-ups, and plan what follows by itself: check-ups and reviews."""

import apart
import database
from clock import now
from database import db
from domain import care_follow_ups, conditions, medication_reviews
from models import Company
from workers import queues


def run() -> None:
    """Each is reminded of once."""
    queues.began("care_due")
    with database.connection():
        apart.all_of(list(Company.select()), _plan, _remind)


def _plan(company: Company) -> None:
    with db.atomic():
        conditions.catch_up(company, now())
        medication_reviews.plan_due(company, now())


def _remind(company: Company) -> None:
    care_follow_ups.remind_due(company, now())
