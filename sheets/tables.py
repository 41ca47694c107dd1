"""Where in a sheet the contacts stand, under which header, and what each column was taken for."""

import itertools
from collections.abc import Mapping
from typing import NamedTuple

from sheets import headers, mapping, phones
from sheets.plain import plain
from sheets.unreadable import Unreadable
from sheets.workbook import Column, Sheet, Workbook, column_index, column_letters

# How far down a header is looked for, and how many rows below it are looked at.
HEADER_ROWS = 60
SAMPLE_ROWS = 400


class Table(NamedTuple):
    """A list of contacts in a sheet; `header_row` is 0 where there is none. Numbers are the program's."""

    sheet: str
    header_row: int
    first_row: int
    columns: tuple[Column, ...]

    def indexes(self, field: str) -> list[int]:
        """The places of the columns taken for `field`, in the order in which they count."""
        return [column.place for column in self.columns if column.field == field]

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """What was taken for what: (field, letters, header), as `parse_mapping` takes it back."""
        return [(column.field, column.letters, column.header) for column in self.columns if column.field]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose values stand in `SheetRow.values`, in that order."""
        taken = dict.fromkeys(column.field for column in self.columns if column.field)
        return tuple(field for field in taken if field not in _IN_THE_ROW_ITSELF)


_IN_THE_ROW_ITSELF = ("", "name", "first_name", "last_name", "phone", "further_phones", "country_code")


class Found(NamedTuple):
    """A table, and the sheet that its rows are read from."""

    table: Table
    sheet: Sheet


def find_tables(workbook: Workbook, region: str, wanted: Mapping[str, str] | None = None) -> list[Found]:
    """The tables of all sheets that hold phones. `wanted` is what `mapping.parse_mapping` gives.

    Raises Unreadable: `empty` if there is no cell at all, `no_phones` if nothing looks like a phone column,
    `unknown_column` if the mapping names a column that no sheet has.
    """
    found: list[Found] = []
    seen: list[Column] = []
    is_empty = True
    for sheet in workbook.sheets:
        sample = _Sample(sheet)
        is_empty = is_empty and not sample.rows
        at = _header(sample)
        table = _continued(sample, region, found[-1].table) if found and at < 0 else None
        columns = _columns(sample, at, region)
        seen += columns
        table = table or _table(sample, at, mapping.apply(wanted or {}, columns), region)
        if table:
            found.append(Found(table, sheet))
    if is_empty:
        raise Unreadable("empty", hidden=len(workbook.hidden))
    mapping.check(wanted or {}, seen)
    if not found:
        raise Unreadable("no_phones", hidden=len(workbook.hidden))
    return found


class _Sample:
    """The filled rows at the top of a sheet, as text, with their places."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        raw = itertools.islice(enumerate(sheet.rows()), 20_000)
        filled = ((place, row) for place, row in raw if any(row))
        taken = list(itertools.islice(filled, HEADER_ROWS + SAMPLE_ROWS))
        self.raw = [row for _, row in taken]
        self.rows = [[plain(cell) for cell in row] for _, row in taken]
        self.places = [place for place, _ in taken]
        self.width = max(map(len, self.rows), default=0)

    def below(self, at: int) -> list[list]:
        """The raw rows under the header at `at` (-1 for none)."""
        return self.raw[at + 1 : at + 1 + SAMPLE_ROWS]


def _table(sample: _Sample, at: int, columns: list[Column], region: str) -> Table | None:
    if not any(column.field == "phone" for column in columns):
        return None
    if at < 0:
        first = _first_with_phone(sample, columns, region)
        return Table(sample.sheet.name, 0, sample.sheet.top + sample.places[first], tuple(columns))
    header_row = sample.sheet.top + sample.places[at]
    return Table(sample.sheet.name, header_row, header_row + 1, tuple(columns))


def _header(sample: _Sample) -> int:
    """The place of the row that heads the most columns, a phone column among them if it can; -1 for none."""
    scores = [_header_score(row, first=at == 0) for at, row in enumerate(sample.rows[:HEADER_ROWS])]
    if max(scores, default=0.0) <= 1.0:
        return -1
    at = scores.index(max(scores))
    return at + 1 if _has_second_line(sample, at) else at


def _header_score(row: list[str], first: bool) -> float:
    """How many different headings a row has; a phone column's counts three times."""
    texts = {cell for cell in row if cell}
    headings = [fields for fields in map(headers.fields_of, filter(_is_short, texts)) if fields]
    has_digits = any(sum(map(str.isdigit, text)) > 4 for text in texts)
    if has_digits or len(headings) * 3 < len(texts):
        return 0.0
    has_phone = any("phone" in fields for fields in headings)
    # A lone word may be a title ("Contacts"); at the top, or over a single column, it is a header.
    return len(headings) + (2.0 if has_phone and (len(texts) > 1 or len(row) == 1 or first) else 0.0)


def _is_short(text: str) -> bool:
    return len(text) < 60


def _has_second_line(sample: _Sample, at: int) -> bool:
    """Whether the next row only divides merged headings: "1" and "2" under "Mobile"."""
    if at + 1 >= len(sample.rows) or sample.places[at + 1] != sample.places[at] + 1:
        return False
    upper = _widened(sample.rows[at], sample.width)
    lower = {place: text for place, text in enumerate(sample.rows[at + 1]) if text}
    divided = {place for place in range(sample.width) if _is_divided(upper, place)}
    return bool(lower) and set(lower) <= divided and all(len(text) < 20 for text in lower.values())


def _is_divided(upper: list[str], place: int) -> bool:
    """Whether a heading stands over several columns: repeated where cells are merged, or before blanks."""
    neighbours = [*upper[max(0, place - 1) : place], *upper[place + 1 : place + 2]]
    return not upper[place] or upper[place] in neighbours or upper[place + 1 : place + 2] == [""]


def _widened(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _labels(sample: _Sample, at: int) -> list[str]:
    """The header of each column; a header in two rows ("Mobile" over "1" and "2") is read as one."""
    if at < 0:
        return [""] * sample.width
    row = _widened(sample.rows[at], sample.width)
    is_next = at > 0 and sample.places[at - 1] == sample.places[at] - 1
    above = sample.rows[at - 1] if is_next and len(set(sample.rows[at - 1]) - {""}) > 1 else []
    labels = []
    last = ""
    for own, upper in zip(row, _widened(above, sample.width), strict=True):
        last = upper or last
        joined = own if headers.fields_of(own) else f"{upper or (last if own else '')} {own}"
        labels.append(" ".join(joined.split()))
    return labels


def _columns(sample: _Sample, at: int, region: str) -> list[Column]:
    labels = _labels(sample, at)
    fields = [headers.fields_of(label) for label in labels]
    below = sample.below(at)
    by_header = [
        place
        for place, known in enumerate(fields)
        if "phone" in known and _may_be_phone(below, place, labels[place])
    ]
    phone_places = by_header or _by_content(below, fields, region)
    phone_places.sort(key=lambda place: headers.is_secondary(labels[place]))
    names = {"name", "first_name", "last_name"}
    guessed = -1
    if not any(names & set(known) for known in fields):
        guessed = _name_by_content(below, fields, phone_places, headed=at >= 0)
    ordered = phone_places + [place for place in range(len(labels)) if place not in phone_places]
    return [
        Column(
            place,
            column_letters(sample.sheet.left + place),
            labels[place],
            "phone" if place in phone_places else "name" if place == guessed else _other_field(fields[place]),
        )
        for place in ordered
    ]


def _other_field(fields: tuple[str, ...]) -> str:
    return next((field for field in fields if field not in ("phone", headers.ELSE)), "")


def _may_be_phone(rows: list[list], place: int, label: str) -> bool:
    """Whether a column headed as phones is not plainly something else, such as "WhatsApp: yes, no"."""
    texts = [plain(row[place]) for row in rows if place < len(row) and plain(row[place])]
    if headers.is_vague(label):
        return any(sum(map(str.isdigit, text)) >= 7 for text in texts)
    return not texts or not {text.lower() for text in texts} <= _ANSWERS


_ANSWERS = {
    "yes",
    "no",
    "y",
    "n",
    "true",
    "false",
    "active",
    "inactive",
    "available",
    "not available",
    "not_available",
}


def _phone_share(rows: list[list], place: int, region: str) -> float:
    cells = [row[place] for row in rows if place < len(row) and plain(row[place])]
    cells = cells[:100]
    if not cells:
        return 0.0
    read = [phones.parse_cell(cell, region) for cell in cells]
    return sum(1 for cell in read if any(phone.kind == phones.MOBILE for phone in cell.phones)) / len(cells)


def _by_content(rows: list[list], fields: list[tuple[str, ...]], region: str) -> list[int]:
    """The columns with a heading that says nothing, or none, half of whose cells hold a mobile."""
    places = [place for place, known in enumerate(fields) if not known]
    return [place for place in places if _phone_share(rows, place, region) >= 0.5]


def _name_by_content(
    rows: list[list], fields: list[tuple[str, ...]], phone_places: list[int], headed: bool
) -> int:
    """The first unheaded column of words; -1 if there is none, or if the sheet's headings name no one."""
    for place, known in enumerate(fields):
        if known or place in phone_places or (headed and len(fields) > 2):
            continue
        texts = [plain(row[place]) for row in rows if place < len(row)]
        words = [text for text in texts if text and "@" not in text and not any(map(str.isdigit, text))]
        if len(words) * 2 > len([text for text in texts if text]):
            return place
    return -1


def _first_with_phone(sample: _Sample, columns: list[Column], region: str) -> int:
    """Without a header, everything above the first phone is a title."""
    places = [column.place for column in columns if column.field == "phone"]
    for at, row in enumerate(sample.raw):
        if any(phones.parse_cell(row[place], region).phones for place in places if place < len(row)):
            return at
    return 0


def _continued(sample: _Sample, region: str, before: Table) -> Table | None:
    """A sheet or page without a header that goes on where the last one ended."""
    columns = tuple(
        column._replace(place=column_index(column.letters) - sample.sheet.left) for column in before.columns
    )
    place = next(column.place for column in columns if column.field == "phone")
    if place < 0 or _phone_share(sample.raw[:100], place, region) < 0.3:
        return None
    return Table(sample.sheet.name, 0, sample.sheet.top + sample.places[0], columns)
