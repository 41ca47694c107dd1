"""What people wrote while Twilio could not reach us: it calls once, so its list is compared with ours."""

import logging
from datetime import timedelta

import spool
from bot import arrivals
from clock import now
from desk_tables import Tick
from messaging.channels.base import Received, Records, SendError
from messaging.delivery import account_of
from models import InboundMessage, Sender

log = logging.getLogger(__name__)

# Looked at again each time: a message may be listed later than it is dated.
OVERLAP = timedelta(minutes=15)
# How far back the first look goes, and the one after a long silence.
FURTHEST = timedelta(days=3)
# Younger than this, Twilio may be just about to call us.
JUST_NOW = timedelta(seconds=60)


def find(channel: Records) -> int:
    """Take in what Twilio has for each of our numbers and we do not; returns how many."""
    found = 0
    if spool.is_waiting():
        # It comes in first, in its order.
        return 0
    # What reached the numbers of a messaging service cannot be listed by it.
    for sender in list(Sender.select().where(~Sender.address.startswith("MG"))):
        try:
            found += _find_for(channel, sender)
        except SendError as error:
            log.warning("Twilio's list cannot be read: %s", error.reason)
    return found


def _find_for(channel: Records, sender: Sender) -> int:
    at = now()
    mark = Tick.get_or_create(job=f"received:{sender.id}", defaults={"ran_at": at - FURTHEST})[0]
    since = max(min(mark.ran_at, at) - OVERLAP, at - FURTHEST)
    listed = list(channel.received(account_of(sender), sender.address, since, sender.channel))
    # Oldest first, as they were written.
    taken = sum(_take_in(row, sender) for row in reversed(listed) if row.created_at < at - JUST_NOW)
    mark.ran_at = at
    mark.save()
    if taken:
        log.warning("took in %d messages Twilio could not bring us", taken)
    return taken


def _take_in(row: Received, sender: Sender) -> bool:
    if InboundMessage.select().where(InboundMessage.provider_id == row.provider_id).exists():
        return False
    fields = {
        "provider_id": row.provider_id,
        "from_address": row.from_address,
        "to_address": row.to_address,
        "channel": sender.channel,
        "body": row.body.replace("\x00", ""),
        "media": row.media,
    }
    return arrivals.store_message(fields, row.created_at)
