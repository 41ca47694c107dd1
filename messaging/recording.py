"""What was claimed, put off and taken, written for a whole batch with a few statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from peewee import Case

from clock import machine_now, now
from database import db
from messaging import outcomes, policy, sms
from messaging.channels.base import SendError
from models import Message
from statements import lock_in_order
from workers import queues

# Names and values written together.
Columns = tuple[tuple[str, object], ...]


def claimed(messages: Sequence[Message], at: datetime) -> None:
    """They are being sent from now on and nobody else's; those that go as template open a conversation."""
    groups = defaultdict(list)
    for message in messages:
        groups[message.as_template].append(message.id)
    for as_template, ids in groups.items():
        opened = {"opened_conversation_at": at} if as_template else {}
        Message.update(
            state="sending",
            reason=None,
            as_template=as_template,
            claimed_at=machine_now(),
            attempts=Message.attempts + 1,
            **opened,
        ).where(Message.id.in_(ids)).execute()
    for message in messages:
        message.state = "sending"
        message.attempts += 1


def put_off(refused: Sequence[tuple[Message, policy.Decision]], at: datetime) -> None:
    """What may not go now keeps the reason: cancelled, or looked at again at the moment the rule names."""
    groups: dict[Columns, list[int]] = defaultdict(list)
    for message, decision in refused:
        groups[_columns(message, decision, at)].append(message.id)
        if decision.reason == "not_on_whatsapp":
            sms.instead_of(message)
    for columns, ids in groups.items():
        Message.update(**dict(columns)).where(Message.id.in_(ids)).execute()


def taken(answers: Sequence[tuple[Message, str]]) -> None:
    """Twilio has taken these messages and named them; the rules are those of `outcomes.taken`."""
    if not answers:
        return
    with db.atomic():
        lock_in_order(Message, (message.id for message, _ in answers))
        here = _taken_while_sending(answers)
        late = [(message, name) for message, name in answers if message.id not in here]
        if late:
            _taken_after_a_report(late)


def not_taken(message: Message, error: SendError) -> None:
    """Twilio refused it, or nobody knows; in a transaction of its own, because it may
    concern phone and sender."""
    with db.atomic():
        outcomes.not_taken(message, error)


def _columns(message: Message, decision: policy.Decision, at: datetime) -> Columns:
    if decision.verdict == "cancel":
        outcomes.tell(message, "not_on_whatsapp" if decision.reason == "not_on_whatsapp" else "cancelled")
        return ("state", "cancelled"), ("reason", decision.reason), ("outcome", message.outcome)
    return ("reason", decision.reason), ("send_after", decision.until or at + policy.LOOK_AGAIN)


def _taken_while_sending(answers: Sequence[tuple[Message, str]]) -> set[int]:
    names = {message.id: name for message, name in answers}
    groups = defaultdict(list)
    for message, _ in answers:
        groups[outcomes.concerns_domain(message)].append(message.id)
    if groups.get(True):
        queues.wake("note_outcomes")
    moved: set[int] = set()
    for concerns, ids in groups.items():
        told = {"outcome": "sent"} if concerns else {}
        update = Message.update(
            provider_id=Case(Message.id, [(each, names[each]) for each in ids]),
            state="sent",
            reason=None,
            sent_at=now(),
            **told,
        ).where(Message.id.in_(ids), Message.state == "sending")
        moved |= {row.id for row in update.returning(Message.id).execute()}
    return moved


def _taken_after_a_report(answers: Sequence[tuple[Message, str]]) -> None:
    """A report was faster than Twilio's answer, or the message was given up meanwhile."""
    ids = [message.id for message, _ in answers]
    rows = Message.select(Message.id, Message.provider_id).where(Message.id.in_(ids))
    known = {row.id: row.provider_id for row in rows}
    for message, name in answers:
        if known.get(message.id) != name:
            outcomes.taken(message, name)
