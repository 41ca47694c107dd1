"""Delivery reports by the short way: most say only that a message went one step further."""

from peewee import SQL, Case, fn

from clock import now
from database import db
from messaging import outcomes, reach
from models import Message, Phone
from workers import queues

# What a message may be before each report, where nothing else follows from it.
_BEFORE = {
    "sent": ("sending", "uncertain"),
    "delivered": ("sending", "uncertain", "sent"),
    "read": ("sending", "uncertain", "sent", "delivered"),
}


def take_in(message_id: int, provider_id: str, status: str, code: int | None) -> None:
    """Take in one report, by a single statement where that is all it takes; the rules are those of `outcomes`."""
    if status not in _BEFORE or not _moved(message_id, provider_id, status):
        outcomes.report(message_id, provider_id, status, code)


def _moved(message_id: int, provider_id: str, status: str) -> bool:
    at = now()
    changes: dict[object, object] = {
        Message.state: status,
        Message.provider_id: provider_id,
        Message.reason: None,
        Message.sent_at: fn.COALESCE(Message.sent_at, at),
        Message.outcome: Case(None, [(_CONCERNS, "sent" if status == "sent" else "delivered")], Message.outcome),
    }
    if status != "sent":
        changes[Message.delivered_at] = fn.COALESCE(Message.delivered_at, at)
    if status == "read":
        changes[Message.read_at] = at
    # A message that is sent anew keeps the id of its failed try: that one reports no more.
    this_try = Message.provider_id.is_null() | (
        (Message.provider_id == provider_id) & (Message.state != "sending")
    )
    where = (Message.id == message_id) & Message.state.in_(_BEFORE[status]) & this_try
    if status != "sent":
        # The first that arrives says that the number is on WhatsApp.
        where &= fn.EXISTS(
            Phone.select(SQL("1")).where(Phone.id == Message.phone, Phone.reach == reach.AVAILABLE)
        )
    with db.atomic():
        moved = list(Message.update(changes).where(where).returning(Message.outcome).execute())
        if moved and moved[0].outcome:
            queues.wake_soon("note_outcomes")
    return bool(moved)


_CONCERNS = Message.kind.in_(["reminder", "promotion"]) | (Message.template == "staff_reply")
