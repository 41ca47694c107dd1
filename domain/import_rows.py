"""The rows of a sheet in the database: staged in chunks, compared with who is known, published set-wise."""

from collections.abc import Iterable
from itertools import count, repeat
from typing import Any, NamedTuple

from peewee import Field, Value, fn

import encryption
from clock import now
from database import JSONField, db
from models import Contact, Import, ImportRow, Phone
from statements import insert_in_bulk

NEW, UPDATED, DUPLICATE, INVALID, SKIPPED = "new", "updated", "duplicate", "invalid", "skipped"
OUTCOMES = (NEW, UPDATED, DUPLICATE, INVALID, SKIPPED)

# So many rows in one transaction: SQLite is held for a few hundredths of a second.
CHUNK = 20_000
# Rows about people we know are gone through one by one.
KNOWN_CHUNK = 300
_LONGEST_NAME = 255


class Line(NamedTuple):
    """One row of a sheet as the engine read it, if more is to be said of it than that it is new.

    `outcome` is new, duplicate, invalid or skipped and `reason` why; `address` is E.164; `first_row` the row
    it repeats; `details` all else it says, by field, `notes` what it says in free words.
    """

    outcome: str
    reason: str
    address: str
    name: str
    first_row: int | None = None
    details: dict[str, Any] | None = None
    notes: str = ""


class Piece(NamedTuple):
    """Rows that follow one another in a sheet, the first of them `first`, by column: each a new contact.

    `values` are by field, "" for a blank cell; `odd` are the rows that are something else, by their place.
    """

    sheet: str
    first: int
    addresses: list[str]
    names: list[str]
    values: dict[str, list[str]]
    odd: dict[int, Line]


# What only rows have that are not simply new contacts.
_ODD: list[Field] = [ImportRow.reason, ImportRow.first_row, ImportRow.details, ImportRow.notes]


def stage(received: Import, piece: Piece) -> None:
    """Write down rows as they were read; nobody sees contacts yet."""
    said = dict(piece.values)
    columns: dict[Field, Iterable[Any]] = {
        ImportRow.sheet: repeat(received.id),
        ImportRow.row: count(piece.first),
        ImportRow.sheet_name: repeat(piece.sheet),
        ImportRow.outcome: repeat(NEW),
        ImportRow.address: piece.addresses,
        ImportRow.name: [name[:_LONGEST_NAME] for name in piece.names],
        ImportRow.notes: _encrypted(said.pop("notes", [])),
        ImportRow.details: _details(said),
    }
    # A column that all rows leave blank is not written: that is a third of the time.
    filled = {field: cells for field, cells in columns.items() if cells}
    further = [field for field in _ODD if field not in filled] if piece.odd else []
    rows = list(zip(*filled.values(), *(repeat(None) for _ in further), strict=False))
    fields = [*filled, *further]
    for place, line in piece.odd.items():
        said_of_it = dict(zip(fields, rows[place], strict=True)) | _written(line)
        rows[place] = tuple(said_of_it[field] for field in fields)
    with db.atomic():
        insert_in_bulk(fields, rows)


def _written(line: Line) -> dict[Field, Any]:
    """What a row that is not simply a new contact says in place of that."""
    [note] = _encrypted([line.notes])
    return {
        ImportRow.outcome: line.outcome,
        ImportRow.reason: line.reason or None,
        ImportRow.address: line.address or None,
        ImportRow.name: line.name[:_LONGEST_NAME],
        ImportRow.first_row: line.first_row,
        ImportRow.details: JSONField.written(line.details) if line.details else None,
        ImportRow.notes: note,
    }


def _details(said: dict[str, list[str]]) -> list[str | None]:
    """The JSON of what each row says, by field; the same text is written once for a whole column."""
    columns = [
        list(map({text: _member(field, text) for text in set(column)}.__getitem__, column))
        for field, column in said.items()
    ]
    joined = (", ".join(filter(None, members)) for members in zip(*columns, strict=True))
    return [f"{{{members}}}" if members else None for members in joined]


def _member(field: str, text: str) -> str:
    return f'"{field}": {JSONField.written(text)}' if text else ""


def _encrypted(notes: list[str]) -> list[str | None]:
    return [encryption.encrypt(text) if text else None for text in notes]


def restart(received: Import) -> None:
    """Forget what an earlier try staged."""
    ImportRow.delete().where(ImportRow.sheet == received).execute()


def compare(received: Import) -> None:
    """Find the rows about people we know: a duplicate, or an update of what was blank. Changes no contact."""
    known = _known_rows(received)
    last = 0
    while rows := list(known.where(ImportRow.id > last).order_by(ImportRow.id).limit(KNOWN_CHUNK)):
        last = rows[-1].id
        with db.atomic():
            for row in rows:
                _compare(row)


def prepare(received: Import) -> None:
    """All of publishing that nobody sees, in small transactions."""
    compare(received)
    _make_phones(received)


def publish(received: Import) -> None:
    """Make contacts of the prepared rows, in the caller's transaction."""
    _make_contacts(received)
    _update_contacts(received)


def counts(received: Import) -> dict[str, int]:
    """How many rows ended how; they add up to the rows read."""
    query = ImportRow.select(ImportRow.outcome, fn.COUNT(ImportRow.id)).where(ImportRow.sheet == received)
    rows: Any = query.group_by(ImportRow.outcome).tuples()
    found = dict(rows)
    return {outcome: int(found.get(outcome, 0)) for outcome in OUTCOMES}


def _known_rows(received: Import) -> Any:
    same = (Phone.address == ImportRow.address) & (Phone.company == received.company_id)
    query = ImportRow.select(ImportRow, Contact).join(Phone, on=same)
    query = query.join_from(ImportRow, Contact, on=(Contact.phone == Phone.id), attr="known")
    return query.where(ImportRow.sheet == received, ImportRow.outcome == NEW)


def _compare(row: Any) -> None:
    contact = row.known
    before = _filled_in(contact, row)
    row.outcome, row.before = (UPDATED, before) if before else (DUPLICATE, None)
    row.reason = None if before else "known"
    row.save(only=["outcome", "before", "reason"])


def _filled_in(contact: Contact, row: ImportRow) -> dict[str, Any] | None:
    """What the contact was before this row, if it says something that was blank.
    Blank means leave as it is."""
    says_name = bool(row.name) and not contact.name
    says_more = any(not (contact.details or {}).get(name) for name in row.details or {})
    says_notes = bool(row.notes) and not contact.notes
    if not (says_name or says_more or says_notes):
        return None
    return {"id": contact.id, "name": contact.name, "details": contact.details, "notes": contact.notes}


def _make_phones(received: Import) -> None:
    """Phones hold nothing of the sheet but the number, so they may be there before the contacts are."""
    first, last = (
        ImportRow.select(fn.MIN(ImportRow.id), fn.MAX(ImportRow.id))
        .where(_new(received))
        .scalar(as_tuple=True)
    )
    for begin in range(first or 0, (last or -1) + 1, CHUNK):
        rows = ImportRow.select(
            Value(received.company_id), ImportRow.address, Value("unknown"), Value(False), Value(False)
        ).where(_new(received), ImportRow.id.between(begin, begin + CHUNK - 1))
        fields = [Phone.company, Phone.address, Phone.reach, Phone.wrong_number, Phone.speaks_as_customer]
        with db.atomic():
            Phone.insert_from(rows, fields).on_conflict_ignore().execute()


def _make_contacts(received: Import) -> None:
    """One statement for all of them: who looks sees none of the sheet or the whole."""
    total = ImportRow.select().where(_new(received)).count()
    if not total:
        return
    first = received.company.take_serials(total)
    number = fn.ROW_NUMBER().over(order_by=[ImportRow.id]) + (first - 1)
    same = (Phone.address == ImportRow.address) & (Phone.company == received.company_id)
    rows = ImportRow.select(
        Value(received.company_id),
        number,
        Phone.id,
        ImportRow.name,
        Value("pending"),
        Value(received.id),
        ImportRow.row,
        Value("sheet"),
        ImportRow.details,
        ImportRow.notes,
        Value(received.consent_basis, converter=Contact.consent_basis.db_value),
        Value(now(), converter=Contact.created_at.db_value),
    )
    rows = rows.join(Phone, on=same).where(_new(received))
    fields = [
        Contact.company,
        Contact.serial,
        Contact.phone,
        Contact.name,
        Contact.status,
        Contact.imported_by,
    ]
    fields += [Contact.sheet_row, Contact.source, Contact.details, Contact.notes]
    fields += [Contact.consent_basis, Contact.created_at]
    # Somebody may have written to us since the rows were compared, and is a contact already.
    once = Contact.insert_from(rows, fields).on_conflict(action="nothing", conflict_target=[Contact.phone])
    once.execute()


def _update_contacts(received: Import) -> None:
    updated = ImportRow.select().where(ImportRow.sheet == received, ImportRow.outcome == UPDATED)
    for row in updated.iterator():
        contact = Contact.get_by_id(row.before["id"])
        contact.name = contact.name or row.name
        contact.details = {**(row.details or {}), **{k: v for k, v in (contact.details or {}).items() if v}}
        contact.notes = contact.notes or row.notes
        contact.save(only=["name", "details", "notes"])


def _new(received: Import) -> Any:
    return (ImportRow.sheet == received) & (ImportRow.outcome == NEW)
