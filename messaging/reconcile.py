"""What became of a send whose answer or whose report was lost: Twilio's own records decide (PLATFORM §11)."""

import time
from datetime import datetime, timedelta

from peewee import Expression

from clock import machine_now, now
from database import db
from desk_tables import Tick
from messaging import approved, outcomes, render
from messaging.channels.base import Channel, Listed, Records, SendError
from messaging.delivery import account_of
from models import Company, Message, Phone, Sender
from workers import queues

# Before that, the report that carries our id may still settle it.
PATIENCE = timedelta(seconds=45)
# Not in the list by then: it was not taken, and may be sent once more.
PROOF = timedelta(minutes=3)
# Twilio has something else for this person that we cannot place: by then a person has to look.
GIVE_UP = timedelta(minutes=10)
# By how much Twilio's clock may be behind ours.
SKEW = timedelta(minutes=2)
AT_ONCE = 50
# Seconds one round may take, so that what waits behind it in the queue is not kept waiting.
LONGEST = 20

# A message without a report is looked up twice: soon, and once more for whoever was away.
LOOKED_UP_AFTER = (timedelta(minutes=30), timedelta(hours=24))

LEFT = "left_to_a_person"


def settle(channel: Channel) -> int:
    """Look up what is uncertain; returns how many were settled."""
    until = time.monotonic() + LONGEST
    settled = 0
    for message in _uncertain(machine_now()):
        if time.monotonic() > until:
            break
        settled += _settle(channel, message)
    return settled


def follow(channel: Records) -> int:
    """Look up what was sent some time ago and never reported on; returns how many moved."""
    return sum(_follow(channel, age) for age in LOOKED_UP_AFTER)


def _uncertain(at: datetime) -> list[Message]:
    rows = Message.select(Message, Phone, Company, Sender).join_from(Message, Phone)
    rows = rows.join_from(Message, Company).join_from(Message, Sender)
    lost = (Message.state == "uncertain") & (Message.claimed_at < at - PATIENCE) & (Message.reason != LEFT)
    # Those that waited longest first: one that nobody can settle must not keep the others back for ever.
    return list(rows.where(lost).order_by(Message.claimed_at, Message.id).limit(AT_ONCE))


def _settle(channel: Channel, message: Message) -> bool:
    try:
        sender, to = message.sender, message.phone.address
        listed = channel.sent_to(account_of(sender), sender.address, to, sender.channel)
    except SendError:
        return False
    with db.atomic():
        strange = [row for row in listed if _is_of_then(row, message) and not _is_known(row)]
        found = next((row for row in strange if row.body in _wordings(message)), None)
        if found:
            outcomes.taken(message, found.provider_id)
            return True
        age = machine_now() - message.claimed_at
        if strange:
            return age > GIVE_UP and _leave_to_a_person(message)
        return age > PROOF and _once_more(message)


def _is_of_then(row: Listed, message: Message) -> bool:
    # A simulated clock only ever runs ahead of the machine's, by which claims are dated.
    return row.created_at is None or row.created_at > message.claimed_at - SKEW


def _is_known(row: Listed) -> bool:
    return Message.select().where(Message.provider_id == row.provider_id).exists()


def _wordings(message: Message) -> set[str]:
    """All that Twilio may show of it: the words, or the approved body in any language it may have gone in."""
    words = {message.body}
    entry = approved.for_writing_first(message.template)
    if entry is not None and message.facts:
        for language in approved.languages_of(entry.name):
            if values := approved.variables(message, language):
                words.add(render.fill(render.approved(entry.name, language), values))
    return words


def _once_more(message: Message) -> bool:
    if message.attempts > 1:
        return _leave_to_a_person(message)
    queues.wake("send_messages")
    again = Message.update(state="queued", reason="not_taken", send_after=now())
    return bool(again.where(_still_uncertain(message)).execute())


def _leave_to_a_person(message: Message) -> bool:
    queues.wake("note_outcomes")
    left = Message.update(reason=LEFT, outcome="uncertain")
    return bool(left.where(_still_uncertain(message)).execute())


def _still_uncertain(message: Message) -> Expression:
    return (Message.id == message.id) & (Message.state == "uncertain")


def _follow(channel: Records, age: timedelta) -> int:
    """Each message is looked up once at this age: a mark says up to which claim that was done."""
    mark = _mark(age)
    silent = (Message.state == "sent") & (Message.claimed_at > mark.ran_at)
    silent &= Message.claimed_at <= machine_now() - age
    rows = Message.select(Message, Sender).join(Sender).where(silent, Message.provider_id.is_null(False))
    until = time.monotonic() + LONGEST
    moved = 0
    for message in list(rows.order_by(Message.claimed_at).limit(AT_ONCE)):
        if time.monotonic() > until:
            break
        provider_id = str(message.provider_id)
        try:
            standing = channel.standing(account_of(message.sender), provider_id)
        except SendError:
            break
        if standing is not None:
            outcomes.report(message.id, provider_id, standing.status, standing.code)
            moved += Message.get_by_id(message.id).state != "sent"
        mark.ran_at = message.claimed_at
    mark.save()
    return moved


def _mark(age: timedelta) -> Tick:
    # What was sent before there was a mark, at an age at which it is still of interest.
    beginning = machine_now() - age - timedelta(days=1)
    return Tick.get_or_create(job=f"followed:{age}", defaults={"ran_at": beginning})[0]
