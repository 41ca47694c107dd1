"""After an outage managers are told once what became of what had gathered: sent late, sent no more, or given
to staff to call (FEATURES L10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from desk_tables import Tick
from domain import notices
from models import Company, FollowUp, Message
from statements import rare

# By then everything that was due has been asked for, and what must wait waits.
SETTLES = timedelta(hours=1)

_WENT = ("sending", "uncertain", "sent", "delivered", "read", "failed", "undelivered")


@dataclass(frozen=True)
class Aftermath:
    """What came of an outage: reminders and offers that went late, those that had become too old to be
    of use, and people whose refill staff are to call about instead."""

    late: int
    too_old: int
    to_call: int


def tell(company: Company, began: datetime, over: datetime, *, ahead: timedelta, at: datetime) -> bool:
    """Tell the managers once for each outage, when the backlog is through; whether they were told now.

    `began` and `over` are moments of the machine, which the shop's clock is `ahead` of.
    """
    if at < over + ahead + SETTLES or _is_told(company, over) or _still_waits(company):
        return False
    Tick.insert(job=_told(company), ran_at=over).on_conflict(
        conflict_target=[Tick.job], update={"ran_at": over}
    ).execute()
    found = aftermath(company, began, over, ahead=ahead)
    if not (found.late or found.too_old or found.to_call):
        return False
    began, over = began + ahead, over + ahead
    key = f"outage:{company.id}:{over:%Y-%m-%dT%H:%M:%S}"
    notices.tell_managers(company, "outage_over", key=key, began=began, over=over, found=found)
    return True


def aftermath(company: Company, began: datetime, over: datetime, *, ahead: timedelta) -> Aftermath:
    """What has become, by now, of what gathered between these moments of the machine."""
    kinds = Message.kind.in_(["reminder", "promotion"])
    went = Message.state.in_(_WENT) & rare(Message.claimed_at > over)
    gathered = Message.created_at < over + ahead
    cancelled = (Message.state == "cancelled") & (Message.reason == "too_old")
    old = cancelled & (Message.useful_until > began + ahead)
    calls = (FollowUp.kind == "refill_call") & (FollowUp.created_at > over + ahead)
    return Aftermath(
        late=_count(company, kinds & went & gathered),
        too_old=_count(company, kinds & old & gathered),
        to_call=FollowUp.select().where(FollowUp.company == company, calls, FollowUp.state == "open").count(),
    )


def _count(company: Company, which: object) -> int:
    return int(Message.select(fn.COUNT("*")).where(Message.company == company, which).scalar())


def _still_waits(company: Company) -> bool:
    slowed = rare(Message.state == "queued") & (Message.reason == "catching_up")
    return bool(Message.select().where(slowed, Message.company == company).exists())


def _is_told(company: Company, over: datetime) -> bool:
    return bool(Tick.select().where(Tick.job == _told(company), Tick.ran_at >= over).exists())


def _told(company: Company) -> str:
    return f"outage_told:{company.id}"
