"""A condition in one line of chat: "Type 2 Diabetes chronic moderate, check monthly, on Metformin"."""

import re
from dataclasses import dataclass
from datetime import date

from bot.text import prescribed
from domain import conditions, monitoring
from messaging.words import visible

_KIND = re.compile(rf"(?i)\b({'|'.join(conditions.KINDS)})\b")
_SEVERITY = re.compile(rf"(?i)\b({'|'.join(conditions.SEVERITIES)})\b")
_CHECK = re.compile(
    r"(?i)\b(?:check(?:ed|s|-?\s?up)?|monitor(?:ed|ing)?|test(?:ed)?|reviewed?)\b\s*:?\s*"
    r"(?P<rest>[^,;]*?)(?=\s+(?:on|takes?|taking)\s+[^\W\d]|[,;]|$)"
)
_LAST = re.compile(r"(?i)\blast\s+(?:check(?:ed|-?\s?up)?|test(?:ed)?)\b\s*(?:on|:)?\s*(?P<rest>[^,;]+)")
_NEXT = re.compile(r"(?i)\bnext\s+(?:check(?:-?\s?up)?|test|visit)?\s*(?:on|:)?\s*(?P<rest>[^,;]+)")
_SINCE = re.compile(r"(?i)\b(?:since|diagnosed)\b\s*(?:on|in|:)?\s*(?P<rest>[^,;]+)")
_MEDICINE = re.compile(r"(?i)\b(?:on|takes?|taking|medicine:?)\s+(?P<rest>[^,;]+)")
_NOTE = re.compile(r"(?i)\bnotes?\s*[:\s]\s*(?P<rest>.+)", re.DOTALL)
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass
class Said:
    """What one message says of a condition; `unread` is (what for, the words) of a date that is none."""

    name: str = ""
    kind: str = ""
    severity: str = ""
    frequency: str = ""
    medicine: str = ""
    diagnosed_on: date | None = None
    last_on: date | None = None
    next_on: date | None = None
    notes: str = ""
    unread: tuple[str, str] | None = None


def condition(text: str, today: date) -> Said:
    """Read it all: the name comes first, what is said of it after it in any order."""
    said = Said()
    rest, said.notes = _cut(visible(text), _NOTE)
    rest, said.last_on = _cut_day(said, rest, _LAST, today, ahead=False)
    rest, said.next_on = _cut_day(said, rest, _NEXT, today, ahead=True)
    rest, said.diagnosed_on = _cut_day(said, rest, _SINCE, today, ahead=False)
    rest, said.frequency = _cut(rest, _CHECK)
    rest, said.medicine = _cut(rest, _MEDICINE)
    rest, kind = _cut(rest, _KIND)
    rest, severity = _cut(rest, _SEVERITY)
    said.kind, said.severity = kind.casefold(), severity.casefold()
    parts = [part.strip(" .:-") for part in re.split(r"[,;\n]", rest) if part.strip(" .:-")]
    said.name = parts[0] if parts else ""
    for part in parts[1:]:
        if not said.frequency and monitoring.interval(part):
            said.frequency = part
        else:
            said.notes = ", ".join(filter(None, [said.notes, part]))
    return said


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    match = pattern.search(text)
    if match is None:
        return text, ""
    # What is cut out leaves a comma: what stands around it are two things.
    return f"{text[: match.start()]} , {text[match.end() :]}", match[match.lastgroup or 1].strip()


def _cut_day(
    said: Said, text: str, pattern: re.Pattern[str], today: date, *, ahead: bool
) -> tuple[str, date | None]:
    rest, words = _cut(text, pattern)
    if not words:
        return text, None
    found = prescribed.day(words, today, ahead=ahead)
    if found is None and _YEAR.fullmatch(words):
        found = date(int(words), 1, 1)
    if found is None:
        said.unread = (pattern.pattern, words)
    return rest, found
