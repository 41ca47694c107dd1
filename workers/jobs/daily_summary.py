"""Tell managers of the day, each evening."""

import apart
import database
from clock import now
from domain import daily_summary
from models import Company
from workers import queues


def run() -> None:
    """Tell each manager once; before and long after its hour nothing happens."""
    queues.began("daily_summary")
    with database.connection():
        apart.each(list(Company.select()), lambda company: daily_summary.tell(company, now()))
