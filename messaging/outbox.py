"""Say it in the transaction, send it after: a message becomes a row here together with what caused it."""

from datetime import timedelta
from typing import Any

import database
from clock import now
from messaging import approved, policy, render, sms
from messaging.parts import parts
from models import Company, Message, Phone, Sender
from workers import queues

PRIORITY = {"answer": 1, "staff_alarm": 1, "staff_notice": 3, "reminder": 5, "promotion": 8}

# After this long a message of that kind is no use any more and is not sent (PEERS §3, row 7 and 18).
USEFUL_FOR = {
    "answer": timedelta(days=3),
    "staff_alarm": timedelta(hours=20),
    "staff_notice": timedelta(hours=20),
    "reminder": timedelta(days=3),
    "promotion": timedelta(days=7),
}


class NoSender(Exception):
    """The company has no WhatsApp number to send from."""


def queue(
    phone: Phone,
    template: str,
    *,
    key: str,
    kind: str = "answer",
    language: str = "",
    media: list[str] | None = None,
    by: Sender | None = None,
    **facts: Any,
) -> Message:
    """Write the message that says `template` to `phone` and wake the sender once the transaction commits.

    The same `key` again changes nothing and returns the first message. Where policy refuses, the row keeps
    the reason: nothing is dropped in silence. `by` is the number somebody wrote to where that is not
    WhatsApp's: the answer goes by the same way. What is too long for one message goes on in others.
    """
    said = Message.get_or_none(Message.key == key)
    if said is not None:
        return said
    message = _message(phone, template, language or phone.language or phone.company.language, facts)
    message.key, message.kind, message.media = key, kind, media
    if by is not None:
        message.sender, message.body = by, sms.plain_words(message.body)
    message.priority = PRIORITY[kind]
    message.useful_until = message.created_at + USEFUL_FOR[kind]
    message.serial = phone.company.take_serials() if kind != "answer" else None
    # What WhatsApp has approved is as long as it may be.
    whole = template in approved.APPROVED
    message.body, *more = [message.body] if whole else parts(message.body)
    _write(message)
    for number, text in enumerate(more, 2):
        _write(_continued(message, number, text))
    return message


def release(phone: Phone, reason: str) -> None:
    """Let go now what was held for `reason`, for instance because the person has written."""
    held = (Message.phone == phone) & (Message.state == "queued") & (Message.reason == reason)
    if Message.update(send_after=now(), reason=None).where(held).execute():
        queues.wake("send_messages")


def cancel(message: Message, reason: str) -> bool:
    """Take back a message that has not gone yet; False when it has."""
    waiting = (Message.id == message.id) & (Message.state == "queued")
    cancelled = bool(Message.update(state="cancelled", reason=reason).where(waiting).execute())
    if cancelled:
        database.tell_journal_of_cancelled(message)
    return cancelled


def restore(message: Message) -> None:
    """Queue again what `cancel` took back; the rules look at it anew, and it may be too old by now."""
    cancelled = (Message.id == message.id) & (Message.state == "cancelled") & Message.outcome.is_null()
    if Message.update(state="queued", reason=None, send_after=now()).where(cancelled).execute():
        queues.wake("send_messages")


def say_by_sms_too(message: Message) -> None:
    """Say it by SMS as well, where the company sends any and that is not stopped itself: for what has to
    reach somebody while WhatsApp takes nothing."""
    sms.beside(message)


def goes_by_sms(message: Message) -> bool:
    """Whether an SMS has gone, or will go, in place of this message."""
    return sms.stands_in_for(message)


def _write(message: Message) -> None:
    policy.judge(message)
    message.save(force_insert=True)
    if message.reason == "not_on_whatsapp":
        sms.instead_of(message)
    if message.state == "queued" and message.send_after <= message.created_at:
        queues.wake("send_messages")
    elif message.outcome:
        queues.wake("note_outcomes")


def _continued(message: Message, number: int, text: str) -> Message:
    """The next message of one that was too long; they go in this order."""
    same = ("company", "phone", "sender", "kind", "template", "language", "facts", "priority", "useful_until")
    said = {name: getattr(message, name) for name in same}
    at = message.created_at
    return Message(**said, key=f"{message.key}:{number}", body=text, created_at=at, send_after=at)


def _message(phone: Phone, template: str, language: str, facts: dict[str, Any]) -> Message:
    company = phone.company
    created = now()
    facts = {"store": company.name, "zone": company.timezone, "now": created, **facts}
    return Message(
        company=company,
        phone=phone,
        sender=sender_of(company),
        template=template,
        language=language,
        body=render.text(template, language, **facts).body,
        facts=_variables(template, language, facts),
        created_at=created,
        send_after=created,
    )


def _variables(template: str, language: str, facts: dict[str, Any]) -> approved.Variables:
    """In the person's language and in English, as which it goes where only English is approved."""
    entry = approved.for_writing_first(template)
    if entry is None:
        return {}
    written_in = {render.language_of(entry.name, each) for each in (language, "en")}
    return {each: render.variables(entry.name, each, **facts) for each in sorted(written_in)}


def sender_of(company: Company) -> Sender:
    """The WhatsApp number everything of this company goes from; raises `NoSender`."""
    mine = (Sender.company == company) & (Sender.channel == "whatsapp")
    sender = Sender.select().where(mine).order_by(Sender.id).first()
    if sender is None:
        raise NoSender(f"{company.name} has no WhatsApp number yet")
    return sender
