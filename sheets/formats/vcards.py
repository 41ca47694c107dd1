"""vcf: the contacts of phones and mail programs, one row a card.

Read by hand: vobject refuses the quoted-printable line breaks that Outlook and old Androids write, cuts a
name at its comma, and one bad card costs it the whole file.
"""

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

from sheets.workbook import Sheet, Workbook

# More phones on one card than this are a company's switchboard.
MAX_PHONES = 5


def read(text: str) -> Workbook:
    """One sheet whose first row heads the columns; a card's number is its place in the file, plus one."""
    cards = [_row(card) for card in _cards(text)]
    header = ["Name", *(f"Mobile {place}" for place in range(1, MAX_PHONES + 1)), "Email", "Address", "Notes"]
    return Workbook("vcf", [Sheet("", lambda: iter([header, *cards]))] if cards else [])


class _Line(NamedTuple):
    name: str
    types: set[str]
    value: str


def _cards(text: str) -> Iterator[list[_Line]]:
    card: list[_Line] = []
    for line in _lines(text):
        if line.name == "BEGIN":
            card = []
        elif line.name == "END":
            yield card
            card = []
        else:
            card.append(line)
    if card:
        yield card


def _lines(text: str) -> Iterator[_Line]:
    text = re.sub(r"\r\n?", "\n", text)
    pieces = iter(re.sub(r"\n[ \t]", "", text).split("\n"))
    for piece in pieces:
        head, colon, value = piece.partition(":")
        if not colon or not _HEAD.fullmatch(head):
            continue
        name, *parameters = head.upper().split(";")
        if any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
            # Here a line goes on after a "=" at its end, without the space that folds others.
            while value.endswith("="):
                value = value[:-1] + next(pieces, "").lstrip()
            value = _unquoted(value, parameters)
        types = {word for parameter in parameters for word in parameter.removeprefix("TYPE=").split(",")}
        yield _Line(name.rpartition(".")[2], types, value)


_HEAD = re.compile(r"[A-Za-z0-9.\-]+(?:;[^:]*)?")


def _unquoted(value: str, parameters: list[str]) -> str:
    stated = [
        parameter.removeprefix("CHARSET=") for parameter in parameters if parameter.startswith("CHARSET=")
    ]
    raw = quopri.decodestring(value.encode("utf-8"))
    try:
        return raw.decode(stated[0] if stated else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return raw.decode("utf-8" if stated else "cp1252", "replace")


def _row(card: list[_Line]) -> list[str]:
    mobiles = [line for line in card if line.name == "TEL" and not line.types & {"FAX", "PAGER"}]
    mobiles.sort(key=_rank)
    numbers = list(dict.fromkeys(_number(line.value) for line in mobiles))[:MAX_PHONES]
    numbers += [""] * (MAX_PHONES - len(numbers))
    return [_name(card), *numbers, _first(card, "EMAIL"), _address(card), _first(card, "NOTE")]


def _number(value: str) -> str:
    """The number without what a `tel:` address says of where it may be dialled."""
    value = _plain(value)
    if not value.lower().startswith("tel:"):
        return value
    return re.sub(r";(?!ext=)[^;]*", "", value[4:], flags=re.IGNORECASE).replace(";ext=", " ext ")


def _rank(line: _Line) -> int:
    """Mobiles before others; among equals the order of the card."""
    return 0 if line.types & {"CELL", "MOBILE", "WHATSAPP", "IPHONE"} else 1


def _name(card: list[_Line]) -> str:
    formatted = _first(card, "FN")
    if formatted:
        return formatted
    structured = next((line.value for line in card if line.name == "N"), "")
    last, first, middle, *_ = [*map(_plain, re.split(r"(?<!\\);", structured)), "", "", ""]
    return " ".join(filter(None, (first, middle, last))) or _first(card, "ORG") or _first(card, "NICKNAME")


def _address(card: list[_Line]) -> str:
    value = next((line.value for line in card if line.name == "ADR"), "")
    return ", ".join(filter(None, map(_plain, re.split(r"(?<!\\);", value))))


def _first(card: list[_Line], name: str) -> str:
    return next((_plain(line.value) for line in card if line.name == name and line.value.strip()), "")


def _plain(value: str) -> str:
    value = re.sub(r"\\[nN]", " ", value)
    return " ".join(re.sub(r"\\([,;:\\\"])", r"\1", value).split()).strip(" ,;")
