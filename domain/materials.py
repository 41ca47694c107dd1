"""The store's materials: they go by themselves to every contact whose basis of
consent is known (FEATURES A5)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import apart
import company_settings
from domain import import_rows, people
from messaging import consent, outbox
from models import Company, Contact, Import, ImportRow, Message, Phone

# Contacts in one transaction: a chat never waits behind a campaign for the database.
CHUNK = 25
# So many are looked for at a time: looking goes through the whole sheet.
_PAGE = 1000

_MISSING = Contact.materials_state.is_null() & (Contact.status == "pending")


def send(at: datetime) -> int:
    """Queue the materials of whoever may have them and has not; returns how many."""
    sent = 0
    agreed = (Import.state == "published") & Import.consent_basis.is_null(False)
    for received in list(Import.select(Import, Company).join(Company).where(agreed).order_by(Import.id)):
        sent += apart.each(_waiting(received), partial(_send_to, received), together=CHUNK)
    return sent


def _waiting(received: Import) -> Iterator[int]:
    """The contacts of the sheet that have not got them, page by page."""
    rows, last = Contact.select(Contact.id).join(Phone).where(_MISSING, _in_sheet(received)), 0
    while page := list(rows.where(Contact.id > last).order_by(Contact.id).limit(_PAGE)):
        yield from (contact.id for contact in page)
        last = page[-1].id


def _send_to(received: Import, contact_id: int) -> bool:
    rows = Contact.select(Contact, Phone, Company).join_from(Contact, Phone).join_from(Phone, Company)
    contact = rows.where(Contact.id == contact_id, _MISSING).first()
    if contact is not None:
        _send(received, contact)
    return contact is not None


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
