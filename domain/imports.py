"""Contact sheets: received, read by a worker, published in one piece, answered with
their counts (FEATURES A1–A3)."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import company_settings
from clock import machine_now
from database import db
from domain import import_answers, import_rows, import_undo
from domain.catalogue import Taking
from domain.errors import DomainError
from domain.staff import MANAGERS
from models import Company, Import, ImportRow, Media, Phone, Staff
from workers import queues

# A sheet that so many workers did not survive is given up.
TRIES = 3
# An import of whose worker nothing has been heard for so long is taken over.
LEASE = timedelta(minutes=5)
_BEAT = timedelta(seconds=20)

# States: waiting → reading → published, or preview, held, failed, repeated; published → undone.
_HELD = "held"
# Nothing of these is left to be corrected.
_GONE = ("undone", "undoing", "repeated")
# A catalogue ends as listed.
_LISTED = "listed"
CONTACTS, MEDICINES, INTERACTIONS = "contacts", "medicines", "interactions"


@dataclass(frozen=True)
class Wishes:
    """How a sheet is to be read, as said in its caption, on the command line or to the API."""

    consent_basis: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    with_hidden: bool = False
    is_preview: bool = False
    kind: str = CONTACTS


def receive(
    company: Company,
    source: dict[str, str],
    wishes: Wishes,
    *,
    file_name: str = "",
    staff: Staff | None = None,
    phone: Phone | None = None,
    media: Media | None = None,
    at_once: bool = False,
) -> Import:
    """Take a sheet on. `source` is {"url", "type"} at Twilio, `phone` is told what became of it.

    `at_once`: the caller reads it himself, else a worker. Raises `DomainError` `catalogue_by_manager`.
    """
    if wishes.kind == MEDICINES and staff is not None and staff.role not in MANAGERS:
        raise DomainError("catalogue_by_manager")
    basis = wishes.consent_basis or company_settings.get(company, "default_consent")
    received = Import.create(
        company=company,
        serial=company.take_serials(),
        staff=staff,
        phone=phone,
        source=source,
        file_name=file_name,
        consent_basis=basis or None,
        mapping=wishes.mapping or None,
        with_hidden=wishes.with_hidden,
        is_preview=wishes.is_preview,
        kind=wishes.kind,
        media=media,
        state="reading" if at_once else "waiting",
        claimed_at=machine_now() if at_once else None,
    )
    if not at_once:
        queues.wake("import_sheets")
    return received


def claim() -> Import | None:
    """The oldest import that waits or was left by a dead worker; ours from now on, begun afresh."""
    at = machine_now()
    left = (Import.state == "reading") & (Import.claimed_at < at - LEASE)
    for found in list(Import.select().where((Import.state == "waiting") | left).order_by(Import.id).limit(5)):
        same = (Import.id == found.id) & (Import.state == found.state)
        same &= (Import.claimed_at == found.claimed_at) if found.claimed_at else Import.claimed_at.is_null()
        reading = Import.update(state="reading", claimed_at=at, tries=Import.tries + 1)
        if reading.where(same).execute():
            return Import.get_by_id(found.id)
    return None


def go_on(received: Import) -> None:
    """Whoever reads it is alive: nobody takes it over, however long it is."""
    at = machine_now()
    if received.claimed_at is not None and received.claimed_at < at - _BEAT:
        received.claimed_at = at
        received.save(only=["claimed_at"])


def same_file_before(received: Import, file_hash: str) -> Import | None:
    """The earlier published import of the very same file read in the same way, if there was one."""
    received.file_hash = file_hash
    received.save(only=["file_hash"])
    same = (Import.company == received.company_id) & (Import.file_hash == file_hash)
    same &= Import.kind == received.kind
    rows = Import.select().where(same, Import.state.in_(["published", _LISTED]), Import.id != received.id)
    return next((row for row in rows.order_by(Import.id.desc()) if _reading(row) == _reading(received)), None)


def _reading(received: Import) -> tuple[Any, bool]:
    return received.mapping, received.with_hidden


def correct(before: Import, columns: dict[str, str], staff: Staff, phone: Phone | None) -> Import:
    """Read the file of `before` again with `columns` by field; once that succeeds `before` is taken back.

    Raises `DomainError` `not_corrigible` if it was taken back already or its file is forgotten.
    """
    if before.media is None or before.kind != CONTACTS or before.state in _GONE:
        raise DomainError("not_corrigible", serial=before.serial)
    again = Wishes(
        before.consent_basis or "",
        {**(before.mapping or {}), **columns},
        before.with_hidden,
        before.is_preview,
    )
    received = receive(
        before.company, {}, again, file_name=before.file_name, staff=staff, phone=phone, media=before.media
    )
    received.replaces = before.serial
    received.save(only=["replaces"])
    return received


def latest_of(staff: Staff) -> Import | None:
    """The sheet of contacts that this member of staff has sent last, if it can still be corrected."""
    theirs = (Import.staff == staff) & (Import.kind == CONTACTS) & Import.media.is_null(False)
    return Import.select().where(theirs, Import.state.not_in(_GONE)).order_by(Import.id.desc()).first()


def publish(received: Import, at: datetime) -> None:
    """Make the staged rows contacts, all at once for those who look, and tell the counts."""
    _make_way(received, at)
    import_rows.prepare(received)
    with db.atomic():
        import_rows.publish(received)
        _finish(received, "published", at)
        import_answers.published(received)
    queues.wake("send_materials")
    queues.wake("assign_contacts")


def _make_way(received: Import, at: datetime) -> None:
    """Take back the import that this one corrects."""
    if not received.replaces:
        return
    before = find(received.company, received.replaces)
    if before.state in ("published", import_undo.UNDOING):
        import_undo.carry_on(before, at)
    elif before.state in ("preview", _HELD):
        import_rows.restart(before)
        _finish(before, "undone", at)


def listed(received: Import, taking: Taking, at: datetime) -> None:
    """A catalogue is through: tell its counts and the first lines that were not taken."""
    received.counts = dict(taking.counts)
    received.state, received.finished_at = "preview" if received.is_preview else _LISTED, at
    problems = [asdict(problem) for problem in taking.problems]
    received.failure = {"problems": problems} if problems else None
    received.save(only=["counts", "state", "finished_at", "failure"])
    import_answers.say(received, "catalogue_done", problems=taking.problems[: import_answers.SHOWN_ROWS])


def preview(received: Import, at: datetime) -> None:
    """Only tell what would happen; the rows stay staged until `go ahead` or pruning."""
    import_rows.compare(received)
    with db.atomic():
        _finish(received, "preview", at)
        import_answers.say(
            received, "import_preview", rows=import_answers.first_rows(received, import_rows.NEW)
        )


def hold(received: Import, at: datetime) -> None:
    """The list looks machine-made: nothing happens until a manager says so."""
    import_rows.compare(received)
    with db.atomic():
        _finish(received, _HELD, at)
        import_answers.say(received, "import_held")


def go_ahead(company: Company, serial: int, at: datetime, *, staff: Staff) -> Import:
    """Publish what was previewed, or held for a manager's yes.

    A large one is left to a worker, who reads its file again: nobody's chat waits for it.
    Raises `DomainError` `no_such_import`, `not_waiting`, `manager_needed`.
    """
    received = find(company, serial)
    if received.state not in ("preview", _HELD) or received.kind != CONTACTS:
        raise DomainError("not_waiting", serial=serial)
    if received.state == _HELD and staff.role not in MANAGERS:
        raise DomainError("manager_needed", serial=serial)
    if sum(received.counts.values()) <= import_undo.AT_ONCE:
        publish(received, at)
        return received
    received.is_preview, received.agreed, received.state, received.tries = False, True, "waiting", 0
    received.save(only=["is_preview", "agreed", "state", "tries"])
    queues.wake("import_sheets")
    return received


def fail(received: Import, code: str, at: datetime, facts: dict[str, Any] | None = None) -> None:
    """The sheet cannot be taken: say so in a sentence, keep nothing."""
    ImportRow.delete().where(ImportRow.sheet == received).execute()
    told = {"hidden": [], **(facts or {})}
    received.failure = {"code": code, **told}
    _finish(received, "failed", at)
    import_answers.say(received, f"sheet_{code}", **told)


def repeated(received: Import, before: Import, at: datetime) -> None:
    """The same file as before: nothing changes but for a consent that was not known, and that is said."""
    if received.consent_basis and not before.consent_basis:
        agree(before.company, before.serial, received.consent_basis)
        before.consent_basis = received.consent_basis
    received.replaces = before.serial
    _finish(received, "repeated", at)
    import_answers.say(received, "import_repeated", before=before)


def agree(company: Company, serial: int, basis: str) -> Import:
    """Record how the people of an import agreed to be written to; the materials go now.

    Raises `DomainError` `no_such_import`, `basis_needed`.
    """
    received = find(company, serial)
    if len(basis.strip()) < 3:
        raise DomainError("basis_needed")
    received.consent_basis = basis.strip()
    received.save(only=["consent_basis"])
    queues.wake("send_materials")
    return received


def without_basis(received: Import) -> list[Import]:
    """The other sheets of the same person, of that day, whose people's consent nobody has told yet."""
    theirs = (Import.staff == received.staff) & (Import.state == "published") & (Import.kind == CONTACTS)
    theirs &= Import.consent_basis.is_null() & (Import.created_at > received.created_at - timedelta(days=1))
    return list(Import.select().where(theirs).order_by(Import.id).limit(import_answers.SHOWN_ROWS))


def find(company: Company, serial: int) -> Import:
    """The import with that number; raises `DomainError` `no_such_import`."""
    received = Import.get_or_none(Import.company == company, Import.serial == serial)
    if received is None:
        raise DomainError("no_such_import", serial=serial)
    return received


def _finish(received: Import, state: str, at: datetime) -> None:
    received.counts = import_rows.counts(received)
    received.state, received.finished_at = state, at
    received.save(only=["counts", "state", "finished_at", "failure", "replaces"])
