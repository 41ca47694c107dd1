"""Sheets out: nothing in them runs, every digit is kept, and what was rejected can be sent again."""

import csv
import io

import openpyxl
import pytest

from sheets.writing import neutral, write_csv, write_rejected, write_xlsx
from tests.sheets.files import HEADER, RAVI, people, read, xlsx

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
]


def cells_of(data: bytes) -> list[list]:
    """The first sheet of an xlsx, cell objects."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows()]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_that_begins_like_a_formula_can_run(text):
    assert neutral(text).startswith("'")
    (row,) = list(csv.reader(io.StringIO(write_csv(["a"], [[text]]).decode("utf-8-sig"), newline="")))[1:]
    assert row[0][0] == "'"
    cell = cells_of(write_xlsx([("S", ["a"], [[text]])]))[1][0]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


def test_phones_are_text_and_still_read_as_phones():
    table = [["Ravi", "+919876543210"], ["Sita", "+91 98765 43211"]]
    both = [("+919876543210", "Ravi"), ("+919876543211", "Sita")]
    assert people(write_csv(HEADER, table)) == both
    data = write_xlsx([("S", HEADER, table)])
    assert people(data) == both
    cell = cells_of(data)[1][1]
    assert (cell.value, cell.data_type, cell.quotePrefix, cell.number_format) == (
        "+919876543210",
        "s",
        True,
        "@",
    )


def test_hindi_survives_and_what_excel_forbids_is_left_out():
    data = write_xlsx(
        [("ग्राहक [2026]: all/नये " * 3, ["नाम"], [["रवि\x00\x07"]]), ("", ["a"], []), ("", ["b"], [])]
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.worksheets[0]["A2"].value == "रवि"
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len(set(book.sheetnames)) == 3


def test_rejected_rows_come_back_as_their_sheet_with_the_errors_beside_them():
    cells = [["", "Sr", *HEADER, "City"], ["", 1, *RAVI, "Pune"], ["", 2, "Gita", "98765", "Pune"]]
    sheet, rows = read(xlsx([["Customers"], *cells]))
    data = write_rejected(
        sheet.tables, [(row, f"wrong: {row.code}") for row in rows if row.status == "invalid"]
    )
    values = [[cell.value for cell in row] for row in cells_of(data)]
    assert values == [
        [None, "Sr", *HEADER, "City", "errors"],
        [None, "2", "Gita", "98765", "Pune", "wrong: too_short"],
    ]


def test_a_rejected_row_that_was_mended_is_taken_and_its_error_forgotten():
    sheet, rows = read(xlsx([HEADER, ["Gita", "98765"], ["=SUM(A1)", "98765"]]))
    data = write_rejected(sheet.tables, [(row, "too few digits") for row in rows])
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0]["B2"] = "9876543212"
    mended = io.BytesIO()
    book.save(mended)
    again, back = read(mended.getvalue())
    assert (back[0].phone, back[0].name, back[0].status) == ("+919876543212", "Gita", "ok")
    assert [field for field, _, _ in again.tables[0].shown] == ["phone", "name"]


def test_rejected_rows_of_a_sheet_without_headings_get_headings():
    sheet, rows = read(xlsx([RAVI, ["Gita", "98765"]]))
    data = write_rejected(sheet.tables, [(row, "x") for row in rows if row.status == "invalid"])
    assert [cell.value for cell in cells_of(data)[0]] == ["name", "phone", "errors"]


def test_rejected_rows_of_several_sheets_keep_their_sheets():
    sheet, rows = read(xlsx([HEADER, RAVI, ["Gita", "1"]], [HEADER, ["Mina", "2"]]))
    data = write_rejected(sheet.tables, [(row, "x") for row in rows if row.status == "invalid"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [(page.title, page["A2"].value) for page in book.worksheets] == [("S1", "Gita"), ("S2", "Mina")]
