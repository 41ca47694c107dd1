"""Telling other programs what happened: written in the same transaction, called afterwards.

Shape and signature are those of Standard Webhooks (standardwebhooks.com): the headers webhook-id,
webhook-timestamp and webhook-signature, and a body of type, timestamp and data.
"""

import base64
import json
import secrets
import uuid
from datetime import datetime
from typing import Any

from clock import machine_now
from desk_tables import Webhook, WebhookCall
from models import Company
from workers import queues

PURCHASE_RECORDED = "purchase.recorded"
CONTACT_CONVERTED = "contact.converted"
CONTACT_STATUS_CHANGED = "contact.status_changed"
ORDER_CHANGED = "order.changed"
ALARM_RAISED = "alarm.raised"
EVENTS = (PURCHASE_RECORDED, CONTACT_CONVERTED, CONTACT_STATUS_CHANGED, ORDER_CHANGED, ALARM_RAISED)

_PREFIX = "whsec_"


def announce(company: Company, event: str, at: datetime, data: dict[str, Any], event_id: str = "") -> None:
    """Write a call to each program that wants to hear of `event`; they are called once this is committed.

    `data` is plain JSON: numbers and dates by which the API gives the rest, no names and nothing medical but
    what was sold. The same `event_id` is told once.
    """
    listening = [row for row in _active(company) if event in row.events]
    if not listening:
        return
    if event_id and WebhookCall.select().where(WebhookCall.event_id == event_id).exists():
        return
    event_id = event_id or f"evt_{uuid.uuid4().hex}"
    body = json.dumps({"type": event, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)
    for webhook in listening:
        WebhookCall.create(
            webhook=webhook, event_id=event_id, event=event, body=body, try_after=machine_now(), created_at=at
        )
    queues.wake("call_webhooks")


def add(
    company: Company, name: str, url: str, events: list[str], *, allows_private: bool
) -> tuple[Webhook, str]:
    """A program that wants to hear of `events`, and its secret, which is told only now.

    The address is checked by `messaging.channels.webhook.check`, by the caller.
    """
    secret = _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    added = Webhook.create(
        company=company, name=name, url=url, secret=secret, events=events, allows_private=allows_private
    )
    return added, secret


def remove(webhook: Webhook) -> None:
    """It hears of nothing more; what is on its way is dropped."""
    webhook.delete_instance(recursive=True)


def latest(webhook: Webhook) -> WebhookCall | None:
    """The call that was tried last."""
    tried = (WebhookCall.webhook == webhook) & WebhookCall.outcome.is_null(False)
    return WebhookCall.select().where(tried).order_by(WebhookCall.id.desc()).first()


def waiting(webhook: Webhook) -> int:
    """How many calls are still to be made."""
    open_ones = WebhookCall.state.in_(["waiting", "calling"])
    return WebhookCall.select().where(WebhookCall.webhook == webhook, open_ones).count()


def _active(company: Company) -> list[Webhook]:
    return list(Webhook.select().where(Webhook.company == company, Webhook.is_active))
