"""What the outcome of a message means for the pharmacy: materials delivered, people WhatsApp cannot reach,
people who asked us to stop, and trouble only a manager can mend."""

from datetime import datetime

import apart
from clock import machine_now
from database import db
from domain import announcements, customers, follow_ups, notices, people, refill_cycles, refills
from messaging import outbox, reach
from models import (
    ApprovedTemplate,
    Company,
    Contact,
    FollowUp,
    Message,
    Phone,
    RefillReminder,
    Sender,
)
from statements import rare
from workers import queues

# In one transaction and one job: answers to people wait in the same queue, and must not wait long.
_AT_ONCE = 20

_ASKED_NOT_TO_WRITE = "asked_not_to_write"

# States of a template in which WhatsApp does not let it go until somebody has seen to it.
_TEMPLATE_TROUBLE = ("rejected", "paused", "disabled", "stopped")


def note(at: datetime) -> int:
    """Take in what became of messages since the last time; returns how many. Each outcome is told once."""
    told = untold(_AT_ONCE)
    if len(told) == _AT_ONCE:
        queues.wake("note_outcomes")
    try:
        apart.each(told, lambda number: _note(_message(number), at), together=_AT_ONCE)
    finally:
        _tell_of_trouble(at)
    return len(told)


def tell_of_unknown_errors(company: Company, met: dict[int, int], at: datetime) -> None:
    """Tell managers, once a day, that many messages fail for a reason nobody here knows (PLATFORM §5); `met`
    says how many people's, by Twilio's code."""
    for code, count in met.items():
        cause = f"unknown_error:{company.id}:{code}:{at:%Y-%m-%d}"
        announcements.alarm_raised(company, cause, at, kind="unknown_error", code=code, people=count)
        _tell_managers(company, cause, "staff_alarm")


def untold(limit: int) -> list[int]:
    """So many of the messages whose outcome has not been taken in yet."""
    # By its index: PostgreSQL expects a third of all messages here until it has been told better, and would
    # walk through them all.
    rows = Message.select(Message.id).where(rare(Message.outcome > "")).order_by(Message.outcome)
    return [message.id for message in rows.limit(limit)]


def opted_out(phone: Phone, *, at: datetime) -> None:
    """Somebody wants nothing more from us, wherever they said so: every ladder of the phone ends at once.

    Where somebody's refills are no longer reminded of, staff get a task to look after them in another way.
    """
    reminded = {reminder.customer_id: reminder.customer for reminder in refills.open_of_phone(phone)}
    refills.stopped(phone, at=at)
    for customer in reminded.values():
        follow_ups.raise_task(
            phone.company,
            _ASKED_NOT_TO_WRITE,
            at=at,
            person=people.of_customer(customer),
            staff=customer.assigned_to,
            cause=f"{_ASKED_NOT_TO_WRITE}:{customer.id}:{at:%Y-%m-%d}",
        )


def opted_in(phone: Phone, *, at: datetime) -> None:
    """Somebody who had stopped us wants to hear from us again: what they take is reminded of again, and staff
    need not look after it in another way."""
    for customer in customers.behind(phone):
        refill_cycles.begin_all_again(customer, refills.STOPPED, at=at)
    follow_ups.settled(phone, _ASKED_NOT_TO_WRITE, at=at)


def _message(message_id: int) -> Message:
    return Message.select(Message, Phone).join(Phone).where(Message.id == message_id).get()


def _note(message: Message, at: datetime) -> None:
    same = (Message.id == message.id) & (Message.outcome == message.outcome)
    if not Message.update(outcome=None).where(same).execute():
        return
    if message.outcome == "opted_out":
        opted_out(message.phone, at=at)
        message.outcome = "failed"
    elif message.outcome == "uncertain":
        _look_into(message, at)
    if message.template in ("store_materials", "store_materials_sms"):
        _note_materials(message, at)
    elif message.kind == "answer":
        _note_answer(message, at)
    elif message.key.startswith(("refill:", "sms:refill:")) and _has_come_to_nothing(message):
        _call_about_refill(message, at)
    if message.phone.reach == reach.NOT_AVAILABLE:
        queues.wake("assign_contacts")


def _has_come_to_nothing(message: Message) -> bool:
    """Nobody will read it: not on WhatsApp, or it waited through an outage until it was of no use."""
    if message.key.startswith("sms:"):
        return message.outcome in ("failed", "cancelled") and message.reason != "opted_out"
    if message.outcome == "not_on_whatsapp":
        return not outbox.goes_by_sms(message)
    return (message.outcome, message.reason) == ("cancelled", "too_old")


def _look_into(message: Message, at: datetime) -> None:
    """Nobody can tell whether it arrived, and sending it again might repeat it: a person decides."""
    follow_ups.raise_task(
        message.company,
        "uncertain_send",
        at=at,
        phone=message.phone,
        person=next(iter(people.behind(message.phone)), None),
        notes=message.body,
        cause=f"uncertain:{message.id}",
    )


def _note_materials(message: Message, at: datetime) -> None:
    contact = Contact.get_or_none(Contact.phone == message.phone)
    if contact is None or (message.outcome == "not_on_whatsapp" and outbox.goes_by_sms(message)):
        return
    contact.materials_state = message.outcome
    if message.outcome in ("sent", "delivered") and contact.materials_sent_at is None:
        contact.materials_sent_at = message.sent_at or at
    elif message.outcome in ("failed", "not_on_whatsapp"):
        # Twilio had taken them, WhatsApp did not deliver.
        contact.materials_sent_at = None
    contact.save()


def _note_answer(message: Message, at: datetime) -> None:
    """A person waits for an answer that staff believe to be given; who asked for silence waits for none."""
    known = people.behind(message.phone)
    came = message.outcome in ("sent", "delivered")
    wants_silence = message.phone.opted_out_at is not None and message.template != "staff_reply"
    same = (FollowUp.kind == "reply_not_delivered") & (FollowUp.phone == message.phone)
    if came or wants_silence or not known or FollowUp.select().where(same, FollowUp.state == "open").exists():
        return
    someone = known[0].customer or known[0].contact
    follow_ups.raise_task(
        message.company,
        "reply_not_delivered",
        at=at,
        person=known[0],
        staff=someone.assigned_to if someone else None,
        cause=f"reply_not_delivered:{message.id}",
    )


def _call_about_refill(message: Message, at: datetime) -> None:
    number = int(message.key.removeprefix("sms:").split(":")[1])
    reminder = RefillReminder.get_or_none(RefillReminder.id == number)
    if reminder is None or reminder.state != "open":
        return
    follow_ups.raise_task(
        message.company,
        "refill_call",
        at=at,
        person=people.of_customer(reminder.customer),
        staff=reminder.customer.assigned_to,
        cause=f"refill_call:{reminder.id}",
    )


def _tell_of_trouble(at: datetime) -> None:
    """Tell managers, each thing once, of what stops messages until a person has mended it; `why` says what it
    is. While nothing can be sent, it waits as the first to go."""
    stopped = Sender.stopped_by.is_null(False) & (Sender.held_until > machine_now())
    for sender in list(Sender.select().where(stopped)):
        cause = f"stopped:{sender.company_id}:{sender.stopped_by}:{sender.held_until:%Y-%m-%d}"
        announcements.alarm_raised(sender.company, cause, at, kind="sender_stopped", code=sender.stopped_by)
        for message in _tell_managers(sender.company, cause, "staff_alarm"):
            outbox.say_by_sms_too(message)
    for row in list(ApprovedTemplate.select().where(ApprovedTemplate.status.in_(_TEMPLATE_TROUBLE))):
        cause = f"template:{row.id}:{row.status}:{(row.words or '')[:8]}"
        facts = {"template": row.name, "language": row.language}
        announcements.alarm_raised(row.company, cause, at, kind=f"template_{row.status}", **facts)
        _tell_managers(row.company, cause, "staff_notice")


def _tell_managers(company: Company, key: str, kind: str) -> list[Message]:
    with db.atomic():
        return notices.tell_managers(company, "desk_trouble", key=key, kind=kind)
