"""Small files of every kind, made in the test that reads them."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from sheets import loading
from sheets.loading import Loaded
from sheets.rows import SheetRow

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADER = ["Name", "Mobile"]
RAVI = ["Ravi", 9876543210]
SITA = ["Sita", "98765 43211"]


def rows_of(data: bytes, **how: Any) -> list[SheetRow]:
    """All rows of a file."""
    return list(read(data, **how)[1])


def read(data: bytes, **how: Any) -> tuple[Loaded, list[SheetRow]]:
    """A file read to its end, and its rows."""
    with loading.load(data, **how) as sheet:
        return sheet, list(sheet)


def people(data: bytes, **how: Any) -> list[tuple[str, str]]:
    """The phone and name of every row that is taken."""
    return [(row.phone, row.name) for row in rows_of(data, **how) if row.status == "ok"]


def xlsx(*sheets: list[Any], merged: tuple[str, ...] = (), hidden: tuple[int, ...] = ()) -> bytes:
    """A workbook with these rows on its sheets S1, S2 …"""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{place}")
        for row in rows:
            sheet.append(row)
        for span in merged:
            sheet.merge_cells(span)
        if place in hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def xls(rows: list[list]) -> bytes:
    """A workbook of Excel 97."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S1")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def ods(rows: list[list]) -> bytes:
    """A spreadsheet of LibreOffice."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S1">'
        f"{cells}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def xml_2003(rows: list[list]) -> bytes:
    """What Excel 2003 saves as "XML Spreadsheet"."""
    cells = "".join(
        "<Row>" + "".join(f"<Cell><Data>{cell}</Data></Cell>" for cell in row) + "</Row>" for row in rows
    )
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    spaces = f"{space} {space.replace('=', ':ss=', 1)}"
    sheet = f'<Worksheet ss:Name="S1"><Table>{cells}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook {spaces}>{sheet}</Workbook>'.encode()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip with these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def with_part(data: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """A zipped workbook one of whose parts has `change[0]` replaced by `change[1]`."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, str | bytes] = {part: package.read(part) for part in package.namelist()}
    content = parts[name]
    assert isinstance(content, bytes)
    assert change[0] in content
    parts[name] = content.replace(*change)
    return zipped(parts)
