"""Spreadsheets that are one long XML text: what Excel 2003 saves as "XML", and content.xml of an ods.

Read as a stream, cell by cell, by expat, which neither fetches nor unfolds anything: a text that declares
entities is refused.
"""

import io
import zipfile
from typing import Any
from xml.parsers import expat

from sheets.unreadable import Unreadable
from sheets.workbook import Workbook, sheet_of

# Columns further right hold no contacts, and cells or rows repeated more often are empty space.
MAX_COLUMNS = 256
MAX_REPEATED = 1000
# Rows of a sheet of Excel; the blank ones between are kept, so that numbers stay the program's.
MAX_ROWS = 1_048_576
MAX_CELLS = 12_000_000


def read_2003(text: str) -> Workbook:
    """The sheets of an "XML Spreadsheet 2003", often saved as .xls. Raises Unreadable."""
    return _read(text.partition("?>")[2].encode("utf-8", "replace"), "xml", _2003, hidden=True)


def read_ods(data: bytes, hidden: bool = False) -> Workbook:
    """The sheets of an ods whose cells lie too far apart for the quick reader; `hidden` ones if asked for.

    Raises Unreadable.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return _read(package.read("content.xml"), "xlsx", _ODS, hidden)


# How each kind names a sheet, a row, a cell, the text in it, and what moves or repeats them.
_2003 = {
    "sheet": "Worksheet",
    "row": "Row",
    "cell": "Cell",
    "text": "Data",
    "title": "Name",
    "at": "Index",
    "more_columns": "MergeAcross",
}
_ODS = {
    "sheet": "table",
    "row": "table-row",
    "cell": "table-cell",
    "covered": "covered-table-cell",
    "text": "p",
    "title": "name",
    "again": "number-columns-repeated",
    "rows_again": "number-rows-repeated",
}


def _read(data: bytes, kind: str, names: dict[str, str], hidden: bool) -> Workbook:
    reader = _Reader(names)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged") from error
    shown = [sheet for sheet in reader.sheets if hidden or sheet[0] not in reader.hidden]
    passed = tuple(name for name, _ in reader.sheets if not hidden and name in reader.hidden)
    return Workbook(kind, [sheet_of(name, rows) for name, rows in shown], passed)


def _refuse(*_: Any) -> None:
    raise Unreadable("damaged")


class _Reader:
    """Gathers sheets from the beginnings and ends of elements, whatever their namespaces."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.sheets: list[tuple[str, list[list]]] = []
        # Names of sheets, and of the styles that hide one; they come before the sheets.
        self.hidden: set[str] = set()
        self.hiding: set[str] = set()
        self.style = ""
        self.row: list[str] = []
        self.text: list[str] = []
        self.wide = self.high = 1
        self.inside = False
        self.cells = 0

    def start(self, name: str, raw: dict[str, str]) -> None:
        name = name.rpartition("}")[2]
        told = {key.rpartition("}")[2]: value for key, value in raw.items()}
        if name == self.names["sheet"]:
            self._begin_sheet(told)
        elif name == "style":
            self.style = told.get("name", "")
        elif name == "table-properties" and told.get("display") == "false":
            self.hiding.add(self.style)
        elif name == self.names["row"] and self.sheets:
            self._begin_row(told)
        elif name in (self.names["cell"], self.names.get("covered")):
            self._begin_cell(told)
        elif name == self.names["text"]:
            self.text += ["\n"] if self.text else []
            self.inside = True

    def end(self, name: str) -> None:
        name = name.rpartition("}")[2]
        if name == self.names["text"]:
            self.inside = False
        elif name in (self.names["cell"], self.names.get("covered")):
            room = max(0, MAX_COLUMNS - len(self.row))
            self.row += ["".join(self.text)] * min(self.wide, room)
        elif name == self.names["row"] and self.sheets:
            self._end_row()

    def words(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def _begin_sheet(self, told: dict[str, str]) -> None:
        title = told.get(self.names["title"], "")
        self.sheets.append((title, []))
        if told.get("style-name", "") in self.hiding:
            self.hidden.add(title)

    def _begin_row(self, told: dict[str, str]) -> None:
        rows = self.sheets[-1][1]
        missing = _number(told, self.names.get("at"), len(rows) + 1) - 1 - len(rows)
        rows += [[]] * max(0, min(missing, MAX_ROWS - len(rows)))
        self.row, self.high = [], _number(told, self.names.get("rows_again"), 1)

    def _begin_cell(self, told: dict[str, str]) -> None:
        at = _number(told, self.names.get("at"), len(self.row) + 1) - 1
        self.row += [""] * max(0, min(at, MAX_COLUMNS) - len(self.row))
        self.text = []
        self.wide = _number(told, self.names.get("more_columns"), 0) + _number(
            told, self.names.get("again"), 1
        )

    def _end_row(self) -> None:
        while self.row and not self.row[-1]:
            self.row.pop()
        rows = self.sheets[-1][1]
        again = min(self.high, MAX_REPEATED if self.row else MAX_ROWS, MAX_ROWS - len(rows))
        self.cells += len(self.row) * again
        if self.cells > MAX_CELLS:
            raise Unreadable("too_large")
        rows += [self.row] * again


def _number(told: dict[str, str], name: str | None, usual: int) -> int:
    text = told.get(name or "", "")
    return int(text) if text.isdecimal() and len(text) < 9 else usual
