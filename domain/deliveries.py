"""What the outcome of a message means for the pharmacy: materials delivered, people WhatsApp cannot reach."""

from datetime import datetime

from database import db
from domain import follow_ups, people
from messaging import reach
from models import Contact, Message, Phone, RefillReminder
from workers import queues

# In one transaction and one job: answers to people wait in the same queue, and must not wait long.
_AT_ONCE = 20


def note(at: datetime) -> int:
    """Take in what became of messages since the last time; returns how many. Each outcome is told once."""
    told = list(
        Message.select(Message, Phone).join(Phone).where(Message.outcome.is_null(False)).limit(_AT_ONCE)
    )
    with db.atomic():
        for message in told:
            _note(message, at)
    if len(told) == _AT_ONCE:
        queues.wake("note_outcomes")
    return len(told)


def _note(message: Message, at: datetime) -> None:
    same = (Message.id == message.id) & (Message.outcome == message.outcome)
    if not Message.update(outcome=None).where(same).execute():
        return
    if message.template == "store_materials":
        _note_materials(message, at)
    elif message.key.startswith("refill:") and message.outcome == "not_on_whatsapp":
        _call_about_refill(message, at)
    if message.phone.reach == reach.NOT_AVAILABLE:
        queues.wake("assign_contacts")


def _note_materials(message: Message, at: datetime) -> None:
    contact = Contact.get_or_none(Contact.phone == message.phone)
    if contact is None:
        return
    contact.materials_state = message.outcome
    if message.outcome in ("sent", "delivered") and contact.materials_sent_at is None:
        contact.materials_sent_at = message.sent_at or at
    elif message.outcome in ("failed", "not_on_whatsapp"):
        # Twilio had taken them, WhatsApp did not deliver.
        contact.materials_sent_at = None
    contact.save()


def _call_about_refill(message: Message, at: datetime) -> None:
    reminder = RefillReminder.get_or_none(RefillReminder.id == int(message.key.split(":")[1]))
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
