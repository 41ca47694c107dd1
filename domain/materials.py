"""The store's materials: they go by themselves to every contact whose basis of
consent is known (FEATURES A5)."""

from datetime import datetime
from typing import Any

import company_settings
from database import db
from domain import import_rows, people
from messaging import consent, outbox
from models import Company, Contact, Import, ImportRow, Message, Phone

# Contacts in one transaction: a chat never waits behind a campaign for the database.
CHUNK = 25


def send(at: datetime) -> int:
    """Queue the materials of whoever may have them and has not; returns how many."""
    sent = 0
    agreed = (Import.state == "published") & Import.consent_basis.is_null(False)
    for received in list(Import.select(Import, Company).join(Company).where(agreed).order_by(Import.id)):
        while count := _send_some(received):
            sent += count
    return sent


def _send_some(received: Import) -> int:
    with db.atomic():
        rows = Contact.select(Contact, Phone, Company).join_from(Contact, Phone).join_from(Phone, Company)
        waiting = Contact.materials_state.is_null() & (Contact.status == "pending")
        some = list(rows.where(waiting, _in_sheet(received)).order_by(Contact.id).limit(CHUNK))
        for contact in some:
            _send(received, contact)
        return len(some)


def _in_sheet(received: Import) -> Any:
    """Whoever stands in the sheet with a usable number, known before or not: its consent is theirs."""
    taken = ImportRow.outcome.in_([import_rows.NEW, import_rows.UPDATED, import_rows.DUPLICATE])
    addresses = ImportRow.select(ImportRow.address).where(ImportRow.sheet == received, taken)
    return (Contact.company == received.company_id) & Phone.address.in_(addresses)


def _send(received: Import, contact: Contact) -> None:
    company = contact.phone.company
    before = _sent_before(contact.phone)
    if before is not None:
        contact.materials_state, contact.materials_sent_at = before.state, before.sent_at
        contact.consent_basis = received.consent_basis
        contact.save(only=["materials_state", "materials_sent_at", "consent_basis"])
        return
    consent.grant(contact.phone, consent.PROMOTIONS, "sheet", received.consent_basis or "", received.staff)
    outbox.queue(
        contact.phone,
        "store_materials",
        key=f"materials:{contact.id}",
        kind="promotion",
        first_name=people.first_name(contact.name),
        offer=company_settings.get(company, "materials_text"),
        address=company_settings.get(company, "address"),
    )
    contact.materials_state = "queued"
    contact.consent_basis = received.consent_basis
    contact.save(only=["materials_state", "consent_basis"])


def _sent_before(phone: Phone) -> Message | None:
    """The materials this phone has got, or is to get, through a sheet that was taken back since."""
    mine = (Message.phone == phone) & (Message.template == "store_materials") & (Message.state != "cancelled")
    return Message.select().where(mine).order_by(Message.id.desc()).first()
