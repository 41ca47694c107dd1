"""What ticks how often, one line each; the database says what is due, so a doubled tick does no harm."""

import logging
import time
from datetime import timedelta

from peewee import DatabaseError, InterfaceError

import database
from clock import machine_now
from models import Tick
from workers import queues

log = logging.getLogger(__name__)

EVERY = {
    "send_messages": timedelta(seconds=15),
    "sweep": timedelta(seconds=30),
    "refills_due": timedelta(seconds=60),
    "follow_ups_due": timedelta(seconds=30),
    "assign_contacts": timedelta(minutes=5),
    "template_status": timedelta(seconds=60),
    "prune": timedelta(hours=6),
}


def run_for_ever() -> None:
    """Tick once a second; a database or Redis that is away for a while only delays the ticks."""
    while True:
        try:
            with database.connection():
                tick()
        except (DatabaseError, InterfaceError):
            log.warning("the database does not answer; the clock goes on")
        time.sleep(1)


def tick() -> list[str]:
    """Ask for every job that is due by the machine's time; returns their names."""
    due = [job for job, every in EVERY.items() if _take(job, every)]
    for job in due:
        queues.wake(job)
    return due


def _take(job: str, every: timedelta) -> bool:
    """Claim the tick, so that two clocks ask once."""
    at = machine_now()
    claimed = Tick.update(ran_at=at).where(Tick.job == job, Tick.ran_at <= at - every).execute()
    return bool(claimed) or bool(Tick.insert(job=job, ran_at=at).on_conflict_ignore().as_rowcount().execute())
