"""How often a condition is looked at, in words ("monthly", "every 3 months"), and the next time."""

import re
from datetime import date, timedelta

_NAMED = {
    "daily": (1, "day"),
    "weekly": (1, "week"),
    "fortnightly": (2, "week"),
    "biweekly": (2, "week"),
    "monthly": (1, "month"),
    "bimonthly": (2, "month"),
    "quarterly": (3, "month"),
    "half yearly": (6, "month"),
    "six monthly": (6, "month"),
    "yearly": (12, "month"),
    "annual": (12, "month"),
    "annually": (12, "month"),
    "रोज़": (1, "day"),
    "हर हफ़्ते": (1, "week"),
    "हर महीने": (1, "month"),
    "हर साल": (12, "month"),
}
_EVERY = re.compile(
    r"(?:every|each|once in|once every|once a|once per) ?(?:(\d{1,3}|other) )?(day|week|month|year)s?"
)
_SO_MANY_LY = re.compile(r"(\d{1,2}) ?(weekly|monthly|yearly)")


def interval(text: str) -> tuple[int, str] | None:
    """So many "day", "week" or "month"; None for words that say none."""
    words = " ".join(re.sub(r"[-_.,]", " ", text.casefold()).split())
    if words in _NAMED:
        return _NAMED[words]
    if match := _SO_MANY_LY.fullmatch(words):
        return _in_months(int(match[1]), match[2].removesuffix("ly"))
    match = _EVERY.fullmatch(words)
    if match is None:
        return None
    return _in_months(2 if match[1] == "other" else int(match[1] or 1), match[2])


def next_after(day: date, text: str) -> date | None:
    """The next time after `day`; a month on from 31 January is the end of February."""
    every = interval(text)
    if every is None:
        return None
    count, unit = every
    if unit != "month":
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    index = day.year * 12 + day.month - 1 + count
    return _last_possible(index // 12, index % 12 + 1, day.day)


def _in_months(count: int, unit: str) -> tuple[int, str] | None:
    if not 0 < count <= 120:
        return None
    return (count * 12, "month") if unit == "year" else (count, unit)


def _last_possible(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return _last_possible(year, month, day - 1)
