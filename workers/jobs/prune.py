"""Forget what is old: texts, files, undo records, what programs were answered and told, an old register."""

from datetime import timedelta

import database
from clock import now
from desk_tables import AnsweredRequest, Tick, Undo
from domain import refill_plan, registers
from messaging import retention, webhook_calls
from models import Company
from workers import queues

_KEPT = timedelta(days=7)
# So long the same Idempotency-Key is the same request.
_ANSWERS_KEPT = timedelta(days=3)


def run() -> None:
    """Forget all that is older than it is kept, some at a time."""
    queues.began("prune")
    with database.connection():
        Undo.delete().where(Undo.done_at < now() - _KEPT).execute()
        AnsweredRequest.delete().where(AnsweredRequest.created_at < now() - _ANSWERS_KEPT).execute()
        webhook_calls.prune(_KEPT)
        for company in list(Company.select()):
            while retention.forget(company, now()):
                pass
            registers.forget_old(company, refill_plan.today(company, now()))
        Tick.delete().where(Tick.ran_at < now() - timedelta(days=30), Tick.reached == 0).execute()
