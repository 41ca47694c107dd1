"""What a cell says as plain text: no invisible signs, Western digits, one kind of space, dash and quote."""

import datetime
import re
import unicodedata


def plain(value: object) -> str:
    """The cell as a person would type it: 7.0 is "7", a date is "2027-02-26", None and errors are "".

    Line ends inside a cell stay; an apostrophe before a number or a formula sign (Excel's mark of text) goes.
    """
    if isinstance(value, str):
        return _plain_text(value[:MAX_CELL])
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return (
            value.isoformat(" ", "minutes") if value.time() != datetime.time() else value.date().isoformat()
        )
    return str(value)


def as_written(value: object) -> str:
    """The cell on one line, letters, digits and quotes as they are: for names, addresses and notes."""
    text = (value if isinstance(value, str) else plain(value))[:MAX_CELL]
    if not text.isascii() or "\x00" in text:
        text = _INVISIBLE.sub("", text)
    text = " ".join(text.split())
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA_SIGNS else text


_TEXT_MARK = re.compile(r"^'+(?=[=+\-@\d(]|\s*$)")
# What one cell may hold in Excel; longer texts are an accident or an attack.
MAX_CELL = 32_767
_FORMULA_SIGNS = frozenset("=+-@")
# Joiners shape Hindi words and stay; direction marks, zero-width spaces and byte order marks go.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\x00]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = re.compile(r"[\u2018\u2019\u201b\u02bc`´]")


def _plain_text(text: str) -> str:
    if not text.isascii():
        text = "".join(map(_plain_character, unicodedata.normalize("NFC", text)))
        text = _QUOTES.sub("'", _DASHES.sub("-", text))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _TEXT_MARK.sub("", text).strip() if text.startswith("'") else text


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    return "" if _INVISIBLE.match(character) else character
