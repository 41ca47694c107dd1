"""Every row of the tables and what becomes of it: a contact, a repetition, unusable, or no contact at all."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sheets import headers, phones
from sheets.plain import MAX_CELL, as_written, plain
from sheets.quick import QuickReader
from sheets.tables import Found, Table

OK, DUPLICATE, INVALID, SKIPPED = "ok", "duplicate", "invalid", "skipped"

# Rows are taken through in pieces of this many: what is common to them is then done once.
CHUNK = 5000
# What shows, in the cells of a column joined by line ends, that one of them needs tidying.
_UNTIDY = ("  ", "\n ", " \n", "\t", "\r", "\x00", "\n'")
# More blank rows than this one after another are empty space, not rows left blank.
BLANK_RUN = 50
# Sheets are told apart in the numbers by which rows are remembered.
_ROWS_OF_A_SHEET = 1 << 24


class SheetRow(NamedTuple):
    """One row. An ordinary one (OK, a single mobile, nothing repaired) sets only the first four fields.

    number: as the spreadsheet program counts
    phone: E.164, "" if there is none
    values: texts, aligned with `Table.fields`, "" for a blank cell
    status: OK, DUPLICATE (of `first`), INVALID or SKIPPED, for the reason `code`
    code, repairs: templates/messages/row_<code>.txt
    first: (table, row number) of the row it repeats
    kind: of `phone`, as in sheets.phones
    further: other numbers of the row in E.164
    beside: what else the row says, by field: notes, email, whatsapp
    cells: the row as it was, as text, when it is not OK
    table: its place in `Loaded.tables`
    """

    number: int
    phone: str
    name: str
    values: Sequence[str]
    status: str = OK
    code: str = ""
    first: tuple[int, int] | None = None
    kind: str = phones.MOBILE
    further: list[str] = []  # noqa: RUF012 (never changed: the same empty list for all)
    beside: dict[str, str] = {}  # noqa: RUF012
    repairs: list[str] = []  # noqa: RUF012
    cells: list[str] = []  # noqa: RUF012
    table: int = 0


class Chunk(NamedTuple):
    """Rows on their way between processes, by column, as that is cheapest: `restored` makes rows of it.

    odd: whole SheetRows, for what the columns say of them · landlines: places of phones of that kind.
    """

    table: int
    first: int
    phones: list[str]
    names: list[str]
    values: list[list[str]]
    landlines: list[int]
    odd: list[SheetRow]


def rows(found: list[Found], region: str) -> Iterator[SheetRow]:
    """All rows below the headers, in order; every one of them comes exactly once."""
    for chunk in chunks(found, region, {}):
        yield from restored(chunk)


def restored(chunk: Chunk) -> list[SheetRow]:
    """The rows of a chunk."""
    same = map(itertools.repeat, [*SheetRow(0, "", "", ())[4:-1], chunk.table])
    values = zip(*chunk.values, strict=True) if chunk.values else itertools.repeat(())
    whole = zip(itertools.count(chunk.first), chunk.phones, chunk.names, values, *same, strict=False)
    made = list(map(SheetRow._make, whole))
    for place in chunk.landlines:
        made[place] = made[place]._replace(kind=phones.LANDLINE)
    for row in chunk.odd:
        made[row.number - chunk.first] = row
    return made


def received(sent: list[Any]) -> Chunk:
    """A chunk as it comes out of the JSON in which it went."""
    chunk = Chunk(*sent)
    rows = itertools.starmap(SheetRow, chunk.odd)
    return chunk._replace(
        odd=[row._replace(first=(row.first[0], row.first[1])) if row.first else row for row in rows]
    )


def chunks(found: list[Found], region: str, seen: dict[str, int]) -> Iterator[Chunk]:
    """As `rows`, up to CHUNK of them at a time. `seen` collects the phones."""
    for place, (table, sheet) in enumerate(found):
        accountant = _Accountant(place, table, region, seen)
        skipped = table.first_row - sheet.top
        source = itertools.islice(sheet.rows(), skipped, None)
        for first, raw in _without_empty_space(source, table.first_row):
            yield accountant.account(first, raw)


def _without_empty_space(source: Iterator[list], number: int) -> Iterator[tuple[int, list[list]]]:
    """Chunks of rows and the number of their first; long runs of blank rows and those at the end left out."""
    blank: list[list] = []
    while chunk := list(itertools.islice(source, CHUNK)):
        if all(map(any, chunk)):
            if 0 < len(blank) <= BLANK_RUN:
                yield number - len(blank), blank
            blank = []
            yield number, chunk
            number += len(chunk)
            continue
        for row in chunk:
            if not any(row) and not any(map(plain, row)):
                # A longer run is not kept: it may be a million rows long.
                blank = [*blank, row] if len(blank) <= BLANK_RUN else blank
            else:
                if 0 < len(blank) <= BLANK_RUN:
                    yield number - len(blank), blank
                blank = []
                yield number, [row]
            number += 1


class _Accountant:
    """Accounts for the rows of one table; `seen` remembers the phones of all tables and where they stood."""

    def __init__(self, place: int, table: Table, region: str, seen: dict[str, int]):
        self.place, self.table, self.region, self.seen = place, table, region, seen
        self.base = place * _ROWS_OF_A_SHEET
        self.phone_at = table.indexes("phone") + table.indexes("further_phones")
        self.code_at = table.indexes("country_code")
        self.values_at = [table.indexes(field) for field in table.fields]
        self.width = 1 + max(column.place for column in table.columns)
        self.quick = QuickReader(region)
        self.own_code = phones.calling_code(region)
        headed = {column.place for column in table.columns if headers.is_whatsapp(column.header)}
        self.whatsapp_at = headed if len(self.phone_at) > 1 else set()

    def account(self, first: int, raw: list[list]) -> Chunk:
        """The rows of a chunk whose first has the number `first`."""
        if min(map(len, raw)) < self.width:
            raw = [row + [""] * (self.width - len(row)) for row in raw]
        numbers, names, landlines = self._numbers(raw), self._names(raw), self.quick.landlines
        values = [_joined(raw, places, ", ") for places in self.values_at]
        odd = [
            self._slow(first + place, raw[place], names[place], tuple(column[place] for column in values))
            for place in self._odd(first, numbers)
        ]
        others = not landlines.isdisjoint(numbers)
        at = [place for place, number in enumerate(numbers) if number in landlines] if others else []
        return Chunk(self.place, first, numbers, names, values, at, odd)

    def _odd(self, first: int, numbers: list[str]) -> list[int]:
        """The places of the rows without a phone that is easy to read, or with one that was there before."""
        seen, key = self.seen, self.base + first
        if "" not in numbers and len(set(numbers)) == len(numbers) and seen.keys().isdisjoint(numbers):
            seen.update(zip(numbers, itertools.count(key), strict=False))
            return []
        return [
            place
            for place, number in enumerate(numbers)
            if not number or seen.setdefault(number, key + place) != key + place
        ]

    def _numbers(self, raw: list[list]) -> list[str]:
        """The phones of the rows that have one, usually spelled, and no other; "" for the rest."""
        main, *others = self.phone_at
        numbers = list(map(self.quick.read, [row[main] for row in raw]))
        if not others and not self.code_at:
            return numbers
        own = ("", self.own_code)
        more = [any(map(row.__getitem__, others)) or self._code(row) not in own for row in raw]
        return ["" if has_more else number for number, has_more in zip(numbers, more, strict=True)]

    def _code(self, row: list) -> str:
        """The digits of the row's country, if a column says it."""
        return next(filter(None, (phones.calling_code(row[at]) for at in self.code_at)), "")

    def _names(self, raw: list[list]) -> list[str]:
        columns = [self.table.indexes(field) for field in ("name", "first_name", "last_name")]
        places = columns[0] or columns[1] + columns[2]
        return _joined(raw, places, " ")

    def _slow(self, number: int, row: list, name: str, values: tuple[str, ...]) -> SheetRow:
        """A row that is not ordinary: several phones, none, a repetition, something to repair."""
        code = self._code(row)
        read = [phones.of_a_person(row[at], self.region, code) for at in self.phone_at]
        found = list(dict.fromkeys(phone for cell in read for phone in cell.phones))
        if not found:
            return self._without_phone(number, row, name, values, read)
        # WhatsApp needs a mobile: a landline is only the contact's if there is nothing else.
        phone = next((phone for phone in found if phone.kind == phones.MOBILE), found[0])
        key = self.base + number
        first = self.seen.setdefault(phone.number, key)
        beside = self._beside(read, name)
        return SheetRow(
            number,
            phone.number,
            name or beside.pop("name", ""),
            values,
            OK if first == key else DUPLICATE,
            "" if first == key else "duplicate_in_file",
            None if first == key else (first // _ROWS_OF_A_SHEET, first % _ROWS_OF_A_SHEET),
            phone.kind,
            [other.number for other in found if other != phone],
            beside,
            _repairs(read),
            [] if first == key else list(map(plain, row)),
            self.place,
        )

    def _beside(self, read: list[phones.PhoneCell], name: str) -> dict[str, str]:
        texts = [cell.text for cell in read if cell.text and (cell.phones or cell.problem == phones.SERVICE)]
        emails = [word for text in texts for word in text.split() if "@" in word[1:]]
        beside = {"email": emails[0]} if emails else {}
        texts = [" ".join(word for word in text.split() if "@" not in word) for text in texts]
        if not name and texts and texts[0] and not any(map(str.isdigit, texts[0])):
            beside["name"] = texts.pop(0)
        notes = "; ".join(filter(None, texts))
        if notes:
            beside["notes"] = notes
        whatsapp = self._whatsapp(read)
        if whatsapp:
            beside["whatsapp"] = whatsapp
        return beside

    def _whatsapp(self, read: list[phones.PhoneCell]) -> str:
        """The number of a column headed "WhatsApp", where there are other phone columns beside it."""
        cells = (cell for at, cell in zip(self.phone_at, read, strict=True) if at in self.whatsapp_at)
        return next((cell.phones[0].number for cell in cells if cell.phones), "")

    def _without_phone(
        self, number: int, row: list, name: str, values: tuple[str, ...], read: list[phones.PhoneCell]
    ) -> SheetRow:
        cells = list(map(plain, row))
        code = self._no_contact(number, cells)
        status = SKIPPED if code else INVALID
        problems = [cell.problem for cell in read]
        code = code or next((problem for problem in problems if problem != "no_phone"), "no_phone")
        return SheetRow(number, "", name, values, status, code, cells=cells, table=self.place)

    def _no_contact(self, number: int, cells: list[str]) -> str:
        """Why a row describes nobody; "" if it does describe somebody."""
        if not any(cells):
            return "blank"
        header = [column for column in self.table.columns if column.header]
        same = [column for column in header if _folded(cells[column.place]) == _folded(column.header)]
        if header and len(same) * 2 > len(header):
            return "repeated_header"
        if number - self.table.header_row <= 3 and headers.is_hint(cells):
            return "hint"
        return "total_line" if headers.is_total(cells) else ""


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _joined(raw: list[list], places: list[int], joint: str) -> list[str]:
    """The cells of some columns as one text a row."""
    if not places:
        return [""] * len(raw)
    columns = [_texts([row[at] for row in raw]) for at in places]
    if len(columns) == 1:
        return columns[0]
    return [joint.join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def _texts(cells: list) -> list[str]:
    """`as_written` for a whole column; where nothing in it needs tidying that is seen at a glance."""
    try:
        whole = "\n".join(cells)
    except TypeError:
        return [_NUMBERS[type(cell)](cell) if type(cell) in _NUMBERS else as_written(cell) for cell in cells]
    if len(whole) > MAX_CELL and len(max(cells, key=len)) > MAX_CELL:
        return [as_written(cell) for cell in cells]
    is_tidy = (
        whole.isascii() and whole.count("\n") == len(cells) - 1 and not any(map(whole.__contains__, _UNTIDY))
    )
    return cells if is_tidy and " " not in whole[:1] + whole[-1:] else [as_written(cell) for cell in cells]


# Columns of ages and PIN codes: not worth a look at each for line ends and spaces.
_NUMBERS: dict[type, Callable[[Any], str]] = {int: str, float: plain}


def _repairs(read: list[phones.PhoneCell]) -> list[str]:
    repairs = [code for cell in read for code in cell.repairs]
    if any(cell.text for cell in read if cell.phones):
        repairs.append("text_beside")
    if not read[0].phones and read[0].problem != "no_phone":
        repairs.append("other_number_used")
    return list(dict.fromkeys(repairs))
