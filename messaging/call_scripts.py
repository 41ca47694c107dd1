"""A call script in words: the same parts whether it is read on a phone or asked for by a program."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from messaging import render

_BULLET = "• "


@dataclass(frozen=True)
class Spoken:
    """The parts of the seed's example, in the reader's language; lists are a line each, without bullets."""

    customer_summary: str
    medical_summary: str
    talking_points: list[str]
    medicines_to_discuss: list[str]
    follow_up_reminders: list[str]


def words(content: dict[str, Any], language: str, *, zone: str, at: datetime) -> Spoken:
    """Read out the `content` of a script (`domain.call_scripts.readable`), at a moment
    in `zone`."""
    today = at.astimezone(ZoneInfo(zone)).date()
    script = content | {
        "last_visit_on": _date(content["last_visit_on"]),
        "due": [(medicine, _date(on)) for medicine, on in content["due"]],
        "appointments": [(kind, subject, _date(on)) for kind, subject, on in content["appointments"]],
    }

    def said(part: str) -> str:
        return render.text(part, language, script=script, today=today, zone=zone, now=at).body

    return Spoken(
        said("script_summary"),
        said("script_medical"),
        _lines(said("script_points")),
        _lines(said("script_medicines")),
        _lines(said("script_follow_ups")),
    )


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _lines(text: str) -> list[str]:
    return [line.removeprefix(_BULLET).strip() for line in text.splitlines() if line.strip()]
