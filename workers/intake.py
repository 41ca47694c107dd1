"""A received contact sheet from its bytes to published rows; the same for chat, API and command line."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import storage
from clock import now
from database import db
from domain import catalogue, import_answers, import_rows, imports, interaction_list
from domain.catalogue import Taking
from domain.import_rows import Line, Piece
from messaging import files, render
from messaging.channels import twilio_media
from messaging.delivery import account_for
from models import Import, Media
from sheets import catalogue as sheets_catalogue
from sheets import loading, writing
from sheets.rows import INVALID, OK, Chunk, SheetRow
from sheets.tables import Table
from sheets.unreadable import Unreadable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# More than this nobody corrects by hand.
MOST_GIVEN_BACK = 5000


@dataclass
class _Staged:
    tables: list[Table] = field(default_factory=list)
    rejected: list[SheetRow] = field(default_factory=list)
    suspicious: bool = False


def take_in(received: Import, told: Callable[[int], None] = lambda read: None) -> None:
    """Read one claimed sheet to its end: published, previewed, held, or refused with a sentence.

    `told` hears now and then how many rows have been read.
    """

    def tell(read: int) -> None:
        imports.go_on(received)
        told(read)

    if received.tries > imports.TRIES:
        _fail(received, "given_up", {})
        return
    try:
        data = _bytes(received)
        before = imports.same_file_before(received, hashlib.sha256(data).hexdigest())
        if before is not None:
            with db.atomic():
                imports.repeated(received, before, now())
            return
        if received.kind != imports.CONTACTS:
            _list(received, data, tell)
            return
        staged = _stage(received, data, tell)
    except twilio_media.MediaUnavailable as trouble:
        _fail(received, "too_large" if trouble.too_large else "not_fetched", {})
    except Unreadable as trouble:
        _fail(received, trouble.code, trouble.facts)
    else:
        _publish(received, staged)


def _list(received: Import, data: bytes, told: Callable[[int], None]) -> None:
    """Take a catalogue or a list of interactions to its end, some hundred lines in one
    transaction. Raises Unreadable."""
    taking = Taking(received.company, received.staff, now(), received.is_preview)
    taking.begin()
    take = interaction_list.take if received.kind == imports.INTERACTIONS else catalogue.take
    name, hidden, kind = received.file_name, received.with_hidden, received.kind
    with sheets_catalogue.load(data, name, hidden=hidden, what=kind) as sheet:
        received.columns = sheet.columns
        received.save(only=["columns"])
        for chunk in sheet.chunks():
            with db.atomic():
                take(taking, chunk)
            told(taking.counts.total())
    with db.atomic():
        imports.listed(received, taking, now())


def _bytes(received: Import) -> bytes:
    """The file: fetched once from Twilio and kept, so that its rejected rows can be given back."""
    if received.media is not None:
        # Given with the request, or fetched by an earlier try.
        return storage.read(received.media.storage_name)
    source = received.source or {}
    data = twilio_media.fetch_media(account_for(received.company), source["url"])
    received.media = Media.create(
        company=received.company_id,
        storage_name=storage.keep(data),
        file_name=received.file_name,
        content_type=source.get("type", ""),
        size=len(data),
    )
    received.save(only=["media"])
    return data


def _stage(received: Import, data: bytes, told: Callable[[int], None]) -> _Staged:
    """Stage every row; what cannot be taken is remembered to be given back."""
    staged = _Staged()
    import_rows.restart(received)
    region, hidden = received.company.region, received.with_hidden
    with loading.load(
        data, received.file_name, region=region, mapping=received.mapping, hidden=hidden
    ) as sheet:
        for chunk in sheet.chunks():
            import_rows.stage(received, _piece(chunk, sheet.tables[chunk.table]))
            staged.rejected += [row for row in chunk.odd if row.status == INVALID][:MOST_GIVEN_BACK]
            told(sheet.read)
        received.columns = [{"sheet": table.sheet, "columns": table.shown} for table in sheet.tables]
        received.repairs = dict(sheet.repairs)
        received.save(only=["columns", "repairs"])
        staged.tables, staged.suspicious = sheet.tables, sheet.suspicious
    return staged


def _publish(received: Import, staged: _Staged) -> None:
    if received.is_preview:
        imports.preview(received, now())
    elif staged.suspicious and not received.agreed:
        imports.hold(received, now())
    else:
        imports.publish(received, now())
    if staged.rejected:
        _give_back(received, staged)


def _give_back(received: Import, staged: _Staged) -> None:
    """The rejected rows as the sheet they came from, each with what is wrong with it."""
    language = received.staff.language if received.staff else received.company.language
    rows = [(row, _sentence(row, language)) for row in staged.rejected[:MOST_GIVEN_BACK]]
    data = writing.write_rejected(staged.tables, rows)
    with db.atomic():
        import_answers.rejected(
            received, files.address(files.keep(received.company, data, "rows-to-correct.xlsx", XLSX))
        )


def _sentence(row: SheetRow, language: str) -> str:
    zone = {"zone": "UTC", "now": now()}
    return render.text(f"row_{row.code}", language, **zone).body


def _piece(chunk: Chunk, table: Table) -> Piece:
    values = dict(zip(table.fields, chunk.values, strict=True))
    odd = {row.number - chunk.first: _line(row, table.fields) for row in chunk.odd}
    return Piece(table.sheet, chunk.first, chunk.phones, chunk.names, values, odd)


def _line(row: SheetRow, fields: tuple[str, ...]) -> Line:
    outcome = import_rows.NEW if row.status == OK else row.status
    first = row.first[1] if row.first else None
    details: dict[str, Any] = {
        name: value for name, value in zip(fields, row.values, strict=True) if value
    } | row.beside
    if row.further:
        details["further_phones"] = row.further
    notes = details.pop("notes", "")
    return Line(outcome, row.code, row.phone, row.name, first, details, notes)


def _fail(received: Import, code: str, facts: dict[str, Any]) -> None:
    with db.atomic():
        imports.fail(received, code, now(), facts)
