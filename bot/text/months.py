"""The month somebody names: "January", "last month", "जनवरी", "pichle mahine"."""

import re
from datetime import date, timedelta

from messaging.words import plain

_NAMES = (
    "january jan जनवरी",
    "february feb फरवरी फ़रवरी",
    "march mar मार्च",
    "april apr अप्रैल",
    "may मई",
    "june jun जून",
    "july jul जुलाई",
    "august aug अगस्त",
    "september sep sept सितंबर सितम्बर",
    "october oct अक्टूबर अक्तूबर",
    "november nov नवंबर नवम्बर",
    "december dec दिसंबर दिसम्बर",
)
_NUMBER = {plain(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_LAST = re.compile(r"(?:last|previous|pichhle|pichle|पिछले) (?:month|mahine|mahina|महीने|महीना)")
_THIS = re.compile(r"(?:this|is|इस) (?:month|mahine|mahina|महीने|महीना)|\bmonth\b")
_ANY = "|".join(sorted(_NUMBER, key=len, reverse=True))
_NAMED = re.compile(
    rf"(?:\b(?:for|of|in|month of)\s+)?(?<!\w)(?P<name>{_ANY})(?!\w)"
    r"(?:\s*(?P<year>20\d\d))?(?:\s+(?:month|ka|ki|का|की|के))?"
)
_LOOSE = re.compile(r"^(?:for|of|का|की|ka|ki)\s+|\s+(?:for|of|का|की|ka|ki)$")


def month(text: str, today: date) -> date | None:
    """The first day of the month named, the latest one that is not to come; None if none is named."""
    said = plain(text)
    if _LAST.search(said):
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    named = _NAMED.search(said)
    if named:
        number = _NUMBER[named["name"]]
        is_over = number <= today.month
        return date(int(named["year"] or (today.year if is_over else today.year - 1)), number, 1)
    return today.replace(day=1) if _THIS.search(said) else None


def without(text: str) -> str:
    """The words that are left when the month is taken out."""
    said = plain(text)
    for pattern in (_LAST, _NAMED, _THIS):
        said = pattern.sub(" ", said, count=1)
    return " ".join(
        re.sub(r"^(?:for|of|का|की|ka|ki)\s+|\s+(?:for|of|का|की|ka|ki)$", "", said.strip()).split()
    )
