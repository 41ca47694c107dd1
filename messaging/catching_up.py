"""After an outage: what has gathered goes out over hours instead of in a burst, so that people's answers find
somebody (FEATURES L10). What is of no more use the rules cancel, and staff are given the calls."""

from datetime import datetime, timedelta

import company_settings
from clock import machine_now
from desk_tables import Tick
from models import Company, Message

# The tick that runs most often: when it has not for so long, everything stood still.
PULSE = "sweep"
LONG = timedelta(hours=2)
# So long after an outage the desk goes easy.
LASTS = timedelta(days=1)

_JOB = "outage_over"
_BEGAN = "outage_began"
_HOUR = timedelta(hours=1)
_WENT = ("sending", "uncertain", "sent", "delivered", "read")


def notice() -> bool:
    """Note that an outage is over, if one is; whoever comes first says so, twice does no harm."""
    pulse = Tick.get_or_none(Tick.job == PULSE)
    at = machine_now()
    if pulse is None or pulse.ran_at > at - LONG:
        return False
    _note(_BEGAN, pulse.ran_at)
    _note(_JOB, at)
    return True


def latest() -> tuple[datetime, datetime] | None:
    """When, by the machine's clock, the latest outage of these days began and ended; None where there
    was none."""
    over, began = (Tick.get_or_none(Tick.job == job) for job in (_JOB, _BEGAN))
    if over is None or began is None or over.ran_at < machine_now() - 2 * LASTS:
        return None
    return began.ran_at, over.ran_at


def is_going_on() -> bool:
    """Whether the desk is catching up after an outage."""
    over = Tick.get_or_none(Tick.job == _JOB)
    return over is not None and over.ran_at > machine_now() - LASTS


def room(company: Company) -> int | None:
    """How many more reminders and offers may go in this hour; None when there is nothing to catch up with."""
    if not is_going_on():
        return None
    lately = (Message.claimed_at > machine_now() - _HOUR) & Message.state.in_(_WENT)
    kinds = Message.kind.in_(["reminder", "promotion"])
    went = Message.select().where(Message.company == company, kinds, lately).count()
    return max(0, company_settings.get(company, "catch_up_per_hour") - went)


def _note(job: str, at: datetime) -> None:
    row = Tick.insert(job=job, ran_at=at)
    row.on_conflict(conflict_target=[Tick.job], update={"ran_at": at}).execute()
