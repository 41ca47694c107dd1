"""Contact sheets over HTTP: upload, progress, rows, taking on what was held and
taking back what was published."""

from typing import Any

from flask import Blueprint, abort, request, url_for

from api import authentication
from clock import now
from database import db
from domain import import_rows, import_undo, imports
from domain import staff as team
from messaging import files
from models import Import, ImportRow
from sheets import mapping
from sheets.loading import MAX_BYTES
from sheets.unreadable import Unreadable

blueprint = Blueprint("imports", __name__, url_prefix="/api/customers")

_PAGE = 100


@blueprint.post("/upload-contacts")
def upload() -> tuple[dict[str, Any], int, dict[str, str]]:
    """Take on a sheet (form field `file`; `consent`, `mapping`, `hidden`, `preview`
    as in chat); read by a worker."""
    staff = authentication.require()
    request.max_content_length = MAX_BYTES
    sheet = request.files.get("file")
    if sheet is None or not sheet.filename:
        abort(400, "Send the sheet as the form field `file`.")
    wishes = _wishes()
    with db.atomic():
        media = files.keep(staff.company, sheet.read(), sheet.filename, sheet.mimetype)
        received = imports.receive(
            staff.company, {}, wishes, file_name=sheet.filename, staff=staff, media=media
        )
    address = url_for("imports.show", serial=received.serial)
    return _shown(received), 202, {"Location": address}


@blueprint.get("/imports/<int:serial>")
def show(serial: int) -> dict[str, Any]:
    """Where an import stands."""
    return _shown(_find(serial))


@blueprint.get("/imports/<int:serial>/rows")
def rows(serial: int) -> tuple[list[dict[str, Any]], int, dict[str, str]]:
    """What became of each row; filter `outcome`, page with `cursor` (the next page's
    address is in `Link`)."""
    received = _find(serial)
    query = ImportRow.select().where(ImportRow.sheet == received, ImportRow.id > _number("cursor", 0))
    if request.args.get("outcome"):
        query = query.where(ImportRow.outcome == request.args["outcome"])
    limit = min(_number("limit", _PAGE), 1000)
    found = list(query.order_by(ImportRow.id).limit(limit + 1))
    page, more = found[:limit], len(found) > limit
    again: dict[str, Any] = {name: value for name, value in request.args.items() if name != "cursor"}
    link = url_for("imports.rows", serial=serial, cursor=page[-1].id, **again) if more else ""
    return [_row(row) for row in page], 200, {"Link": f'<{link}>; rel="next"'} if more else {}


@blueprint.post("/imports/<int:serial>/publish")
def publish(serial: int) -> dict[str, Any]:
    """Take on what was previewed, or held for a manager's yes."""
    staff = authentication.require()
    is_manager = staff.role in team.MANAGERS
    return _shown(imports.go_ahead(staff.company, serial, now(), by_manager=is_manager))


@blueprint.post("/imports/<int:serial>/undo")
def undo(serial: int) -> dict[str, int]:
    """Take the whole import back."""
    staff = authentication.require()
    with db.atomic():
        done = import_undo.undo(staff.company, serial, now())
    return {"removed": done.removed, "restored": done.restored, "kept": done.kept}


def _find(serial: int) -> Import:
    return imports.find(authentication.require().company, serial)


def _wishes() -> imports.Wishes:
    form = request.form
    try:
        columns = mapping.parse_mapping(form.get("mapping", ""))
    except Unreadable as trouble:
        abort(400, f"mapping: {trouble.code}")
    return imports.Wishes(
        consent_basis=form.get("consent", "").strip(),
        mapping=columns,
        with_hidden=_switch("hidden"),
        is_preview=_switch("preview"),
    )


def _switch(name: str) -> bool:
    said = request.form.get(name, "false").casefold()
    if said not in ("true", "false", "1", "0", "yes", "no", ""):
        abort(400, f"{name} is true or false.")
    return said in ("true", "1", "yes")


def _number(name: str, default: int) -> int:
    said = request.args.get(name, str(default))
    if not said.isascii() or not said.isdecimal() or len(said) > 12:
        abort(400, f"{name} is a whole number.")
    return int(said)


def _shown(received: Import) -> dict[str, Any]:
    counts = received.counts or import_rows.counts(received)
    return {
        "id": received.serial,
        "state": received.state,
        "counts": counts,
        "rows_read": sum(counts.values()),
        "columns": received.columns,
        "repairs": received.repairs,
        "failure": received.failure,
        "consent": received.consent_basis,
        "created_at": received.created_at.isoformat(),
        "finished_at": received.finished_at.isoformat() if received.finished_at else None,
        "address": url_for("imports.show", serial=received.serial),
    }


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "sheet": row.sheet_name,
        "outcome": row.outcome,
        "reason": row.reason,
        "phone": row.address,
        "name": row.name,
        "repeats_row": row.first_row,
    }
