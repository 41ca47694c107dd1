"""The rows of a sheet in the database: staged in chunks, compared with who is known, published set-wise."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from peewee import Value, fn

import database
from clock import now
from database import db
from models import Contact, Import, ImportRow, JSONField, Phone
from statements import insert_in_bulk

NEW, UPDATED, DUPLICATE, INVALID, SKIPPED = "new", "updated", "duplicate", "invalid", "skipped"
OUTCOMES = (NEW, UPDATED, DUPLICATE, INVALID, SKIPPED)

# So many rows in one transaction while staging: SQLite is never held for more than a fraction of a second.
CHUNK = 5000
# Rows about people we know are gone through one by one.
KNOWN_CHUNK = 300


class Line(NamedTuple):
    """One row of a sheet as the engine read it.

    `outcome` is new, duplicate, invalid or skipped and `reason` why; `address` is E.164; `first_row` the row
    it repeats; `details` all else it says, by field, `notes` what it says in free words.
    """

    row: int
    sheet: str
    outcome: str
    reason: str
    address: str
    name: str
    first_row: int | None = None
    details: dict[str, Any] | None = None
    notes: str = ""


_FIELDS: list[Any] = [
    ImportRow.sheet,
    ImportRow.row,
    ImportRow.sheet_name,
    ImportRow.outcome,
    ImportRow.reason,
    ImportRow.address,
    ImportRow.name,
    ImportRow.first_row,
    ImportRow.details,
    ImportRow.notes,
]


def stage(received: Import, lines: Iterable[Line]) -> None:
    """Write down rows as they were read; nobody sees contacts yet."""
    rows = [_row(received.id, line) for line in lines]
    for first in range(0, len(rows), CHUNK):
        with db.atomic():
            insert_in_bulk(_FIELDS, rows[first : first + CHUNK])


def _row(sheet: int, line: Line) -> tuple[Any, ...]:
    how = (line.outcome, line.reason or None, line.address or None)
    details = JSONField.written(line.details) if line.details else None
    notes = database.encrypt(line.notes) if line.notes else None
    name = line.name.replace("\x00", "")[:255]
    return (sheet, line.row, line.sheet, *how, name, line.first_row, details, notes)


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
    Contact.insert_from(rows, fields).on_conflict_ignore().execute()


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
