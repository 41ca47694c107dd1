"""The moment a text begins with, in people's words: "tomorrow 5pm call back" → when, and "call back"."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.text import clocks, dates, numbers
from messaging.words import plain, visible

# When only a day is said.
USUAL_HOUR = 10

_BETWEEN = re.compile(
    r"(?:[\s,.;:-]|(?:on|at|by|around|about|the|ko|को|par|pe|पर|ke|के|tak|तक|@)(?=\s|\d))+", re.IGNORECASE
)
_AFTER = re.compile(r"(?:[\s,.;:।-]+|(?:ko|को|par|pe|पर|tak|तक)(?:\s+|$))*")
_AT = re.compile(r"(?:\bat|\bby|\baround|@)\s*$", re.IGNORECASE)
_HOURS = r"(?P<unit>h|hrs?|hours?|ghante|ghanta|घंटे|घंटा|m|mins?|minutes?|मिनट)"
_LATER = r"(?:\s*(?:later|from now|ke baad|baad|bad|mein|me|main|के बाद|बाद|में))?"
_SOON = re.compile(
    rf"(?:(?:in|after)\s+)?(?:(?P<half>half an hour|half hour|aadhe ghante|आधे घंटे)"
    rf"|(?P<count>\d{{1,3}}|[^\W\d_]\S*)\s*{_HOURS}){_LATER}{dates.END}",
    re.IGNORECASE,
)


@dataclass
class _Said:
    days: list[date] = field(default_factory=list)
    clock: clocks.Clock | None = None
    part: str | None = None
    end: int = 0

    def is_something(self) -> bool:
        return bool(self.days or self.clock or self.part)


def moment(words: str, now: datetime, zone: str) -> tuple[datetime, str] | None:
    """The moment in UTC that `words` begin with, and the rest of them; None if they begin with none.

    A bare hour is the one a shop is open at (5 → 17:00, 11 → 11:00); a day alone means 10:00. Bare weekdays
    and times are the next ones; any other moment is returned as said; the caller refuses past ones.
    """
    text = visible(words)
    soon = _soon(text, now)
    if soon:
        return soon
    local = now.astimezone(ZoneInfo(zone))
    said = _said(text, local.date())
    if not said.is_something():
        return None
    return _chosen(said, local).astimezone(UTC), _rest(text, said.end)


def _soon(text: str, now: datetime) -> tuple[datetime, str] | None:
    start = len(text) - len(text.lstrip())
    match = _SOON.match(text, start)
    if match is None:
        return None
    count = 30 if match["half"] else numbers.whole(plain(match["count"]))
    if count is None:
        return None
    in_hours = not match["half"] and match["unit"][0].casefold() in "hgघ"
    ahead = timedelta(hours=count) if in_hours else timedelta(minutes=count)
    return (now + ahead).astimezone(UTC), _rest(text, match.end())


def _said(text: str, today: date) -> _Said:
    said = _Said()
    while True:
        between = _BETWEEN.match(text, said.end)
        start = between.end() if between else said.end
        if not _take(said, text, start, today):
            return said


def _take(said: _Said, text: str, start: int, today: date) -> bool:
    """Add to `said` what stands at `start`: a part of the day, a time or a day, each once."""
    bare = said.is_something() or bool(_AT.search(text[:start]))
    if said.part is None and (part := clocks.leading_part(text, start)):
        said.part, said.end = part
        return True
    # "26 feb" begins with a number too, so the day is tried before a lone hour.
    if not said.clock and (clock := clocks.leading_clock(text, start, bare=False)):
        said.clock, said.end = clock
        return True
    if not said.days and (days := dates.leading_days(text, start, today)):
        said.days, said.end = days
        return True
    if bare and not said.clock and (clock := clocks.leading_clock(text, start, bare=True)):
        said.clock, said.end = clock
        return True
    return False


def _chosen(said: _Said, local: datetime) -> datetime:
    """The first possible moment still ahead, else the first: a past moment stays past."""
    today = local.date()
    days = said.days or [today, today + timedelta(days=1)]
    times = _times(said)
    if len(said.days) > 1:
        times = times[:1]
    possible = [datetime.combine(day, time(), local.tzinfo) + at for day in days for at in times]
    return next((at for at in possible if at > local), possible[0])


def _times(said: _Said) -> list[timedelta]:
    if said.clock:
        return said.clock.after_midnight(said.part)
    return [timedelta(hours=clocks.USUAL[said.part] if said.part else USUAL_HOUR)]


def _rest(text: str, end: int) -> str:
    after = _AFTER.match(text, end)
    return text[after.end() if after else end :].strip()
