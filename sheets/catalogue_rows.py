"""Where in a workbook the medicines, or their interactions, stand, and what each row says; runs in the child
process."""

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sheets.catalogue_words import FIELD_OF, INTERACTION_FIELD_OF
from sheets.headers import is_total
from sheets.plain import as_written, plain
from sheets.unreadable import Unreadable
from sheets.workbook import Column, Sheet, Workbook, column_letters

# How far down a header is looked for.
HEADER_ROWS = 60
CHUNK = 1000


class Kind(NamedTuple):
    """What a list is of: what its headers mean, how many columns named in `names` it cannot be without, and
    the refusal where there is no such list."""

    field_of: dict[str, str]
    names: tuple[str, ...]
    needed: int
    refusal: str


# What names a medicine; a table needs one of these and one thing more.
MEDICINES = Kind(FIELD_OF, ("brand", "generic", "composition"), 1, "no_medicines")
INTERACTIONS = Kind(INTERACTION_FIELD_OF, ("one", "other"), 2, "no_interactions")
KINDS = {"medicines": MEDICINES, "interactions": INTERACTIONS}


class Table(NamedTuple):
    """A list of medicines; `header_row` counts from 1 as the person's program does."""

    sheet: Sheet
    header_row: int
    columns: list[Column]

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """What was taken for what: (field, letters, header)."""
        return [(column.field, column.letters, column.header) for column in self.columns]


def find_tables(workbook: Workbook, kind: Kind = MEDICINES) -> list[Table]:
    """The tables of all sheets; raises Unreadable `empty`, or `no_medicines` (`no_interactions`) if no header
    is understood."""
    found = [table for sheet in workbook.sheets if (table := _table(sheet, kind))]
    if found:
        return found
    is_empty = not any(any(row) for sheet in workbook.sheets for row in itertools.islice(sheet.rows(), 100))
    raise Unreadable("empty", hidden=len(workbook.hidden)) if is_empty else Unreadable(kind.refusal)


def chunks(tables: list[Table]) -> Iterator[list[dict[str, Any]]]:
    """Every row below the headers, as `{"row": number, "sheet": name, "said": {field: text}}`; blank rows and
    total lines say nothing."""
    rows = (row for table in tables for row in _rows(table))
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def field_of(header: str, fields: dict[str, str] = FIELD_OF) -> str:
    """The field a header names, "" for none: "MRP (Rs.)", "Pack Size:" and "brand_name" are understood."""
    label = " ".join(re.sub(r"[_\-.#/\\()\[\]'\",&+*:₹]+", " ", plain(header).casefold()).split())
    return fields.get(label) or fields.get(re.sub(r" ?\d{1,2}$", "", label)) or ""


def _table(sheet: Sheet, kind: Kind) -> Table | None:
    best: list[Column] = []
    at = 0
    for number, row in enumerate(itertools.islice(sheet.rows(), HEADER_ROWS)):
        columns = _columns(row, sheet.left, kind)
        if len(columns) > len(best):
            best, at = columns, number
    names = [column for column in best if column.field in kind.names]
    return Table(sheet, sheet.top + at, best) if len(names) >= kind.needed and len(best) > 1 else None


def _columns(row: list[Any], left: int, kind: Kind) -> list[Column]:
    found: dict[str, Column] = {}
    for place, cell in enumerate(row):
        header = as_written(cell)
        field = field_of(header, kind.field_of) if header else ""
        if field:
            found.setdefault(field, Column(place, column_letters(left + place), header, field))
    return list(found.values())


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    below = itertools.islice(table.sheet.rows(), table.header_row - table.sheet.top + 1, None)
    for number, row in enumerate(below, table.header_row + 1):
        texts = [as_written(cell) for cell in row]
        if not any(texts):
            continue
        said = {
            column.field: texts[column.place]
            for column in table.columns
            if column.place < len(texts) and texts[column.place]
        }
        yield {"row": number, "sheet": table.sheet.name, "said": {} if is_total(texts) else said}
