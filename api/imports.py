"""Contact sheets over HTTP: upload, progress, rows, taking on what was held, taking back what was taken."""

from typing import Annotated, Any, Literal

from flask import request, url_for
from pydantic import Field, WithJsonSchema

from api.contract import errors, paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Caller, Count, Number, Sent, Shown, Text, When
from clock import now
from domain import access, import_rows, import_undo, imports, scopes
from messaging import files, render
from models import Import, ImportRow
from sheets import mapping
from sheets.loading import MAX_BYTES
from sheets.unreadable import Unreadable

resource = Resource("imports", "Contact sheets: what was read, what became of each row, and taking it back.")

State = Literal[
    "waiting", "reading", "preview", "held", "published", "repeated", "failed", "undoing", "undone"
]
Switch = Literal["true", "false", "1", "0", "yes", "no", ""]
_ON = ("true", "1", "yes")


class Upload(Sent):
    """The form of an upload."""

    file: Annotated[str, WithJsonSchema({"type": "string", "format": "binary"})] = Field(
        description="The sheet: xlsx, xlsm, xls, xlsb, ods, csv, tsv, pdf or vcf, up to 64 MB."
    )
    consent: Text = Field(
        default="",
        description="How these people agreed to be written to, such as `gave their number at the counter`. "
        "Without it the sheet is taken, and the materials wait.",
    )
    mapping: Text = Field(default="", description="What stands where: `name = column C, phone = Mobile 2`.")
    hidden: Switch = Field(default="false", description="Read hidden sheets too.")
    preview: Switch = Field(default="false", description="Only look: nothing is taken on before `publish`.")


class ColumnRead(Shown):
    """What one column was taken for."""

    field: str
    column: str = Field(description="Its letter.")
    heading: str


class SheetRead(Shown):
    """One sheet of the file."""

    sheet: str = Field(description="Its name; empty where there is but one.")
    columns: list[ColumnRead]


class Failure(Shown):
    """Why a sheet could not be taken, or some lines of it."""

    code: str
    message: str = Field(description="A sentence in English; may change.")


class ImportShown(Shown):
    """Where an import stands; `counts` has how many rows ended new, updated, duplicate, invalid, skipped.

    `preview` and `held` (it looks machine-made) wait for `publish`; `repeated` is the same
    file as that of the import `repeats`, and changes nothing.
    """

    id: Number
    state: State
    counts: dict[str, int]
    rows_read: Count
    columns: list[SheetRead] | None = Field(description="What was taken for what; null until it is read.")
    repairs: dict[str, int] = Field(description="What was put right by itself, and how often.")
    failure: Failure | None = Field(description="Why the sheet could not be taken.")
    repeats: Number | None = Field(
        description="Of a `repeated` one: the `id` of the import that had the same file before."
    )
    consent: str | None
    created_at: When
    finished_at: When | None
    address: str


class Row(Shown):
    """What became of one row."""

    row: int
    sheet: str
    outcome: str
    reason: str | None
    phone: str | None = Field(description="As it will be called, in E.164.")
    name: str
    repeats_row: int | None = Field(description="The earlier row of the sheet with the same number.")


class Undone(Shown):
    """What taking an import back did to contacts."""

    removed: Count
    restored: Count
    kept: Count = Field(description="Somebody has worked with them already.")
    is_under_way: bool = Field(
        description="A large one is taken back by and by: its address tells when it is."
    )


class Rows(Paged):
    """Which rows."""

    outcome: Literal["new", "updated", "duplicate", "invalid", "skipped"] | None = Field(
        default=None, description="Only rows that ended so."
    )


@resource.post("/api/customers/upload-contacts", status=202, largest=MAX_BYTES)
def upload(caller: Caller, form: Upload) -> ImportShown:
    """Upload a contact sheet.

    It is read within moments; `address`, also in the header `Location`, tells how far it is.
    """
    sheet = request.files.get("file")
    if sheet is None or not sheet.filename:
        raise errors.invalid("file", "Send the sheet as the form field `file`.")
    media = files.keep(caller.company, sheet.read(), sheet.filename, sheet.mimetype)
    received = imports.receive(
        caller.company, {}, _wishes(form), file_name=sheet.filename, staff=caller.staff, media=media
    )
    caller.headers["Location"] = _address(received)
    return _shown(received)


@resource.get("/api/customers/imports")
def sheets(caller: Caller, query: Paged) -> list[ImportShown]:
    """List the contact sheets, the newest first."""
    mine = (Import.company == caller.company) & scopes.open_to(caller.staff, Import.staff)
    rows = paging.page(Import.select().where(mine), (Import.id,), query, newest_first=True)
    return [_shown(row) for row in rows]


@resource.get("/api/customers/imports/<int:import_id>")
def show(caller: Caller, import_id: Number) -> ImportShown:
    """Show where an import stands."""
    return _shown(_find(caller, import_id))


@resource.get("/api/customers/imports/<int:import_id>/rows")
def rows(caller: Caller, import_id: Number, query: Rows) -> list[Row]:
    """List what became of each row."""
    wanted = ImportRow.select().where(ImportRow.sheet == _find(caller, import_id))
    if query.outcome:
        wanted = wanted.where(ImportRow.outcome == query.outcome)
    return [_row(row) for row in paging.page(wanted, (ImportRow.id,), query)]


@resource.post("/api/customers/imports/<int:import_id>/publish")
def publish(caller: Caller, import_id: Number) -> ImportShown:
    """Take on what was previewed, or held for a manager's yes."""
    _find(caller, import_id)
    return _shown(imports.go_ahead(caller.company, import_id, caller.at, staff=caller.staff))


@resource.post("/api/customers/imports/<int:import_id>/undo")
def undo(caller: Caller, import_id: Number) -> Undone:
    """Take the whole import back."""
    _find(caller, import_id)
    done = import_undo.undo(caller.company, import_id, caller.at)
    return Undone(
        removed=done.removed, restored=done.restored, kept=done.kept, is_under_way=done.is_under_way
    )


def _find(caller: Caller, serial: int) -> Import:
    received = imports.find(caller.company, serial)
    access.require_of(caller.staff, received.staff_id)
    return received


def _wishes(form: Upload) -> imports.Wishes:
    try:
        columns = mapping.parse_mapping(form.mapping)
    except Unreadable:
        raise errors.invalid("mapping", "This names no field of a contact.") from None
    return imports.Wishes(
        consent_basis=form.consent.strip(),
        mapping=columns,
        with_hidden=form.hidden in _ON,
        is_preview=form.preview in _ON,
    )


def _shown(received: Import) -> ImportShown:
    counts = received.counts or import_rows.counts(received)
    return ImportShown.of(
        id=received.serial,
        state=received.state,
        counts=counts,
        rows_read=sum(counts.values()),
        columns=None if received.columns is None else [_sheet(one) for one in received.columns],
        repairs=received.repairs,
        failure=_failure(received),
        repeats=received.replaces if received.state == "repeated" else None,
        consent=received.consent_basis,
        created_at=received.created_at,
        finished_at=received.finished_at,
        address=_address(received),
    )


def _sheet(read: dict[str, Any]) -> SheetRead:
    columns = [
        ColumnRead(field=field, column=letter, heading=heading) for field, letter, heading in read["columns"]
    ]
    return SheetRead(sheet=read["sheet"], columns=columns)


def _failure(received: Import) -> Failure | None:
    """In the words of the chat, which are of files alone."""
    if not received.failure:
        return None
    facts = dict(received.failure)
    if (code := facts.pop("code", None)) is None:
        return Failure(code="lines_left", message="Some lines of the catalogue could not be taken.")
    company = received.company
    said = render.text(f"sheet_{code}", zone=company.timezone, now=now(), store=company.name, **facts)
    return Failure(code=code, message=said.body)


def _address(received: Import) -> str:
    return url_for("imports.show", import_id=received.serial)


def _row(row: ImportRow) -> Row:
    return Row(
        row=row.row,
        sheet=row.sheet_name,
        outcome=row.outcome,
        reason=row.reason,
        phone=row.address,
        name=row.name,
        repeats_row=row.first_row,
    )
