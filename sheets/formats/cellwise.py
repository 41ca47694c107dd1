"""xlsx read cell by cell with openpyxl, for sheets whose few cells lie a million rows or columns apart."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from sheets.unreadable import Unreadable
from sheets.workbook import Sheet, Workbook

# Columns further right than this hold no contacts; a stray cell out there is left alone.
MAX_COLUMNS = 256


def read(data: bytes, hidden: bool) -> Workbook:
    """The worksheets of an xlsx or xlsm; one row in memory at a time."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable("damaged") from error
    sheets, left_out = [], []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" and not hidden:
            left_out.append(sheet.title)
            continue
        # What a sheet declares to be its size is often wrong, and sometimes a trap.
        sheet.reset_dimensions()
        sheets.append(Sheet(sheet.title, _rows_of(sheet)))
    return Workbook("xlsx", sheets, tuple(left_out))


def _rows_of(sheet: Any) -> Callable[[], Iterator[list]]:
    def rows() -> Iterator[list]:
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else cell for cell in row[:MAX_COLUMNS]] if row else []

    return rows
