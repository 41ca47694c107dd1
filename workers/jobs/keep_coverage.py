"""Bring the covered days up to date where a medicine has come to be known as something else."""

import database
from domain import coverage
from workers import queues


def run() -> None:
    """Catch up with medicines; purchases are counted as they are recorded."""
    queues.began("keep_coverage")
    with database.connection():
        coverage.catch_up()
