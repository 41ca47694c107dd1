"""Whether the desk is alive, and whether it does its work."""

from datetime import datetime
from typing import Any

from flask import Blueprint
from peewee import DatabaseError, InterfaceError

from clock import now
from models import InboundMessage, Message
from workers import queues

blueprint = Blueprint("health", __name__)

# Older than this, in seconds, something that should be working is not.
OLD = 300


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> tuple[dict[str, Any], int]:
    """Database, Redis, and the age in seconds of the oldest unanswered and the oldest overdue message."""
    reading: dict[str, Any] = {"redis": queues.redis_answers()}
    try:
        reading |= {"database": True, "oldest_unanswered": _unanswered(), "oldest_overdue": _overdue()}
    except (DatabaseError, InterfaceError):
        reading |= {"database": False, "oldest_unanswered": None, "oldest_overdue": None}
    late = any((reading[name] or 0) > OLD for name in ("oldest_unanswered", "oldest_overdue"))
    fine = reading["database"] and reading["redis"] and not late
    return {"status": "ok" if fine else "not ready", **reading}, 200 if fine else 503


def _unanswered() -> float | None:
    waiting = InboundMessage.state == "waiting"
    row = InboundMessage.select(InboundMessage.received_at).where(waiting).order_by(InboundMessage.id).first()
    return _age(row.received_at, now()) if row else None


def _overdue() -> float | None:
    due = (Message.state == "queued") & (Message.send_after <= now())
    row = Message.select(Message.send_after).where(due).order_by(Message.send_after).first()
    return _age(row.send_after, now()) if row else None


def _age(then: datetime, at: datetime) -> float:
    return round((at - then).total_seconds(), 1)
