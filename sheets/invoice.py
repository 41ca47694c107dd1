"""An invoice on paper: a PDF that prints on A4, in every script our customers read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

PDF = "application/pdf"
Colour = tuple[int, int, int]
_FONTS = Path(__file__).resolve().parent / "fonts"
_GREEN = (22, 101, 74)
_PALE = (234, 244, 239)
_GREY = (95, 105, 100)
_BLACK = (25, 30, 28)
# Millimetres: medicine, quantity, price, amount.
_WIDTHS = (92, 24, 32, 32)


class Paper(Protocol):
    """What is printed (`messaging.invoices.Paper`)."""

    @property
    def title(self) -> str: ...
    @property
    def store(self) -> str: ...
    @property
    def store_lines(self) -> Sequence[str]: ...
    @property
    def about(self) -> Sequence[tuple[str, str]]: ...
    @property
    def header(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...
    @property
    def total(self) -> tuple[str, str]: ...
    @property
    def footer(self) -> str: ...


def write(paper: Paper) -> bytes:
    """The PDF of an invoice."""
    page = _page()
    _head(page, paper)
    _about(page, paper)
    _table(page, paper)
    _line(page, paper.footer, size=9, colour=_GREY)
    return bytes(page.output())


def _page() -> FPDF:
    page = FPDF(format="A4", unit="mm")
    for family, stem in (("noto", "NotoSans"), ("devanagari", "NotoSansDevanagari")):
        page.add_font(family, "", _FONTS / f"{stem}-Regular.ttf")
        page.add_font(family, "B", _FONTS / f"{stem}-Bold.ttf")
    page.set_fallback_fonts(["devanagari"], exact_match=False)
    # Hindi letters join.
    page.set_text_shaping(use_shaping_engine=True)
    page.set_margin(15)
    page.set_auto_page_break(True, margin=18)
    page.add_page()
    return page


def _head(page: FPDF, paper: Paper) -> None:
    page.set_fill_color(*_GREEN)
    page.rect(0, 0, page.w, 6, style="F")
    page.set_y(15)
    _line(page, paper.store, size=18, bold=True, colour=_GREEN)
    for text in paper.store_lines:
        _line(page, text, size=9, colour=_GREY)
    page.ln(5)
    _line(page, paper.title, size=14, bold=True)
    page.ln(1)


def _about(page: FPDF, paper: Paper) -> None:
    for label, value in paper.about:
        if value:
            _write(page, f"{label}  ", size=10, colour=_GREY)
            _line(page, value, size=10)
    page.ln(5)


def _table(page: FPDF, paper: Paper) -> None:
    _ink(page, size=10)
    page.set_draw_color(205, 215, 210)
    page.set_fill_color(255, 255, 255)
    heading = FontFace(emphasis="BOLD", color=(255, 255, 255), fill_color=_GREEN)
    with page.table(
        col_widths=_WIDTHS,
        text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=heading,
        line_height=6,
        padding=1.2,
    ) as table:
        table.row(paper.header)
        for row in paper.rows:
            if len(row) == 1:
                table.row().cell(row[0], colspan=4, style=FontFace(emphasis="BOLD", fill_color=_PALE))
            else:
                table.row(row)
        label, amount = paper.total
        total = FontFace(emphasis="BOLD", size_pt=12, fill_color=_PALE)
        last = table.row()
        last.cell(label, colspan=3, style=total)
        last.cell(amount, style=total)
    page.ln(6)


def _line(page: FPDF, text: str, *, size: int, bold: bool = False, colour: Colour = _BLACK) -> None:
    _ink(page, size=size, bold=bold, colour=colour)
    page.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _write(page: FPDF, text: str, *, size: int, colour: Colour) -> None:
    _ink(page, size=size, colour=colour)
    page.cell(32, size * 0.5, text)


def _ink(page: FPDF, *, size: int, bold: bool = False, colour: Colour = _BLACK) -> None:
    page.set_font("noto", "B" if bold else "", size)
    page.set_text_color(*colour)
