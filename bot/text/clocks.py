"""The time of day a text stands at: "5pm", "11:30", "शाम 5 बजे", "evening"; and which hour is meant."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.text import numbers
from bot.text.dates import COUNTED, END
from messaging.words import plain

MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"
# The hour meant when somebody says no more than "in the evening".
USUAL = {MORNING: 10, AFTERNOON: 14, EVENING: 18, NIGHT: 20}

_PARTS = {
    MORNING: "morning|subah|subha|savere|सुबह|सवेरे",
    AFTERNOON: "afternoon|dopahar|dopehar|दोपहर",
    EVENING: "evening|eve|shaam|sham|शाम",
    NIGHT: "tonight|night|raat|rat|रात",
}
_QUARTERS = {
    "saadhe": 30,
    "sadhe": 30,
    "साढ़े": 30,
    "sava": 15,
    "sawa": 15,
    "सवा": 15,
    "paune": -15,
    "पौने": -15,
}


@dataclass(frozen=True)
class Clock:
    """An hour and minute as said; `marker` is "am", "pm" or empty."""

    hour: int
    minute: int = 0
    marker: str = ""

    def after_midnight(self, part: str | None) -> list[timedelta]:
        """The times since midnight that may be meant, the likeliest first; past 24 hours is the next day."""
        hours = self._hours(part)
        return [timedelta(hours=hour, minutes=self.minute) for hour in hours]

    def _hours(self, part: str | None) -> list[int]:
        if self.hour > 12 or self.hour == 0:
            return [self.hour]
        if self.marker:
            return [self.hour % 12 + (12 if self.marker == "pm" else 0)]
        if part:
            return [_in_part(self.hour, part)]
        if self.hour < 8:
            return [self.hour + 12]
        # A shop is open at eight and nine in the morning and in the evening.
        return [self.hour, self.hour + 12] if self.hour < 10 else [self.hour]


def leading_part(text: str, start: int) -> tuple[str, int] | None:
    """The part of the day named at `start`, and where its words end."""
    for part, pattern in _PART_PATTERNS.items():
        match = pattern.match(text, start)
        if match:
            return part, match.end()
    return None


def leading_clock(text: str, start: int, bare: bool) -> tuple[Clock, int] | None:
    """The time named at `start`, and where its words end; `bare`: a lone number ("friday 5") is an hour."""
    for pattern in _CLOCK_PATTERNS + (_BARE_PATTERNS if bare else []):
        match = pattern.match(text, start)
        clock = _clock(match.groupdict()) if match else None
        if match and clock:
            return clock, match.end()
    return None


def _clock(said: dict[str, str | None]) -> Clock | None:
    if said.get("noon"):
        return Clock(12)
    hour = numbers.whole(plain(said["hour"] or ""))
    minute = int(said.get("minute") or 0) + _QUARTERS.get((said.get("quarter") or "").casefold(), 0)
    marker = (said.get("marker") or "").casefold().replace(".", "")
    if hour is None or hour > 23 or (marker and not 1 <= hour <= 12):
        return None
    return Clock(hour, minute, marker)


def _in_part(hour: int, part: str) -> int:
    if part == MORNING:
        return hour
    if part == NIGHT and (hour <= 4 or hour == 12):
        return hour % 12 + 24
    return hour % 12 + 12


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + END, re.IGNORECASE)


_PART_PATTERNS = {
    part: _compiled(rf"(?:in the\s+|this\s+|at\s+)?(?:{words})") for part, words in _PARTS.items()
}
_HOUR = r"(?P<hour>\d{1,2})"
_MINUTE = r"[:.](?P<minute>[0-5]\d)"
_MARKER = r"(?P<marker>[ap]\.?m\.?)"
_OCLOCK = r"(?:baje|bje|bajey|बजे|o['’]?\s?clock)"
_UNTIL = r"(?:\s*(?:-|–|to|se)\s*\d{1,2}(?:[:.][0-5]\d)?)"
_CLOCK_PATTERNS = [
    _compiled(rf"{_HOUR}(?:{_MINUTE})?{_UNTIL}?\s*{_MARKER}"),
    _compiled(rf"{_HOUR}(?:{_MINUTE})?\s*{_MARKER}{_UNTIL}\s*[ap]\.?m\.?"),
    _compiled(rf"{_HOUR}(?:{_MINUTE})?(?=\s+(?:in the\s+|at\s+)?(?:{'|'.join(_PARTS.values())}))"),
    _compiled(rf"{_HOUR}(?:{_MINUTE})?{_UNTIL}?\s*{_OCLOCK}"),
    _compiled(rf"(?P<quarter>{'|'.join(_QUARTERS)})\s+(?P<hour>\S+?)(?:\s+{_OCLOCK})?"),
    _compiled(rf"(?P<hour>[^\W\d]\S*)\s+{_OCLOCK}"),
    _compiled(rf"{_HOUR}:(?P<minute>[0-5]\d)(?:\s*(?:hrs?|hours))?"),
    _compiled(r"(?:12\s*)?(?P<noon>noon|midday)"),
]
_BARE_PATTERNS = [_compiled(rf"{_HOUR}{_MINUTE}"), _compiled(rf"{_HOUR}{COUNTED}")]
