"""A web page with a table, which many billing programs save under the name of an .xls."""

from html.parser import HTMLParser

from sheets.workbook import Workbook, sheet_of


def read(text: str) -> Workbook:
    """One sheet for each table of the page; scripts, styles and links are not followed or run."""
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    tables = [rows for rows in reader.tables if rows]
    return Workbook("html", [sheet_of(f"table {place}", rows) for place, rows in enumerate(tables, 1)])


class _TableReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.cell: list[str] | None = None
        self.span, self.depth = 1, 1
        # By column: how many of the next rows a tall cell still reaches into.
        self.tall: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append([])
            self.tall = {}
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
            told = dict(attrs)
            self.cell, self.span, self.depth = [], _span(told.get("colspan")), _span(told.get("rowspan"))
        elif tag in ("br", "p", "div") and self.cell:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        lines = [" ".join(line.split()) for line in "".join(self.cell).split("\n")]
        row = self.tables[-1][-1]
        while self.tall.get(len(row), 0):
            self.tall[len(row)] -= 1
            row.append("")
        if self.depth > 1:
            self.tall |= dict.fromkeys(range(len(row), len(row) + self.span), self.depth - 1)
        row += ["\n".join(filter(None, lines))] * self.span
        self.cell = None


def _span(text: str | None) -> int:
    return min(int(text), 50) if text and text.isdecimal() and int(text) > 0 else 1
