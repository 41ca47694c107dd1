"""report: what the desk achieves, as a few lines and as a picture that follows."""

import re

from rapidfuzz import fuzz, process

from bot.router import Ask, Reply, Turn, command, reply
from domain import report_pictures
from domain.errors import DomainError
from domain.reports import names, periods
from messaging.words import plain

# What people call them.
_ALSO = {
    "conversions": "conversion",
    "contacts": "conversion",
    "customer": "customers",
    "analytics": "customers",
    "medicines": "customers",
    "pdc": "adherence",
    "mpr": "adherence",
    "supply": "adherence",
    "care": "compliance",
    "prescriptions": "compliance",
    "call": "calls",
    "scripts": "calls",
    "overdue": "late",
    "refills": "late",
    "day": "today",
    "daily": "today",
    "summary": "today",
    "holdout": "uplift",
    "effect": "uplift",
}
_SPOKEN = {"week": 7, "month": 30, "quarter": 90, "all": None, "everything": None, "ever": None}
_UNSAID = 0
# A name counts as meant from this likeness on (0 to 100).
_NEARLY = 72


@command("report", "reports", usage="report conversion 30d")
def show_report(turn: Turn) -> Reply:
    """One report in words; the same as a picture comes after it."""
    said = f"{turn.words} {turn.given.get('name', '')}".strip()
    back = _days(said)
    name = _name(said)
    days = 1 if name == "today" else names.usual_days(name) if back == _UNSAID else back
    period, report = names.make(name, turn.speaker, days, turn.at)
    report_pictures.ask(turn.speaker, turn.phone, name, days)
    return reply(f"report_{name}", period=period, report=report)


def _name(said: str) -> str:
    words = [word for word in plain(said).split() if not word[0].isdigit() and word not in _SPOKEN]
    words = [word for word in words if word not in ("days", "last", "the", "for", "of", "this", "d")]
    if not words:
        raise Ask("name", "ask_report", names=list(names.REPORTS))
    spellings = {name: name for name in names.REPORTS} | _ALSO
    match = process.extractOne(words[0], list(spellings), scorer=fuzz.ratio, score_cutoff=_NEARLY)
    if match is None:
        raise DomainError("no_such_report", said=words[0][:40], names=list(names.REPORTS))
    return spellings[match[0]]


def _days(said: str) -> int | None:
    """How far back; everything is None."""
    spoken = [word for word in plain(said).split() if word in _SPOKEN]
    if spoken:
        return _SPOKEN[spoken[0]]
    number = re.search(r"-?\d+", said)
    if number is None:
        return _UNSAID
    if int(number[0]) not in periods.LENGTHS:
        raise DomainError("report_days", said=number[0][:20])
    return int(number[0])
