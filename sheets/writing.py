"""Sheets out: xlsx and csv whose every cell is text and none a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sheets.rows import SheetRow
from sheets.tables import Table

# The column that tells what to fix; it is passed over when the sheet comes back.
ERRORS = "errors"


def neutral(value: object) -> str:
    """The text of a cell that no program runs: an apostrophe stands before = + - @ tab and line end.

    A phone keeps its "+" behind it, and `sheets.phones` reads it back.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A csv in UTF-8 with the mark by which Excel knows it (Hindi would be lost otherwise)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(neutral, header))
    writer.writerows(map(neutral, row) for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def write_xlsx(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """An xlsx from (name, header, rows) of each sheet; as all cells are text, no digit of a phone is lost."""
    book = openpyxl.Workbook(write_only=True)
    names: set[str] = set()
    for name, header, rows in sheets:
        sheet = book.create_sheet(_sheet_name(name, names))
        sheet.freeze_panes = "A2"
        sheet.append([_text_cell(sheet, text, bold=True) for text in header])
        for row in rows:
            sheet.append([_text_cell(sheet, value) for value in row])
    if not names:
        book.create_sheet("Sheet1")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def write_rejected(tables: Sequence[Table], rows: Iterable[tuple[SheetRow, str]]) -> bytes:
    """The rows that were not taken, as the sheet they came from plus `errors`, to be fixed and sent again.

    `rows` are pairs of a row that has its `cells` and the sentence that says what is wrong with it.
    """
    by_table: dict[int, list[list[str]]] = {}
    for row, sentence in rows:
        by_table.setdefault(row.table, []).append([*_widened(row.cells, _width(tables[row.table])), sentence])
    return write_xlsx(
        (tables[place].sheet, _header(tables[place]), rejected)
        for place, rejected in sorted(by_table.items())
    )


_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _text_cell(sheet: WriteOnlyWorksheet, value: object, bold: bool = False) -> Cell:
    text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))[:32_767]
    is_phone = _PHONE.fullmatch(text)
    cell = WriteOnlyCell(sheet, text if is_phone else neutral(text))
    # Never "f" or "n": text stays text, whatever it looks like.
    cell.data_type = "s"
    cell.number_format = "@"
    if is_phone:
        # Excel's own mark for "this is text although it begins with a sign": invisible, and kept when edited.
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


_PHONE = re.compile(r"\+\d[\d ]{6,16}")


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes: 31 characters, none of its signs, and not there yet."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:28] or "Sheet"
    unique, place = plain, 1
    while unique.casefold() in taken:
        place += 1
        unique = f"{plain[:25]} {place}"
    taken.add(unique.casefold())
    return unique


def _width(table: Table) -> int:
    return max(column.place for column in table.columns) + 1


def _header(table: Table) -> list[str]:
    """The headers in the sheet's order; one without gets the fields, so that it is read the same again."""
    header = [""] * _width(table)
    for column in table.columns:
        header[column.place] = column.header or column.field.replace("_", " ")
    return [*header, ERRORS]


def _widened(cells: list[str], width: int) -> list[str]:
    return (cells + [""] * width)[:width]
