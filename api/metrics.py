"""GET /metrics for Prometheus: read from the database and from what the web processes count together, so that
each of them says the same."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response
from peewee import Model, fn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

import spool
from api import traffic
from clock import machine_now, now
from database import AWAY
from desk_tables import Tick
from messaging import waiting
from models import FollowUp, InboundMessage, Message, Sender
from workers import queues

blueprint = Blueprint("metrics", __name__)

HOUR = timedelta(hours=1)
# So many of the latest inbound messages are looked at; more an hour are counted as so many.
LATEST = 20_000

# So that the index is used.
_WENT = ("sending", "uncertain", "sent", "delivered", "read", "failed", "undelivered")

Rows = Iterable[tuple[Any, ...]]


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counts, ages in seconds and failures; no text and no numbers of people."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Readings())
    traffic.read(registry)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Readings:
    """What is collected at each call; its cost follows what waits and what went in the last hour."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _gauge("spooled", "Requests of Twilio on disk, waiting for the database", value=spool.waiting())
        yield _gauge("redis_up", "Whether Redis answers", value=queues.redis_answers())
        yield _gauge("jobs_waiting", "Jobs in each queue", ["queue"], queues.lengths().items())
        try:
            families = list(_from_the_database())
        except AWAY:
            yield _gauge("database_up", "Whether the database answers", value=0)
            return
        yield _gauge("database_up", "Whether the database answers", value=1)
        yield from families


def _from_the_database() -> Iterator[GaugeMetricFamily]:
    kinds = ["state", "kind", "reason"]
    open_states = Message.state.in_(["queued", "sending", "uncertain"])
    yield _gauge(
        "messages_waiting", "Messages that have not gone", kinds, _counted(Message, kinds, open_states)
    )
    lately = Message.state.in_(_WENT) & (Message.claimed_at > machine_now() - HOUR)
    sent = _counted(Message, ["state", "kind"], lately)
    yield _gauge("messages_last_hour", "Messages tried in the last hour", ["state", "kind"], sent)
    failures = _counted(Message, ["error_code"], lately & Message.error_code.is_null(False))
    yield _gauge("failures_last_hour", "Twilio's errors in the last hour", ["code"], failures)
    yield _gauge("inbound_last_hour", "Messages people wrote in the last hour", ["state"], _inbound())
    yield _gauge("oldest_seconds", "Age of what has waited longest", ["what"], _ages())
    tasks = _counted(FollowUp, ["kind"], FollowUp.state == "open")
    yield _gauge("tasks_open", "Things staff have to do", ["kind"], tasks)
    held = [
        (row.id, row.held_until is not None and row.held_until > machine_now()) for row in Sender.select()
    ]
    yield _gauge("sender_held", "Whether a number of ours may not send", ["sender"], held)
    ticks = [(row.job, (machine_now() - row.ran_at).total_seconds()) for row in _ticks()]
    yield _gauge("tick_age_seconds", "Time since the clock last asked for a job", ["job"], ticks)


def _counted(table: type[Model], names: list[str], where: Any) -> Rows:
    fields = [getattr(table, name) for name in names]
    rows: Any = table.select(*fields, fn.COUNT("*")).where(where).group_by(*fields).tuples()
    return list(rows)


def _inbound() -> Rows:
    newest = InboundMessage.select(fn.MAX(InboundMessage.id)).scalar() or 0
    latest = (InboundMessage.id > newest - LATEST) & (InboundMessage.received_at > now() - HOUR)
    return _counted(InboundMessage, ["state"], latest)


def _ages() -> Rows:
    return [
        ("unanswered", waiting.oldest_unanswered() or 0),
        ("overdue", waiting.oldest_overdue() or 0),
        ("uncertain", waiting.oldest_uncertain() or 0),
    ]


def _ticks() -> list[Tick]:
    return list(Tick.select().where(Tick.job.in_(list(queues.QUEUE_OF))))


def _gauge(
    name: str, about: str, labels: list[str] | None = None, rows: Rows = (), value: float | None = None
) -> GaugeMetricFamily:
    if value is not None:
        return GaugeMetricFamily(f"refilldesk_{name}", about, value=float(value))
    family = GaugeMetricFamily(f"refilldesk_{name}", about, labels=labels)
    for *names, count in rows:
        family.add_metric([str(each) if each is not None else "" for each in names], float(count))
    return family
