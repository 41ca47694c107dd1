"""How long people and messages have been waiting, and what holds them: for whoever watches the desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from peewee import fn

from clock import machine_now, now
from desk_tables import Tick
from messaging.outbox import PRIORITY
from models import InboundMessage, Message, Sender
from statements import rare

# The tick that runs most often of those that are always due.
PULSE = "sweep"
# The clock ticks it twice a minute.
STOPPED = timedelta(minutes=3)


def oldest_unanswered() -> float | None:
    """Seconds since the oldest unanswered message came, to a number of ours; None when all are answered."""
    addresses = Sender.select(Sender.address)
    ours = InboundMessage.phone.is_null(False) | InboundMessage.to_address.in_(addresses)
    ours |= InboundMessage.messaging_service.in_(addresses)
    waiting = rare(InboundMessage.state == "waiting") & ours
    return _age(InboundMessage.select(fn.MIN(InboundMessage.received_at)).where(waiting).scalar(), now())


def not_ours() -> dict[str, int]:
    """How many messages wait that were written to a number nobody has set up, by that number."""
    strange = (InboundMessage.state == "waiting") & InboundMessage.phone.is_null()
    counted = InboundMessage.select(InboundMessage.to_address, fn.COUNT("*").alias("count"))
    rows = counted.where(strange).group_by(InboundMessage.to_address)
    ours = {row.address for row in Sender.select(Sender.address)}
    return {row.to_address: row.count for row in rows if row.to_address not in ours}


def oldest_overdue() -> float | None:
    """Seconds since the oldest message that may go should have gone; None when nothing is late."""
    due = [moment for moment in _next_due() if moment <= now()]
    return _age(min(due), now()) if due else None


def oldest_uncertain() -> float | None:
    """Seconds since the oldest send was tried of which nobody knows what became."""
    lost = (Message.state == "uncertain") & (Message.reason != "left_to_a_person")
    return _age(Message.select(fn.MIN(Message.claimed_at)).where(lost).scalar(), machine_now())


def clock_age() -> float | None:
    """Seconds since the clock last ticked; None when it never has."""
    row = Tick.get_or_none(Tick.job == PULSE)
    return _age(row.ran_at, machine_now()) if row else None


def clock_runs() -> bool:
    """Whether the clock process is alive."""
    age = clock_age()
    return age is not None and age < STOPPED.total_seconds()


def held_senders() -> list[Sender]:
    """Our numbers that may not send at the moment."""
    return list(Sender.select().where(Sender.held_until > machine_now()))


def _next_due() -> Iterator[datetime]:
    """The earliest moment of each sender and priority, each one look into an index."""
    for sender in list(Sender.select(Sender.id)):
        for priority in sorted(set(PRIORITY.values())):
            mine = (Message.sender == sender) & (Message.state == "queued") & (Message.priority == priority)
            row = Message.select(Message.send_after).where(mine).order_by(Message.send_after).first()
            if row is not None:
                yield row.send_after


def _age(then: datetime | None, at: datetime) -> float | None:
    return None if then is None else round((at - then).total_seconds(), 1)
