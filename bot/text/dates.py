"""The day a text begins with: "tomorrow", "next monday", "in 2 days", "26/2", "परसों"; day before month."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.text import numbers
from messaging.words import plain

# What may follow a word or number: a comma, a space or the end, marks before these.
END = r"(?=[,;]|[:!?।.)-]*(?:\s|$))"
# A number before one of these counts things; it is neither an hour nor a day.
COUNTED = (
    r"(?!\s*(?:(?:tab|tablet|cap|capsule|strip|bottle|box|boxe|pack|packet|pc|unit|dose|vial|day|week|month)s?\b"
    r"|(?:medicines|people|customers|contacts|orders|times|calls|hours|more|or|x|mg|ml|rs|rupees|din)\b|₹|दिन|गोली|पत्त))"
)

_TOMORROW = ("tomorrow", "tomorow", "tommorow", "tommorrow", "tomorrw", "tmrw", "tmr", "tomo", "2moro")
_NEAR = {
    "today": 0,
    "aaj": 0,
    "आज": 0,
    **dict.fromkeys(_TOMORROW, 1),
    "kal": 1,
    "कल": 1,
    **{f"day after {word}": 2 for word in _TOMORROW},
    "day after": 2,
    "overmorrow": 2,
    "parso": 2,
    "parson": 2,
    "परसों": 2,
    "परसो": 2,
    "narso": 3,
    "narson": 3,
    "next week": 7,
    "agle hafte": 7,
    "अगले हफ्ते": 7,
    "अगले हफ़्ते": 7,
    "yesterday": -1,
}
_WEEKDAYS = """
mon monday somvar somwar सोमवार
tue tues tuesday mangalvar mangalwar मंगलवार
wed weds wednesday budhvar budhwar बुधवार
thu thur thurs thursday guruvar guruwar brihaspativar गुरुवार गुरूवार बृहस्पतिवार
fri friday shukravar shukrawar शुक्रवार
sat saturday shanivar shaniwar शनिवार
sun sunday ravivar raviwar itvar itwar रविवार इतवार
"""
_MONTHS = """
jan january janvari जनवरी
feb february farvari फ़रवरी फरवरी
mar march मार्च
apr april अप्रैल
may मई
jun june जून
jul july julai जुलाई
aug august agast अगस्त
sep sept september sitambar सितंबर सितम्बर
oct october aktubar अक्टूबर अक्तूबर
nov november navambar नवंबर नवम्बर
dec december disambar दिसंबर दिसम्बर
"""


def _numbered(table: str) -> dict[str, int]:
    return {word: number for number, line in enumerate(table.split("\n")) for word in line.split()}


def _one_of(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_WEEKDAY = {word: number - 1 for word, number in _numbered(_WEEKDAYS).items()}
_MONTH = _numbered(_MONTHS)
_ORDINAL = r"(?:st|nd|rd|th)"


def leading_days(text: str, start: int, today: date) -> tuple[list[date], int] | None:
    """The days that may be meant by what stands at `start`, the likeliest first, and where its words end.

    A date that names its month is one day, past or not; without a year it is the one from three months back
    to nine ahead. A bare weekday or day of the month is today's or the next one: two days to choose from.
    """
    for pattern, reading in _PATTERNS:
        match = pattern.match(text, start)
        days = reading(match, today) if match else None
        if match and days:
            return days, match.end()
    return None


def month(text: str, today: date) -> date | None:
    """The first of the month said: "feb 2027", "02/2027"; without a year the latest that has begun."""
    words = re.split(r"[\s/.,-]+", plain(text) if "/" not in text and "-" not in text else text.strip())
    years = [int(word) for word in words if re.fullmatch(r"20\d\d", word)]
    months = [_MONTH.get(word.casefold()) or int(word) for word in words if _is_month(word)]
    if len(months) != 1 or len(words) != len(years) + 1 or len(years) > 1:
        return None
    year = years[0] if years else today.year - int(months[0] > today.month)
    return date(year, months[0], 1)


def _is_month(word: str) -> bool:
    return word.casefold() in _MONTH or bool(re.fullmatch(r"0?[1-9]|1[0-2]", word))


def _near(match: re.Match[str], today: date) -> list[date]:
    return [today + timedelta(days=_NEAR[" ".join(match["near"].casefold().split())])]


def _weekday(match: re.Match[str], today: date) -> list[date]:
    ahead = (_WEEKDAY[match["weekday"].casefold()] - today.weekday()) % 7
    days = [today + timedelta(days=ahead), today + timedelta(days=ahead + 7)]
    return days[1:] if match["next"] and ahead == 0 else days


def _distance(match: re.Match[str], today: date) -> list[date]:
    count = numbers.whole(plain(match["count"]))
    if count is None or count > 730:
        return []
    if match["unit"][0].casefold() in ("m", "म"):
        return [_months_on(today, count)] if count <= 24 else []
    return [today + timedelta(days=count * (7 if match["unit"][0].casefold() in "whsहस" else 1))]


def _next_month(match: re.Match[str], today: date) -> list[date]:
    return [_months_on(today, 1)]


def _named_month(match: re.Match[str], today: date) -> list[date]:
    month = _MONTH[match["month"].casefold()]
    return _dated(match["year"], month, int(match["day"]), today)


def _numeric(match: re.Match[str], today: date) -> list[date]:
    return _dated(match["year"], int(match["month"]), int(match["day"]), today)


def _of_the_month(match: re.Match[str], today: date) -> list[date]:
    day = int(match["day"])
    months = (_months_on(today.replace(day=1), ahead) for ahead in range(3))
    days = (_real(first.year, first.month, day) for first in months)
    return [day for day in days if day and day >= today]


def _dated(year: str | None, month: int, day: int, today: date) -> list[date]:
    if year:
        found = _real(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        return [found] if found else []
    # Four years on there is a 29 February again.
    for candidate in range(today.year - 1, today.year + 5):
        found = _real(candidate, month, day)
        if found and found >= today - timedelta(days=92):
            return [found]
    return []


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return _real(year, month, day.day) or _months_on(day.replace(day=day.day - 1), months)


_COUNT = r"(?P<count>\d{1,3}|[^\W\d_][^\s\d]*)"
_UNIT = (
    r"(?P<unit>days?|dys|din|दिन|weeks?|weks?|wks?|weaks?|hafte|hafta|saptah|हफ्ते|हफ्ता|हफ़्ते|हफ़्ता|सप्ताह|"
    r"months?|moths?|mnths?|monts?|mahine|mahina|महीने|महीना)"
)
_LATER = r"(?:\s*(?:later|from now|ke baad|baad|bad|mein|me|main|के बाद|बाद|में))?"
_NAMED = rf"(?P<month>{_one_of(_MONTH)})"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + END, re.IGNORECASE)


_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], list[date]]]] = [
    (_compiled(rf"(?P<near>{_one_of(_NEAR).replace(chr(92) + ' ', chr(92) + 's+')})"), _near),
    (_compiled(r"(?:next\s+(?:month|moth|mnth|mont)|agle mahine|अगले महीने)"), _next_month),
    (
        _compiled(
            rf"(?P<next>next\s+|agle\s+|अगले\s+)?(?:this\s+|coming\s+)?(?P<weekday>{_one_of(_WEEKDAY)})"
        ),
        _weekday,
    ),
    (_compiled(rf"(?:in|after|within)?\s*{_COUNT}\s*{_UNIT}{_LATER}"), _distance),
    (
        _compiled(
            rf"(?P<day>\d{{1,2}}){_ORDINAL}?[\s/-]*(?:of\s+)?{_NAMED}\.?(?!\s+be\b)"
            r"(?:[\s,/-]*(?P<year>20\d\d))?"
        ),
        _named_month,
    ),
    (_compiled(rf"(?P<day>\d{{1,2}})[/-]{_NAMED}[/-](?P<year>\d\d)"), _named_month),
    (
        _compiled(rf"{_NAMED}\.?\s*(?P<day>\d{{1,2}}){_ORDINAL}?(?:[\s,]+(?P<year>20\d\d))?{COUNTED}"),
        _named_month,
    ),
    (_compiled(r"(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})"), _numeric),
    (_compiled(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d|\d\d)"), _numeric),
    (
        _compiled(rf"(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>20\d\d|\d\d))?{COUNTED}"),
        _numeric,
    ),
    (_compiled(rf"(?:the\s+)?(?P<day>\d{{1,2}})(?:{_ORDINAL}|\s*(?:tarikh|tareekh|तारीख))"), _of_the_month),
]
