"""Phone numbers in any spelling, alone or at the beginning of a command."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from messaging.words import visible

_PREFIX = re.compile(r"^\s*(?:tel|whatsapp|phone|mobile|mob|ph)?\s*[.:]?\s*", re.IGNORECASE)
_PHONE_CHARACTERS = re.compile(r"[+(]?[\d()+./‐‑‒–—−-]*\d[\d()./‐‑‒–—−-]*|[()+‐‑‒–—−-]+")
# A comma or the like after the number ends it: what follows is something else.
_END = re.compile(r"[,;:!।]+$")
_LONGEST = 8


def phone(text: str, region: str) -> str | None:
    """`text` as E.164 if the whole of it is one valid phone number; `region` is for national spellings."""
    written = _PREFIX.sub("", visible(text)).rstrip(" .,;:")
    if not _looks_like_phone(written):
        return None
    return _parsed(written, region) or _parsed(_without_zero_before_country(written, region), region)


def split_phone(words: str, region: str) -> tuple[str | None, str]:
    """The phone number that `words` begin with, in any spelling, and the rest; else (None, words)."""
    clear = visible(words)
    found: tuple[str, int] | None = None
    for end in _ends(clear):
        number = phone(clear[:end], region)
        if number:
            found = number, end
            # After a country code the longest is meant; without one the shortest, for an amount may follow.
            if not clear.lstrip(" (").startswith("+"):
                break
    if found is None:
        return None, words
    return found[0], re.sub(r"^(?:[\s,;:।]|[-–—.](?=\s|$))+", "", clear[found[1] :]).rstrip()


def _ends(words: str) -> list[int]:
    ends = []
    for piece in list(re.finditer(r"\S+", words))[:_LONGEST]:
        digits = _END.sub("", piece[0])
        if not _PHONE_CHARACTERS.fullmatch(digits):
            break
        ends.append(piece.start() + len(digits))
        if digits != piece[0]:
            break
    return ends


def _looks_like_phone(written: str) -> bool:
    return len(written) <= 40 and bool(written) and all(map(_PHONE_CHARACTERS.fullmatch, written.split()))


def _parsed(written: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(written, region)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _without_zero_before_country(written: str, region: str) -> str:
    """ "091 98765 43210", as printed on Indian cards, is +91 98765 43210."""
    digits = re.sub(r"\D", "", written)
    code = str(phonenumbers.country_code_for_region(region))
    return f"+{digits[1:]}" if digits.startswith(f"0{code}") else written
