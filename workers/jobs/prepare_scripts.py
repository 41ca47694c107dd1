"""Have call scripts ready for those whose refill is due, and forget the ones nobody called by."""

import database
from clock import now
from database import db
from domain import call_scripts
from models import Company
from workers import queues


def run() -> None:
    """Make what is lacking, a few at a time."""
    queues.began("prepare_scripts")
    with database.connection():
        call_scripts.prune(now())
        for company in list(Company.select()):
            while _some(company):
                pass


def _some(company: Company) -> int:
    with db.atomic():
        return call_scripts.prepare(company, now())
