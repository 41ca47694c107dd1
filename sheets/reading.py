"""Bytes in, sheets of raw cells out: what kind of file it is, by its content and never by its name.

Only to be called in the child process (sheets/loading.py): what it calls may hang, abort or eat memory.
"""

import io
import re
import zipfile

from sheets.unreadable import Unreadable
from sheets.workbook import Workbook

# What all parts of a zipped workbook may unpack to; a million rows of ten columns stay below it.
MAX_UNPACKED = 1024 * 1024 * 1024


def read(data: bytes, file_name: str = "", *, hidden: bool = False, careful: bool = False) -> Workbook:
    """The sheets of a file; `hidden` ones only if asked for. Raises Unreadable.

    `careful` reads a zipped workbook cell by cell: slow, for one whose cells lie so far apart that the quick
    reader, which holds the whole rectangle, ran out of memory. `file_name` only helps to say what is wrong.
    """
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise Unreadable("empty")
    if data.startswith(b"PK"):
        return _read_zip(data, hidden, careful)
    if data.startswith(_OLE):
        return _read_ole(data, hidden)
    if b"%PDF-" in data[:1024]:
        from sheets.formats import pdf

        return pdf.read(data)
    for signature, kind in _FOREIGN.items():
        if data.startswith(signature):
            raise Unreadable("wrong_type", what=kind)
    return _read_text(data, file_name)


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture",
    b"GIF8": "picture",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"{\\rtf": "text document",
    b"OggS": "recording",
    b"ID3": "recording",
    b"MZ": "program",
    b"\x7fELF": "program",
}


def _read_zip(data: bytes, hidden: bool, careful: bool) -> Workbook:
    from sheets.formats import spreadsheet

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            unpacked = sum(part.file_size for part in package.infolist())
            encrypted = any(part.flag_bits & 1 for part in package.infolist())
            manifest = (
                package.read("META-INF/manifest.xml")[:65536] if "META-INF/manifest.xml" in names else b""
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable("damaged") from error
    if encrypted or b"encryption-data" in manifest:
        raise Unreadable("password")
    if unpacked > MAX_UNPACKED:
        raise Unreadable("too_large")
    _refuse_other_packages(names)
    if careful:
        return _read_carefully(data, names, hidden)
    try:
        return spreadsheet.read(data, hidden)
    except Unreadable as refusal:
        # What calamine refuses of an ods is also a cell too far away.
        if refusal.code == "damaged" and "content.xml" in names:
            return _read_carefully(data, names, hidden)
        raise


def _read_carefully(data: bytes, names: set[str], hidden: bool) -> Workbook:
    if "xl/workbook.bin" in names:
        raise Unreadable("too_large")
    from sheets.formats import cellwise, marked

    return marked.read_ods(data, hidden) if "content.xml" in names else cellwise.read(data, hidden)


def _refuse_other_packages(names: set[str]) -> None:
    if not names:
        raise Unreadable("damaged")
    if any(name.startswith("word/") for name in names):
        raise Unreadable("wrong_type", what="text document")
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("wrong_type", what="presentation")
    lowered = {name.lower().lstrip("/").replace("\\", "/") for name in names}
    if "content.xml" not in lowered and not any(name.startswith("xl/") for name in lowered):
        known = "[content_types].xml" in lowered
        raise Unreadable("damaged") if known else Unreadable("wrong_type", what="archive")


def _read_ole(data: bytes, hidden: bool) -> Workbook:
    from sheets.formats import spreadsheet

    # The directory of the container names its streams in UTF-16.
    streams = data.lower()
    if "encryptedpackage".encode("utf-16-le") in streams:
        raise Unreadable("password")
    if "worddocument".encode("utf-16-le") in streams and "book".encode("utf-16-le") not in streams:
        raise Unreadable("wrong_type", what="text document")
    return spreadsheet.read(data, hidden)


_SHEET_OF_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def _is_other_xml(start: str) -> bool:
    return start.startswith("<?xml") and "<html" not in start


def _read_text(data: bytes, file_name: str) -> Workbook:
    from sheets.formats import marked, text, vcards, webpage

    decoded = text.decode(data)
    start = decoded[:2000].lstrip().lower()
    if start.startswith("begin:vcard"):
        return vcards.read(decoded)
    if start.startswith("<?xml") and _SHEET_OF_2003 in decoded[:4000]:
        return marked.read_2003(decoded)
    if (
        start.startswith("<")
        and re.search("<table[\\s>]", decoded, re.IGNORECASE)
        and not _is_other_xml(start)
    ):
        return webpage.read(decoded)
    if start.startswith(("<?xml", "<!doctype", "<html", "[{", '{"')) or text.is_binary(decoded):
        kind = (
            "damaged"
            if file_name.lower().endswith((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".pdf"))
            else ""
        )
        raise (
            Unreadable("damaged")
            if kind and text.is_binary(decoded)
            else Unreadable("wrong_type", what="file")
        )
    return text.read(decoded)
