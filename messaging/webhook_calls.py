"""Calling the programs that want to hear: claimed, repeated with growing pauses for a day, then given up."""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from clock import machine_now
from desk_tables import Webhook, WebhookCall
from messaging.channels import webhook as channel
from messaging.channels.webhook import Answered
from workers import queues

log = logging.getLogger(__name__)

# Seconds after each try that failed; together a day.
PAUSES = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800)
# A call whose worker died is made again after so long.
LEASE = timedelta(minutes=2)
# Whoever said "gone" is not called any more.
_GONE = 410

_AT_ONCE = 50
_THREADS = 8


def call_due() -> int:
    """Make the calls that are due; returns how many were made. A slow program holds up no other for long."""
    calls = _claim()
    with ThreadPoolExecutor(_THREADS) as pool:
        for call, answered in pool.map(_call, calls):
            _record(call, answered)
    if len(calls) == _AT_ONCE:
        queues.wake("call_webhooks")
    return len(calls)


def prune(older_than: timedelta) -> None:
    """Forget the calls that ended so long ago."""
    WebhookCall.delete().where(WebhookCall.ended_at < machine_now() - older_than).execute()


def _claim() -> list[WebhookCall]:
    at = machine_now()
    waiting = (WebhookCall.state == "waiting") & (WebhookCall.try_after <= at)
    left = (WebhookCall.state == "calling") & (WebhookCall.claimed_at < at - LEASE)
    rows = WebhookCall.select(WebhookCall, Webhook).join(Webhook).where(waiting | left)
    return list(_claimed(rows.order_by(WebhookCall.try_after, WebhookCall.id).limit(_AT_ONCE)))


def _claimed(rows: Iterable[WebhookCall]) -> Iterable[WebhookCall]:
    for call in list(rows):
        same = (WebhookCall.id == call.id) & (WebhookCall.state == call.state)
        same &= WebhookCall.attempts == call.attempts
        claimed = WebhookCall.update(
            state="calling", claimed_at=machine_now(), attempts=WebhookCall.attempts + 1
        )
        if claimed.where(same).execute():
            call.attempts += 1
            yield call


def _call(call: WebhookCall) -> tuple[WebhookCall, Answered]:
    webhook = call.webhook
    answered = channel.post(
        webhook.url, call.event_id, call.body, webhook.secret, allows_private=webhook.allows_private
    )
    return call, answered


def _record(call: WebhookCall, answered: Answered) -> None:
    call.outcome = answered.outcome
    if answered.is_taken:
        call.state, call.ended_at = "done", machine_now()
    elif answered.status == _GONE or call.attempts > len(PAUSES):
        call.state, call.ended_at = "failed", machine_now()
        log.warning("webhook %s was given up: %s", call.webhook_id, answered.outcome)
    else:
        pause = timedelta(seconds=PAUSES[call.attempts - 1])
        call.state, call.try_after = "waiting", machine_now() + pause
    call.save(only=["outcome", "state", "ended_at", "try_after"])
    if answered.status == _GONE:
        Webhook.update(is_active=False).where(Webhook.id == call.webhook_id).execute()
