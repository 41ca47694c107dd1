"""Forget what is old: message texts, undo records."""

from datetime import timedelta

import database
from clock import now
from models import Tick, Undo
from workers import queues

_KEPT = timedelta(days=7)


def run() -> None:
    """Delete undo records nobody can use any more."""
    queues.began("prune")
    with database.connection():
        Undo.delete().where(Undo.done_at < now() - _KEPT).execute()
        Tick.delete().where(Tick.ran_at < now() - timedelta(days=30)).execute()
