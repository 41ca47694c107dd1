"""What became of a send whose answer was lost: Twilio's own list of messages decides (PLATFORM §11)."""

from datetime import timedelta

from clock import machine_now
from database import db
from messaging import approved, outcomes, render
from messaging.channels.base import Channel, Listed, SendError
from messaging.delivery import account_of
from models import Company, Message, Phone, Sender
from workers import queues

# Before that, the report that carries our id may still settle it.
PATIENCE = timedelta(seconds=45)
# Not in the list by then: it was not taken, and may be sent once more.
PROOF = timedelta(minutes=3)
AT_ONCE = 50


def settle(channel: Channel) -> int:
    """Look up what is uncertain; returns how many were settled."""
    at = machine_now()
    rows = Message.select(Message, Phone, Company, Sender).join_from(Message, Phone)
    rows = rows.join_from(Message, Company).join_from(Message, Sender)
    lost = (Message.state == "uncertain") & (Message.claimed_at < at - PATIENCE)
    open_questions = (
        rows.where(lost, Message.reason != "left_to_a_person").order_by(Message.id).limit(AT_ONCE)
    )
    return sum(_settle(channel, message) for message in open_questions)


def _settle(channel: Channel, message: Message) -> bool:
    try:
        listed = channel.sent_to(account_of(message.sender), message.sender.address, message.phone.address)
    except SendError:
        return False
    with db.atomic():
        found = next((row for row in listed if _is_it(message, row)), None)
        if found:
            outcomes.taken(message, found.provider_id)
            return True
        return message.claimed_at < machine_now() - PROOF and _once_more(message)


def _is_it(message: Message, listed: Listed) -> bool:
    known = Message.select().where(Message.provider_id == listed.provider_id).exists()
    return listed.body in (message.body, _as_template(message)) and not known


def _as_template(message: Message) -> str:
    entry = approved.for_writing_first(message.template)
    if entry is None or not message.facts:
        return message.body
    return render.fill(render.approved(entry.name, message.language), message.facts)


def _once_more(message: Message) -> bool:
    still = (Message.id == message.id) & (Message.state == "uncertain")
    if message.attempts > 1:
        Message.update(reason="left_to_a_person").where(still).execute()
        return True
    queues.wake("send_messages")
    return bool(Message.update(state="queued", reason="not_taken").where(still).execute())
