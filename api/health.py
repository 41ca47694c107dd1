"""Whether the desk is alive, and whether it does its work."""

from typing import Any

from flask import Blueprint

import spool
from database import AWAY
from messaging import alarms, catching_up, waiting
from workers import queues

blueprint = Blueprint("health", __name__)

# Older than this, in seconds, something that should be working is not.
OLD = 300
_AGES = ("oldest_unanswered", "oldest_overdue", "clock_age")


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> tuple[dict[str, Any], int]:
    """Database, Redis, clock, what is spooled, and the age in seconds of the oldest unanswered and the oldest
    overdue message; 503 when something does not do its work, and `wrong` says what."""
    reading = {"redis": queues.redis_answers(), "spooled": spool.waiting(), **_from_the_database()}
    wrong = [name for name, is_wrong in _faults(reading).items() if is_wrong]
    return {"status": "not ready" if wrong else "ok", "wrong": wrong, **reading}, 503 if wrong else 200


def _from_the_database() -> dict[str, Any]:
    try:
        return {
            "database": True,
            "oldest_unanswered": waiting.oldest_unanswered(),
            "oldest_overdue": waiting.oldest_overdue(),
            "clock_age": waiting.clock_age(),
            "senders_held": len(waiting.held_senders()),
            "alarms": [sender.stopped_by for sender in alarms.standing()],
            "not_ours": sum(waiting.not_ours().values()),
            "catching_up": catching_up.is_going_on(),
        }
    except AWAY:
        nothing = dict.fromkeys((*_AGES, "senders_held", "alarms", "not_ours", "catching_up"))
        return {"database": False, **nothing}


def _faults(reading: dict[str, Any]) -> dict[str, bool]:
    return {
        "database": not reading["database"],
        "redis": not reading["redis"],
        "unanswered": (reading["oldest_unanswered"] or 0) > OLD,
        "overdue": (reading["oldest_overdue"] or 0) > OLD,
        "alarm": bool(reading["alarms"]),
        # Before its first tick the clock is only about to start.
        "clock": (reading["clock_age"] or 0) > waiting.STOPPED.total_seconds(),
    }
