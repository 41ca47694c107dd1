"""What time it is: the one `now()` that everything obeys, movable where Twilio is simulated."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from peewee import DoubleField

import config
from database import Table, db

# How long a process may go on with an offset it has read, in seconds.
FRESH = 0.1
_read_at = 0.0
_offset = timedelta()

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class ClockOffset(Table):
    """How far the shop's clock has been moved, in seconds; kept here because models need `now`."""

    seconds = DoubleField()

    undoable = False


class ClockRefused(Exception):
    """The clock may not be moved here, or not by that."""


def now() -> datetime:
    """The shop's present moment, aware, in UTC."""
    return machine_now() + ahead()


def machine_now() -> datetime:
    """The machine's present moment, for leases between processes; never moved."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The local date of the shop's present moment in the time zone of that name."""
    return now().astimezone(ZoneInfo(zone)).date()


def ahead() -> timedelta:
    """By how much `now()` is ahead of the machine: nothing but where Twilio is simulated."""
    return offset() if config.SIMULATED else timedelta()


def offset() -> timedelta:
    """How far the clock was moved."""
    global _read_at, _offset
    if time.monotonic() - _read_at > FRESH:
        row = ClockOffset.get_or_none()
        _offset = timedelta(seconds=row.seconds if row else 0)
        _read_at = time.monotonic()
    return _offset


def move(by: str) -> datetime:
    """Move the clock on by `+1d`, `+3h` or `+30m`, or put it right with `reset`; returns the new now.

    Raises `ClockRefused` unless Twilio is simulated on this machine: real people would be written to early.
    """
    if not config.SIMULATED:
        raise ClockRefused("The clock can only be moved where TWILIO_API_URL is an address of this machine.")
    seconds = 0.0 if by == "reset" else _now_moved_by(_step(by))
    with db.atomic():
        ClockOffset.delete().execute()
        ClockOffset.create(seconds=seconds)
    forget()
    return now()


def forget() -> None:
    """Read the offset anew at the next look."""
    global _read_at
    _read_at = 0.0


def _now_moved_by(step: timedelta) -> float:
    forget()
    return (offset() + step).total_seconds()


def _step(by: str) -> timedelta:
    unit = _UNITS.get(by[-1:])
    digits = by[1:-1]
    if by[:1] != "+" or not unit or not digits.isdecimal() or len(digits) > 4:
        raise ClockRefused("Say how far: +1d, +3h, +30m, or reset.")
    return timedelta(**{unit: int(digits)})
