"""Delivery reports by the short way: most say only that a message has gone one step further."""

from datetime import datetime

from clock import now
from database import db
from messaging import outcomes, reach
from models import Message, Phone
from workers import queues

# What a message may be before each report, where it is only a step further.
_BEFORE = {
    "sent": ("sending", "uncertain", "uncertain", "uncertain"),
    "delivered": ("sending", "uncertain", "sent", "sent"),
    "read": ("sending", "uncertain", "sent", "delivered"),
}

# Written out, because three of these come with each message and putting one together takes three times as
# long as the database takes for it. A message that is sent anew keeps the id of its failed try: that one
# reports no more.
_STEP = """
UPDATE message SET
    state = ?, provider_id = ?, reason = NULL,
    sent_at = COALESCE(sent_at, ?), delivered_at = COALESCE(delivered_at, ?), read_at = COALESCE(read_at, ?),
    outcome = CASE WHEN kind IN ('reminder', 'promotion') OR template = 'staff_reply' THEN ? ELSE outcome END
WHERE id = ? AND template NOT LIKE '%%_sms'
    AND state IN (?, ?, ?, ?) AND (provider_id IS NULL OR (provider_id = ? AND state <> 'sending'))
RETURNING outcome, phone_id, (SELECT reach FROM phone WHERE phone.id = message.phone_id)
"""


def take_in(message_id: int, provider_id: str, status: str, code: int | None) -> None:
    """Take in one report, by a single statement where that is enough; the rules are those of `outcomes`."""
    if status not in _BEFORE or not _stepped(message_id, provider_id, status):
        outcomes.report(message_id, provider_id, status, code)


def _stepped(message_id: int, provider_id: str, status: str) -> bool:
    at = now()
    has_arrived = status != "sent"
    moments = [_stored(at), _stored(at) if has_arrived else None, _stored(at) if status == "read" else None]
    outcome = "delivered" if has_arrived else "sent"
    values = [status, provider_id, *moments, outcome, message_id, *_BEFORE[status], provider_id]
    with db.atomic():
        rows = db.execute_sql(_STEP.replace("?", db.param), values).fetchall()
        for tells, phone_id, stands in rows:
            if has_arrived and stands != reach.AVAILABLE:
                reach.delivered_to(Phone.get_by_id(phone_id))
            if tells:
                queues.wake_soon("note_outcomes")
    return bool(rows)


def _stored(at: datetime) -> str:
    return str(Message.sent_at.db_value(at))
