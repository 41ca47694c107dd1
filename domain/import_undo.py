"""Taking a whole import back: what it created goes, what it changed is as before,
what is unsent stays unsent (L6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from domain.errors import DomainError
from messaging import consent
from models import Company, Contact, FollowUp, Import, ImportRow, Interaction, Message, Phone


@dataclass(frozen=True)
class Undone:
    """How many contacts were removed and restored, and how many stay because
    somebody has worked with them."""

    removed: int
    restored: int
    kept: int


def undo(company: Company, serial: int, at: datetime) -> Undone:
    """Take the import back, in the caller's transaction. Raises `DomainError`
    `no_such_import`, `not_published`."""
    received = Import.get_or_none(Import.company == company, Import.serial == serial)
    if received is None:
        raise DomainError("no_such_import", serial=serial)
    if received.state != "published":
        raise DomainError("not_published", serial=serial)
    _silence(received)
    kept = Contact.select().where(Contact.imported_by == received, _worked_with()).count()
    removed = Contact.delete().where(Contact.imported_by == received, ~_worked_with()).execute()
    restored = _restore(received)
    ImportRow.delete().where(ImportRow.sheet == received).execute()
    received.state, received.finished_at = "undone", at
    received.save(only=["state", "finished_at"])
    return Undone(removed, restored, kept)


def _worked_with() -> Any:
    """Somebody talked with them, promised them something, or they became a customer."""
    talked = fn.EXISTS(Interaction.select().where(Interaction.contact == Contact.id))
    promised = fn.EXISTS(FollowUp.select().where(FollowUp.contact == Contact.id))
    return (Contact.status != "pending") | Contact.customer.is_null(False) | talked | promised


def _silence(received: Import) -> None:
    """Cancel the materials that have not gone, and withdraw the consent that came with the sheet."""
    addresses = ImportRow.select(ImportRow.address).where(ImportRow.sheet == received)
    phones = list(Phone.select().where(Phone.company == received.company_id, Phone.address.in_(addresses)))
    for phone in phones:
        consent.withdraw_sheet(phone, received.consent_basis or "")
        unsent = (
            (Message.phone == phone) & (Message.template == "store_materials") & (Message.state == "queued")
        )
        if Message.update(state="cancelled", reason="import_undone").where(unsent).execute():
            waiting = (Contact.phone == phone) & (Contact.materials_state == "queued")
            Contact.update(materials_state=None, consent_basis=None).where(waiting).execute()


def _restore(received: Import) -> int:
    updated = (ImportRow.sheet == received) & (ImportRow.outcome == "updated")
    restored = 0
    for row in list(ImportRow.select().where(updated)):
        contact = Contact.get_or_none(Contact.id == row.before["id"])
        if contact is not None:
            contact.name, contact.details = row.before["name"], row.before["details"]
            contact.notes = row.before["notes"]
            contact.save(only=["name", "details", "notes"])
            restored += 1
    return restored
