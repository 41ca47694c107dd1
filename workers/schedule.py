"""What ticks how often, one line each; the database says what is due, so a doubled tick does no harm."""

import logging
import time
from datetime import timedelta

from peewee import DatabaseError, InterfaceError

import clock
import database
from clock import machine_now
from desk_tables import Tick
from messaging import catching_up
from workers import queues

log = logging.getLogger(__name__)

EVERY = {
    "send_messages": timedelta(seconds=15),
    "sweep": timedelta(seconds=30),
    "settle_sends": timedelta(seconds=30),
    "find_missed": timedelta(minutes=3),
    "refills_due": timedelta(seconds=60),
    "follow_ups_due": timedelta(seconds=30),
    "care_due": timedelta(minutes=5),
    "finish_erasures": timedelta(minutes=5),
    "fetch_pictures": timedelta(seconds=60),
    "assign_contacts": timedelta(minutes=5),
    "prepare_scripts": timedelta(minutes=15),
    "redact": timedelta(minutes=1),
    "call_webhooks": timedelta(seconds=30),
    "template_status": timedelta(seconds=60),
    "daily_summary": timedelta(minutes=5),
    "keep_coverage": timedelta(minutes=10),
    "prune": timedelta(hours=6),
}


def run_for_ever() -> None:
    """Tick once a second; a database or Redis that is away for a while only delays the ticks.

    The machine's clock may jump: a tick in the future counts as none, or nothing would run until then.
    """
    moved_by = None
    while True:
        try:
            with database.connection():
                before, moved_by = moved_by, clock.offset()
                tick(at_once=_has_jumped(before, moved_by))
        except (DatabaseError, InterfaceError):
            log.warning("the database does not answer; the clock goes on")
        time.sleep(1)


def _has_jumped(before: timedelta | None, moved_by: timedelta) -> bool:
    """Whether the movable clock was moved, after which everything may be due at once."""
    if before in (None, moved_by):
        return False
    # Until every process has noticed.
    time.sleep(2 * clock.FRESH)
    return True


def tick(at_once: bool = False) -> list[str]:
    """Ask for every job that is due by the machine's time, or for all `at_once`; returns their names."""
    # Before the ticks say that all is well again.
    catching_up.notice()
    due = [job for job, every in EVERY.items() if _take(job, timedelta() if at_once else every)]
    for job in due:
        queues.wake(job)
    return due


def _take(job: str, every: timedelta) -> bool:
    """Claim the tick, so that two clocks ask once."""
    at = machine_now()
    due = (Tick.ran_at <= at - every) | (Tick.ran_at > at + every)
    claimed = Tick.update(ran_at=at).where(Tick.job == job, due).execute()
    return bool(claimed) or bool(Tick.insert(job=job, ran_at=at).on_conflict_ignore().as_rowcount().execute())
