"""xlsx, xlsm, xls, xlsb and ods, by calamine: formulas as they were last worked out, macros unread."""

import io
import re
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sheets.unreadable import Unreadable
from sheets.workbook import Sheet, Workbook

# A rectangle with more cells than this is not read into memory at once (calamine holds blank cells, too).
MAX_CELLS = 12_000_000


def read(data: bytes, hidden: bool) -> Workbook:
    """Every worksheet in the file's order. A single damaged sheet does not take the others with it."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Unreadable("password") from error
    except CalamineError as error:
        raise Unreadable("password" if _is_locked(data) else "damaged") from error
    sheets, left_out = [], []
    damaged = None
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        if about.visible != SheetVisibleEnum.Visible and not hidden:
            left_out.append(about.name)
            continue
        try:
            sheets.append(_sheet(about.name, book.get_sheet_by_index(index)))
        except CalamineError as error:
            damaged = error
    if damaged and not any(sheet.rows for sheet in sheets if _holds_cells(sheet)):
        raise Unreadable("damaged") from damaged
    return Workbook(_kind(data), sheets, tuple(left_out))


def _sheet(name: str, cells: CalamineSheet) -> Sheet:
    if cells.start is None or cells.end is None:
        return Sheet(name, lambda: iter(()))
    if cells.height * cells.width > MAX_CELLS:
        raise MemoryError
    spans = [span for span in cells.merged_cell_ranges or [] if span[0][0] <= _HEADER_ROWS]
    left = cells.start[1]
    # iter_rows begins at the first row of the sheet but at the first column in use.
    if not spans:
        return Sheet(name, cells.iter_rows, 1, left)
    return Sheet(name, lambda: _unmerged(cells, spans, left), 1, left)


# Merged cells are filled in only up here, where headers are: below, a merged name is one row's name.
_HEADER_ROWS = 60


def _unmerged(cells: CalamineSheet, spans: list, left: int) -> Iterator[list]:
    """The rows, with the text of a merged header repeated over the columns it stands above."""
    for number, row in enumerate(cells.iter_rows()):
        if number <= _HEADER_ROWS:
            for (top, first), (_, last) in spans:
                if top == number and 0 <= first - left < len(row):
                    width = min(last - left + 1, len(row))
                    row[first - left : width] = [row[first - left]] * (width - (first - left))
        yield row


def _is_locked(data: bytes) -> bool:
    """Whether an xls begins with a FILEPASS record, which calamine takes for damage when it reads memory."""
    for begin in _BEGIN_OF_FILE.finditer(data):
        place = begin.start()
        for _ in range(8):
            record, length = int.from_bytes(data[place : place + 2], "little"), data[place + 2 : place + 4]
            if record == 0x2F:
                return True
            place += 4 + int.from_bytes(length, "little")
    return False


# The record with which the stream of a workbook of 1993 to 2007 begins.
_BEGIN_OF_FILE = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")


def _holds_cells(sheet: Sheet) -> bool:
    return next(sheet.rows(), None) is not None


def _kind(data: bytes) -> str:
    return "xlsx" if data.startswith(b"PK") else "xls"
