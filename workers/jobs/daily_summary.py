"""Tell managers of the day, each evening."""

import database
from clock import now
from database import db
from domain import daily_summary
from models import Company
from workers import queues


def run() -> None:
    """Tell each manager once; before and long after its hour nothing happens."""
    queues.began("daily_summary")
    with database.connection():
        for company in list(Company.select()):
            with db.atomic():
                daily_summary.tell(company, now())
