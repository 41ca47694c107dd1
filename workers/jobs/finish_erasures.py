"""Forget the numbers and messages of people whose data was erased, once their last answer has gone."""

import apart
import database
from clock import now
from domain import erasure
from models import Company
from workers import queues


def run() -> None:
    """Each is forgotten once nothing waits to be sent to it."""
    queues.began("finish_erasures")
    with database.connection():
        apart.each(list(Company.select()), lambda company: erasure.finish(company, now()))
