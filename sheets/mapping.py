"""What a person says about the columns ("name = column C; phone = Mobile 2"), read and applied."""

import re
from collections.abc import Mapping

from sheets import headers
from sheets.unreadable import Unreadable
from sheets.workbook import Column


def parse_mapping(text: str) -> dict[str, str]:
    """The columns by field, from "name = column C, phone = D" or one pair a line.

    A column is named by its letters or its header; several by commas; "none" takes a field away. Raises
    Unreadable: `unknown_field` if the left side is no field of ours.
    """
    wanted: dict[str, str] = {}
    field = ""
    for part in re.split(r"[;,\n]", text):
        left, sign, right = part.partition("=")
        if sign:
            field = field_named(left)
            wanted[field] = _column_named(right)
        elif field and part.strip():
            wanted[field] += "," + _column_named(part)
    return wanted


def field_named(words: str) -> str:
    """The field a person means by "Name", "further phones" or "मोबाइल"; raises Unreadable."""
    plain = re.sub(r"[\s_-]+", "_", words.strip().lower())
    if plain in headers.FIELDS:
        return plain
    known = [field for field in headers.fields_of(words) if field in headers.FIELDS]
    if not known:
        raise Unreadable("unknown_field", field=words.strip())
    return known[0]


def apply(wanted: Mapping[str, str], columns: list[Column]) -> list[Column]:
    """The columns with their fields set as wanted; what a sheet does not have is left (see `check`)."""
    for field, names in wanted.items():
        places = [place for name in names.split(",") for place in _places(name, columns)]
        if not places and names.lower() not in _NONE:
            continue
        columns = _set(field, places, columns)
    return columns


def check(wanted: Mapping[str, str], columns: list[Column]) -> None:
    """Raise Unreadable `unknown_column` for a name that none of these columns (of all sheets) bears."""
    for names in wanted.values():
        for name in names.split(","):
            if name.lower() not in _NONE and not _places(name, columns):
                raise Unreadable("unknown_column", column=name)


_NONE = ("none", "-", "nothing", "no", "")


def _column_named(words: str) -> str:
    return re.sub(r"^(?:column|col\.?|कॉलम)\s+", "", words.strip(), flags=re.IGNORECASE).strip("\"' ")


def _places(name: str, columns: list[Column]) -> list[int]:
    by_header = [column.place for column in columns if name and column.header.casefold() == name.casefold()]
    return by_header[:1] or [column.place for column in columns if column.letters == name.upper()]


def _set(field: str, places: list[int], columns: list[Column]) -> list[Column]:
    """The named columns first, as theirs is the first phone; other phone columns stay further phones."""
    chosen = [column._replace(field=field) for place in places for column in columns if column.place == place]
    others = [column for column in columns if column.place not in places]
    if field != "phone" or not chosen:
        others = [column._replace(field="") if column.field == field else column for column in others]
    return chosen + others
