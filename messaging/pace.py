"""How fast a sender may send, and how often one person may be written to (PLATFORM §3)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import company_settings
from models import Message, Sender

# What an idle sender may send at once, and what one that was kept from looking may make up for.
AT_FIRST = timedelta(seconds=0.05)
CATCH_UP = timedelta(seconds=0.25)

# WhatsApp takes one message in six seconds to one person. A burst is borrowed from the time after it, at most
# 45 messages: a dialogue may borrow, because the person sets its pace; what we say of ourselves hardly.
SPACING = timedelta(seconds=6)
BURST = 3
BURST_OF_ANSWERS = 40
_REMEMBERED = SPACING * BURST_OF_ANSWERS


def room(sender: Sender, at: datetime) -> int:
    """How many messages `sender` may send at the machine's time `at`."""
    return max(0, int((at - _used_until(sender, at)) / _apart(sender) + 1e-6))


def use(sender: Sender, count: int, at: datetime) -> None:
    """Count `count` messages of `sender` as sent, for all processes that send for it."""
    if count:
        sender.paced_until = _used_until(sender, at) + _apart(sender) * count
        Sender.update(paced_until=sender.paced_until).where(Sender.id == sender.id).execute()


@dataclass
class Spacing:
    """When each of some phones may be written to next, at the machine's time `at`."""

    at: datetime
    # Until when the six seconds of what a phone has been sent reach, one after the other.
    used_until: dict[int, datetime] = field(default_factory=dict)

    def look_up(self, phones: Iterable[int]) -> None:
        """Read what the phones of these ids were sent lately, where it is not known yet."""
        unknown = set(phones) - self.used_until.keys()
        recent = (
            Message.select(Message.phone, Message.claimed_at)
            .where(Message.phone.in_(unknown), Message.claimed_at > self.at - _REMEMBERED)
            .order_by(Message.claimed_at)
        )
        found: dict[int, datetime] = {}
        for row in recent:
            found[row.phone_id] = max(found.get(row.phone_id, row.claimed_at), row.claimed_at) + SPACING
        self.used_until |= dict.fromkeys(unknown, self.at) | found

    def wait(self, message: Message) -> timedelta:
        """Take the next free place of the phone; returns how long it is away, nothing when it is now."""
        burst = BURST_OF_ANSWERS if message.kind == "answer" else BURST
        used = max(self.used_until.get(message.phone_id, self.at), self.at)
        self.used_until[message.phone_id] = used + SPACING
        return max(timedelta(), used - SPACING * (burst - 1) - self.at)


def _apart(sender: Sender) -> timedelta:
    return timedelta(seconds=1 / company_settings.get(sender.company, "rate"))


def _used_until(sender: Sender, at: datetime) -> datetime:
    apart = _apart(sender)
    if sender.paced_until is None or sender.paced_until < at - max(CATCH_UP, apart):
        return at - max(AT_FIRST, apart)
    return sender.paced_until
