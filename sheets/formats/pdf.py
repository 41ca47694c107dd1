"""pdf: the tables of its pages, by their ruled lines where they have them, else by the gaps between words."""

import io
import re

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from sheets.formats import columns
from sheets.unreadable import Unreadable
from sheets.workbook import Sheet, Workbook, sheet_of

# More pages than this are a book, not a list of customers.
MAX_PAGES = 500


def read(data: bytes) -> Workbook:
    """One sheet for each page, or for each table of a page, that may hold phones.

    Raises Unreadable `password`, `damaged`, `too_large`, or `no_text` where pages are pictures of text.
    """
    texts = _texts(data)
    if not any(text.strip() for text in texts):
        raise Unreadable("no_text")
    wanted = [place for place, text in enumerate(texts) if _may_hold_phones(text)]
    sheets: list[Sheet] = []
    if wanted:
        with _opened(data) as book:
            for place in wanted:
                sheets += _sheets_of_page(book.pages[place], place + 1)
                book.pages[place].close()
    return Workbook("pdf", sheets or [sheet_of("page 1", [[line] for line in texts[0].splitlines()])])


_LONG_NUMBER = re.compile(r"\d(?:[\s().+-]*\d){9,}")
_HALF_A_NUMBER = re.compile(r"(?<!\d)\d{5}(?!\d)")


def _may_hold_phones(text: str) -> bool:
    """Whether a page is worth the slow reader: a long number stands on it, or the
    halves of wrapped ones do."""
    return bool(_LONG_NUMBER.search(text)) or len(_HALF_A_NUMBER.findall(text)) > 1


def _texts(data: bytes) -> list[str]:
    """The bare text of each page, by the quickest reader; it also tells a password from damage."""
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MAX_PAGES:
            raise Unreadable("too_large")
        return [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data:
            raise Unreadable("password") from error
        raise Unreadable("damaged") from error


def _opened(data: bytes) -> pdfplumber.PDF:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        is_locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (*error.args, error.__context__))
        raise Unreadable("password" if is_locked else "damaged") from error


def _sheets_of_page(page: pdfplumber.page.Page, number: int) -> list[Sheet]:
    found = [rows for rows in page.extract_tables() if rows and len(rows[0]) > 1]
    ruled = [[["" if cell is None else cell for cell in row] for row in rows] for rows in found]
    by_words = columns.rows_by_gaps(page.extract_words(use_text_flow=False, keep_blank_chars=False))
    tables = ruled if _phones(ruled) >= _phones([by_words]) * 0.8 and ruled else [by_words]
    if len(tables) == 1:
        return [sheet_of(f"page {number}", tables[0])]
    return [sheet_of(f"page {number}, table {place}", rows) for place, rows in enumerate(tables, 1)]


def _phones(tables: list[list[list[str]]]) -> int:
    """How many rows hold a number long enough for a phone."""
    return sum(1 for rows in tables for row in rows if any(_LONG_NUMBER.search(cell) for cell in row))
