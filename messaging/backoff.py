"""How long a number of ours rests when it was too fast, longer each time, or until a person has mended what
stops it; told to all processes by its row (PLATFORM §5)."""

import logging
import random
from datetime import timedelta

from peewee import Expression

from clock import machine_now
from messaging.channels import errors
from models import Message, Sender
from workers import queues

log = logging.getLogger(__name__)

# However often it was too fast, it tries again after this.
CEILING = timedelta(minutes=10)
# Sends that go well for so long, or for as long as the last rest was, end the series.
CALM = timedelta(seconds=30)
# A rest may be longer by this share, or all processes would come back in the same moment.
JITTER = 0.25


def rest(message: Message, code: int | None) -> timedelta:
    """Have the sender of `message` rest after Twilio's `code`; returns for how long."""
    at, sender = machine_now(), Sender.get_by_id(message.sender_id)
    rests = _in_a_row(message, sender, code)
    lasts = min(length(code, rests) * random.uniform(1, 1 + JITTER), _longest(code))
    here = (Sender.id == sender.id) & _ends_before(at + lasts)
    values = {"held_until": at + lasts, "held_reason": f"twilio_{code}", "stopped_by": None}
    Sender.update(rests=rests, **values).where(here).execute()
    return lasts


def stop(message: Message, action: str, code: int | None) -> timedelta:
    """Stop the sender of `message`, or every sender of its account or all for WhatsApp, until somebody has
    mended it or it is tried again; returns after how long that is."""
    lasts = errors.hold(code)
    here = _stopped_with(message.sender, action)
    until = machine_now() + lasts
    Sender.update(held_until=until).where(here & _ends_before(until)).execute()
    Sender.update(held_reason=f"twilio_{code}", stopped_by=code).where(here).execute()
    log.error("nothing is sent any more by sender %s: Twilio's error %s", message.sender_id, code)
    queues.wake("note_outcomes")
    return lasts


def length(code: int | None, rests: int) -> timedelta:
    """The rest after the `rests`-th time in a row, without jitter: doubled each time, up to a ceiling."""
    return min(errors.hold(code) * 2 ** min(rests - 1, 20), _longest(code))


def _in_a_row(message: Message, sender: Sender, code: int | None) -> int:
    ended = sender.held_until
    if ended is None:
        return 1
    if message.claimed_at is not None and message.claimed_at < ended:
        # Refused together with the one that began this rest, or before it: that says nothing new.
        return max(1, sender.rests)
    calm = max(CALM, length(code, max(1, sender.rests)))
    return sender.rests + 1 if machine_now() < ended + calm else 1


def _longest(code: int | None) -> timedelta:
    return max(errors.hold(code), CEILING)


def _ends_before(until: object) -> Expression:
    return Sender.held_until.is_null() | (Sender.held_until < until)


def _stopped_with(sender: Sender, action: str) -> Expression:
    if action == errors.STOP_SENDER:
        return Sender.id == sender.id
    account = _account(sender)
    return account & (Sender.channel == "whatsapp") if action == errors.STOP_WHATSAPP else account


def _account(sender: Sender) -> Expression:
    if sender.account_sid:
        return Sender.account_sid == sender.account_sid
    return Sender.account_sid.is_null() | (Sender.account_sid == "")
