"""Taking a whole import back: what it created goes, what it changed is as before,
what is unsent stays unsent (L6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from database import db
from domain.errors import DomainError
from messaging import consent
from models import Company, ConsentEvent, Contact, FollowUp, Import, ImportRow, Interaction, Message, Phone
from workers import queues

# A large import is being taken back, some rows at a time.
UNDOING = "undoing"
# So many rows are taken back, or published, while somebody waits for the answer; more is for a worker.
AT_ONCE = 2000
# So many rows in one transaction: SQLite is held for some hundredths of a second.
_PIECE = 500


@dataclass(frozen=True)
class Undone:
    """How many contacts were removed and restored, and how many stay because somebody has worked with them;
    `is_under_way` if a worker is still at it, and tells when it is through."""

    removed: int
    restored: int
    kept: int
    is_under_way: bool = False


def undo(company: Company, serial: int, at: datetime) -> Undone:
    """Take the import back, in the caller's transaction; a large one is left to a worker.

    Raises `DomainError` `no_such_import`, `not_published`.
    """
    received = Import.get_or_none(Import.company == company, Import.serial == serial)
    if received is None:
        raise DomainError("no_such_import", serial=serial)
    if received.state != "published":
        raise DomainError("not_published", serial=serial)
    if sum(received.counts.values()) <= AT_ONCE:
        return carry_on(received, at)
    _begin(received)
    queues.wake("import_sheets")
    return Undone(0, 0, 0, is_under_way=True)


def carry_on(received: Import, at: datetime) -> Undone:
    """Take back what is still there, a piece in each transaction; may be called again after a crash."""
    _begin(received)
    known = ImportRow.select(fn.MIN(ImportRow.id), fn.MAX(ImportRow.id)).where(ImportRow.sheet == received)
    first, last = known.scalar(as_tuple=True)
    for begin in range(first or 0, (last or -1) + 1, _PIECE):
        with db.atomic():
            _take_back(received, ImportRow.id.between(begin, begin + _PIECE - 1))
    with db.atomic():
        return _end(received, at)


def _begin(received: Import) -> None:
    # From now on nobody else is sent its materials.
    received.state = UNDOING
    received.save(only=["state"])


def _take_back(received: Import, piece: Any) -> None:
    mine = (ImportRow.sheet == received) & piece
    addresses = ImportRow.select(ImportRow.address).where(mine)
    phones = Phone.select(Phone.id).where(Phone.company == received.company_id, Phone.address.in_(addresses))
    _silence(received, phones)
    Contact.delete().where(
        Contact.imported_by == received, Contact.phone.in_(phones), ~_worked_with()
    ).execute()
    _restore(mine)
    ImportRow.delete().where(mine).execute()


def _end(received: Import, at: datetime) -> Undone:
    kept = Contact.select().where(Contact.imported_by == received).count()
    received.state, received.finished_at = "undone", at
    received.save(only=["state", "finished_at"])
    return Undone(received.counts["new"] - kept, received.counts["updated"], kept)


def _worked_with() -> Any:
    """Somebody talked with them, promised them something, or they became a customer."""
    talked = fn.EXISTS(Interaction.select().where(Interaction.contact == Contact.id))
    promised = fn.EXISTS(FollowUp.select().where(FollowUp.contact == Contact.id))
    return (Contact.status != "pending") | Contact.customer.is_null(False) | talked | promised


def _silence(received: Import, phones: Any) -> None:
    """Cancel the materials that have not gone, and withdraw the consent that came with the sheet."""
    agreed = ConsentEvent.select(ConsentEvent.phone).where(
        ConsentEvent.phone.in_(phones), ConsentEvent.method == "sheet"
    )
    for phone in list(Phone.select().where(Phone.id.in_(agreed))):
        consent.withdraw_sheet(phone, received.consent_basis or "")
    queued = (Message.template == "store_materials") & (Message.state == "queued")
    waiting = Message.select(Message.phone).where(Message.phone.in_(phones), queued)
    silenced = [message.phone_id for message in waiting]
    Message.update(state="cancelled", reason="import_undone").where(
        Message.phone.in_(silenced), queued
    ).execute()
    Contact.update(materials_state=None, consent_basis=None).where(
        Contact.phone.in_(silenced), Contact.materials_state == "queued"
    ).execute()


def _restore(mine: Any) -> None:
    for row in list(ImportRow.select().where(mine, ImportRow.outcome == "updated")):
        contact = Contact.get_or_none(Contact.id == row.before["id"])
        if contact is not None:
            contact.name, contact.details = row.before["name"], row.before["details"]
            contact.notes = row.before["notes"]
            contact.save(only=["name", "details", "notes"])
