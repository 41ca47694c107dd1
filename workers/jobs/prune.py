"""Forget what is old: message texts, undo records, answers to programs."""

from datetime import timedelta

import database
from clock import now
from models import AnsweredRequest, Tick, Undo
from workers import queues

_KEPT = timedelta(days=7)
# So long the same Idempotency-Key is the same request.
_ANSWERS_KEPT = timedelta(days=3)


def run() -> None:
    """Delete undo records nobody can use any more."""
    queues.began("prune")
    with database.connection():
        Undo.delete().where(Undo.done_at < now() - _KEPT).execute()
        AnsweredRequest.delete().where(AnsweredRequest.created_at < now() - _ANSWERS_KEPT).execute()
        Tick.delete().where(Tick.ran_at < now() - timedelta(days=30)).execute()
