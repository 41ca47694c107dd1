"""The refill ladder: says what is due to whom, for every company in its own zone."""

import apart
import database
from clock import now
from database import db
from domain import refill_ladder, refill_lapses, reservations
from models import Company
from workers import queues


def run() -> None:
    """One round; what is not done yet is asked for again."""
    queues.began("refills_due")
    with database.connection():
        apart.all_of(list(Company.select().order_by(Company.id)), _remind, _tidy)


def _remind(company: Company) -> None:
    refill_ladder.remind_due(company, now())


def _tidy(company: Company) -> None:
    with db.atomic():
        refill_lapses.end_old(company, now())
        reservations.expire(company, now())
