"""The days a report is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import DomainError

# The lengths people ask for; None is everything there is.
LENGTHS = (7, 30, 90, None)
# Before any shop of ours kept books.
_BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True)
class Period:
    """Local dates, both included. `days` is None where everything up to `last` is meant."""

    first: date
    last: date
    days: int | None

    @property
    def after(self) -> date:
        """The first day that is not in it any more."""
        return self.last + timedelta(days=1)

    def moments(self, zone: str) -> tuple[datetime, datetime]:
        """From when to before when, in that time zone."""
        local = ZoneInfo(zone)
        return datetime.combine(self.first, time(), local), datetime.combine(self.after, time(), local)


def last(days: int | None, on: date) -> Period:
    """So many days up to and with `on`; None: everything up to then."""
    first = _BEGINNING if days is None else on - timedelta(days=days - 1)
    return Period(first, on, days)


def between(first: date | None, final: date | None, on: date) -> Period:
    """From one date to the other; left out, from the beginning and to `on`. Raises `DomainError`
    `dates_reversed`."""
    until = final or on
    if first is None:
        return last(None, until)
    if first > until:
        raise DomainError("dates_reversed", first=first, last=until)
    return Period(first, until, (until - first).days + 1)
