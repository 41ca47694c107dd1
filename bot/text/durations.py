"""Lengths of time: how long a call took, for how many days a supply lasts."""

import re

from bot.text import numbers
from messaging.words import plain, visible

LONGEST_SUPPLY = 730
# A call longer than this was not timed but forgotten.
LONGEST_CALL = 12 * 3600

_UNITS = """
1 d day days dys dayz din dino dinon दिन दिनों
7 w wk wks week weeks wek weks weak weaks hafta hafte hafton haftey saptah हफ्ता हफ़्ता हफ्ते हफ़्ते सप्ताह
14 fortnight
30 mo month months mahina mahine maheena maheene mahino महीना महीने माह मास
30 moth moths mont monts mnth mnths mth mths
365 year years yr yrs saal साल वर्ष
"""
_DAYS = {
    plain(word): int(line.split()[0]) for line in _UNITS.split("\n") if line for word in line.split()[1:]
}
_FIXED = {
    "half a month": 15,
    "half month": 15,
    "aadha mahina": 15,
    "आधा महीना": 15,
    "dedh mahina": 45,
    "dedh mahine": 45,
    "डेढ़ महीना": 45,
}
_HALVES = {plain(words): days for words, days in _FIXED.items()}
_BEFORE = {
    "for",
    "around",
    "about",
    "approx",
    "approximately",
    "almost",
    "karib",
    "kareeb",
    "lagbhag",
    "लगभग",
    "करीब",
}
_AFTER = {"ke", "ki", "ka", "liye", "के", "की", "का", "लिए", "tak", "तक", "only", "supply", "s"}

_SECOND = r"s|sec|secs|second|seconds|सेकंड|सेकेंड"
_MINUTE = r"m|min|mins|minute|minutes|मिनट|मिनिट"
_HOUR = r"h|hr|hrs|hour|hours|ghanta|ghante|घंटा|घंटे"
_UNITS_OF_CALL = re.compile(
    rf"(?:(?P<h>\d{{1,2}})\s*(?:{_HOUR})\.?\s*)?(?:(?P<m>\d{{1,3}}(?:\.5)?)\s*(?:{_MINUTE})\.?\s*)?"
    rf"(?:(?P<s>\d{{1,4}})\s*(?:{_SECOND})\.?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(?P<h>\d{1,2}):(?P<m>[0-5]\d)|(?P<mm>\d{1,3})):(?P<s>[0-5]\d)")


def call_seconds(text: str) -> int | None:
    """Seconds of a call: "3m", "90s", "3:20" (minutes, seconds), "1h 5m"; a bare number is none."""
    written = visible(text).strip()
    match = _CLOCK.fullmatch(written)
    if match:
        seconds = int(match["h"] or 0) * 3600 + int(match["m"] or match["mm"]) * 60 + int(match["s"])
    else:
        match = _UNITS_OF_CALL.fullmatch(written)
        if match is None or not written:
            return None
        seconds = int(int(match["h"] or 0) * 3600 + float(match["m"] or 0) * 60 + int(match["s"] or 0))
    return seconds if seconds <= LONGEST_CALL else None


def split_call_seconds(words: str) -> tuple[int | None, str]:
    """The length of a call that `words` begin with, and the rest: "1h 5m answered" → 3900, "answered"."""
    pieces = list(re.finditer(r"\S+", words))[:4]
    for piece in reversed(pieces):
        seconds = call_seconds(words[: piece.end()].rstrip(",;"))
        if seconds is not None:
            return seconds, words[piece.end() :].strip()
    return None, words


def days(text: str) -> int | None:
    """Days of a supply with a unit: "30 days", "15d", "a month" (30), "2 weeks", "1 mahina"; 1-730."""
    words = counted_words(text)
    while words and words[0] in _BEFORE:
        words = words[1:]
    while words and words[-1] in _AFTER:
        words = words[:-1]
    found = _HALVES.get(" ".join(words)) or _counted(words)
    return found if found and 1 <= found <= LONGEST_SUPPLY else None


def leading_days(text: str) -> int | None:
    """As `days`, of the words `text` begins with: "2 weeks, out of station"."""
    words = text.split()
    beginnings = (" ".join(words[:count]).rstrip(",.;") for count in range(len(words), 0, -1))
    return next((found for beginning in beginnings if (found := days(beginning))), None)


def counted_words(text: str) -> list[str]:
    """The plain words of `text` with numbers apart from their units; none if a number is negative."""
    if re.search(r"(?:^|\s)[-−–]\s*\d", visible(text)):
        return []
    return re.sub(r"(\d)([^\W\d])", r"\1 \2", plain(text)).split()


def _counted(words: list[str]) -> int | None:
    if len(words) == 1:
        # "month" and "hafta" alone are one of them; "day" alone, or "d", is not a supply.
        alone = _DAYS.get(words[0], 1) if len(words[0]) > 2 else 1
        return alone if alone > 1 else None
    if len(words) != 2:
        return None
    count, unit = numbers.whole(words[0]), _DAYS.get(words[1])
    return count * unit if count is not None and unit else None
