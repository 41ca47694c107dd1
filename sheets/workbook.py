"""What every kind of file is read into: sheets of raw cells, numbered as in the person's program."""

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Sheet(NamedTuple):
    """One sheet. `rows` may be called again and again; each call walks the cells from the top.

    The first row has the number `top` (1 as a program shows it) and the first cell of each row stands in the
    column `left` (0 is A). Cells are str, float, int, bool, dates or "" for a blank one.
    """

    name: str
    rows: Callable[[], Iterator[list]]
    top: int = 1
    left: int = 0


def sheet_of(name: str, rows: list[list]) -> Sheet:
    """A sheet whose rows have been read already."""
    return Sheet(name, lambda: iter(rows))


class Workbook(NamedTuple):
    """The sheets read, the names of hidden ones left out, and what the file is ("xlsx", "csv", "pdf" …)."""

    kind: str
    sheets: list[Sheet]
    hidden: tuple[str, ...] = ()


class Column(NamedTuple):
    """One column: its place in a row, its letters in the program, its header, the field it was taken for.

    `field` is one of those its kind of sheet has, or "" for a column that is left alone.
    """

    place: int
    letters: str
    header: str
    field: str


def column_letters(index: int) -> str:
    """The name of a column in a spreadsheet program: 0 is "A", 26 is "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The reverse of `column_letters`."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
