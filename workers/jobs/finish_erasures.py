"""Forget the numbers and messages of people whose data was erased, once their last answer has gone."""

import database
from clock import now
from database import db
from domain import erasure
from models import Company
from workers import queues


def run() -> None:
    """Each is forgotten once nothing waits to be sent to it."""
    queues.began("finish_erasures")
    with database.connection():
        for company in list(Company.select()):
            with db.atomic():
                erasure.finish(company, now())
