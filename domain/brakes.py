"""Stops what nobody can mean: the same words to one person again and again, or more of one message in an hour
than there are people (PEERS §5, row 10). What waits is held, managers are told."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from peewee import Expression, Field, fn

from clock import machine_now
from desk_tables import Tick
from domain import notices
from models import Company, InboundMessage, Message, Phone
from statements import rare

# The same words to one phone: so many within so long are no accident any more.
ALIKE = 3
SOON = timedelta(minutes=10)
# One message to everybody we know, within an hour, and a few over: more would be somebody's mistake.
HOUR = timedelta(hours=1)
OVER = 50
# So long it stands still, unless somebody mends it.
HELD_FOR = timedelta(hours=2)

BRAKE = "brake"

# What somebody waits for, and what tells of trouble.
_NEVER_HELD = ("answer", "staff_alarm")

# So many messages of one phone within so long: nobody types that fast for so long.
MACHINE_FROM = 30
MACHINE_WITHIN = timedelta(minutes=5)
# A slower one: we have answered by ourselves so often, and it never rested as a person does.
ANSWERS_IN_A_ROW = 20
REST = timedelta(minutes=5)
# So many of its messages are looked at; whoever wrote so many without a rest is no person.
_LOOKED_AT = 100

_WENT = ("sending", "uncertain", "sent", "delivered", "read", "failed", "undelivered")


def check(company: Company, at: datetime) -> int:
    """Hold what runs away and tell the managers; returns how many messages were held."""
    held = sum(_hold(company, at, Message.template == template) for template in _floods(company))
    for phone, template in _repeated(company):
        held += _hold(company, at, Message.template == template, Message.phone == phone)
    if held:
        key, until = f"brake:{company.id}:{at:%Y-%m-%d-%H}", at + HELD_FOR
        notices.tell_managers(company, "brake_pulled", key=key, kind="staff_alarm", count=held, until=until)
    return held


def is_a_machine(phone: Phone, at: datetime) -> bool:
    """Whether another bot answers us: more came from this phone within minutes than a person types, or it
    goes on without a rest while nobody but us answers. It is over once it has been silent for a while."""
    return _writes_too_fast(phone, at) or _never_rests(phone)


def _writes_too_fast(phone: Phone, at: datetime) -> bool:
    theirs = InboundMessage.select(InboundMessage.received_at).where(InboundMessage.phone == phone)
    earlier = theirs.order_by(InboundMessage.id.desc()).offset(MACHINE_FROM - 1).first()
    return earlier is not None and earlier.received_at > at - MACHINE_WITHIN


def _never_rests(phone: Phone) -> bool:
    answers = Message.select(Message.created_at, Message.template)
    answers = answers.where(Message.phone == phone, Message.kind == "answer").order_by(Message.id.desc())
    latest = list(answers.limit(ANSWERS_IN_A_ROW))
    if len(latest) < ANSWERS_IN_A_ROW or any(one.template == "staff_reply" for one in latest):
        return False
    theirs = InboundMessage.select(InboundMessage.received_at).where(InboundMessage.phone == phone)
    since = theirs.where(InboundMessage.received_at > latest[-1].created_at - REST)
    moments = [row.received_at for row in since.order_by(InboundMessage.id.desc()).limit(_LOOKED_AT)]
    # After an outage many answers go at once to who has written over days.
    if len(moments) < ANSWERS_IN_A_ROW:
        return False
    return all(later - earlier < REST for later, earlier in pairwise(moments))


def _floods(company: Company) -> list[str]:
    counted = _went_lately(company, HOUR, Message.template).having(fn.COUNT("*") > OVER)
    counts = {row.template: row.count for row in counted}
    if not counts:
        return []
    # There is no need to count more of them.
    most = Phone.select(Phone.id).where(Phone.company == company).limit(max(counts.values()))
    known = most.count()
    return [template for template, count in counts.items() if count > known + OVER]


def _repeated(company: Company) -> list[tuple[int, str]]:
    counted = _went_lately(company, SOON, Message.phone, Message.template).having(fn.COUNT("*") > ALIKE)
    pairs = [(row.phone_id, row.template) for row in counted]
    return [(phone, template) for phone, template in pairs if _says_the_same(company, phone, template)]


def _says_the_same(company: Company, phone_id: int, template: str) -> bool:
    alike = (Message.phone == phone_id) & (Message.template == template)
    lately = alike & (Message.claimed_at > _since(company, SOON))
    bodies = Counter(row.body for row in Message.select(Message.body).where(lately))
    return max(bodies.values(), default=0) > ALIKE


def _went_lately(company: Company, within: timedelta, *columns: Field) -> Any:
    went = Message.state.in_(_WENT) & rare(Message.claimed_at > _since(company, within))
    counted = Message.select(*columns, fn.COUNT("*").alias("count"))
    # Found by their moment and not by the company, of which there are many more.
    ours = Message.company + 0 == company.id
    return counted.where(ours, Message.kind.not_in(_NEVER_HELD), went).group_by(*columns)


def _since(company: Company, within: timedelta) -> datetime:
    """So long ago, or since a manager let go what was held."""
    lifted = Tick.get_or_none(Tick.job == f"lifted:{company.id}")
    since = machine_now() - within
    return max(since, lifted.ran_at) if lifted else since


def _hold(company: Company, at: datetime, *which: Expression) -> int:
    waiting = (Message.company == company) & (Message.state == "queued") & Message.kind.not_in(_NEVER_HELD)
    is_held = (Message.reason == BRAKE) & (Message.send_after > at)
    free = (Message.reason.is_null() | ~is_held) & (Message.send_after < at + HELD_FOR)
    held = Message.update(reason=BRAKE, send_after=at + HELD_FOR).where(waiting, free, *which)
    return int(held.execute())
