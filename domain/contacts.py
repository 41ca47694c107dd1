"""Leads: the moves they can make, and what each move brings with it (DESIGN §8)."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain import announcements, categories, customers
from domain.errors import DomainError
from models import Company, Contact, Customer, Phone, Staff
from statements import lock_in_order

PENDING = "pending"
CONTACTED = "contacted"
CONVERTED = "converted"
YELLOW = "yellow"
INACTIVE = "inactive"

# Why a contact is inactive who may be asked again under the right number.
_WRONG_NUMBER = "wrong number"

# From where a contact may go where; a conversion is taken back by undo only.
MOVES = {
    PENDING: {CONTACTED, CONVERTED, YELLOW, INACTIVE},
    CONTACTED: {CONVERTED, YELLOW, INACTIVE},
    YELLOW: {CONTACTED, CONVERTED, INACTIVE},
    INACTIVE: {CONTACTED, CONVERTED},
    CONVERTED: set(),
}


def create(company: Company, phone: Phone, *, name: str = "", source: str = "chat") -> Contact:
    """A lead behind `phone`, or the one that is there."""
    contact = Contact.get_or_none(Contact.phone == phone)
    if contact is not None:
        return contact
    serial = company.take_serials()
    return Contact.create(company=company, serial=serial, phone=phone, name=name, source=source)


def contacted(contact: Contact, at: datetime) -> Contact:
    """Somebody talked with them: pending becomes contacted, every other state stays."""
    before = contact.status
    contact.contacted_at = contact.contacted_at or at
    if contact.status == PENDING:
        contact.status = CONTACTED
    contact.save()
    announcements.contact_moved(contact, before, at)
    return contact


def convert(
    contact: Contact,
    *,
    at: datetime,
    staff: Staff | None,
    value: Decimal | None,
    customer: Customer | None = None,
) -> Contact:
    """They bought: date, value in rupees and whose doing it was; counts as contacted too.

    A customer is made of them unless `customer`, who they are, is known already (FEATURES A11).
    """
    before = _move(contact, CONVERTED)
    contact.contacted_at = contact.contacted_at or at
    contact.converted_on = at.astimezone(ZoneInfo(contact.company.timezone)).date()
    contact.conversion_value = value
    contact.converted_by = staff
    contact.customer = customer or contact.customer or _customer(contact)
    contact.save()
    announcements.contact_moved(contact, before, at)
    return contact


def _customer(contact: Contact) -> Customer:
    known = customers.called(contact.phone, contact.name)
    if known is not None:
        return known
    return customers.create(
        contact.company, phone=contact.phone, name=contact.name, category=categories.CONTACT_SHEET
    )


def mark_yellow(contact: Contact, *, at: datetime, why: str = "") -> Contact:
    """They came but bought nothing."""
    return _because(contact, _move(contact, YELLOW), at, why)


def mark_inactive(contact: Contact, *, at: datetime, why: str = "") -> Contact:
    """They are not interested; nobody calls them again of himself."""
    return _because(contact, _move(contact, INACTIVE), at, why)


def nobodys_number(contact: Contact, *, at: datetime) -> Contact:
    """Somebody else answers there: inactive from wherever they stood."""
    before, contact.status = contact.status, INACTIVE
    return _because(contact, before, at, _WRONG_NUMBER)


def found_again(contact: Contact, phone: Phone, *, at: datetime) -> Contact:
    """They are at `phone`; who was inactive for a wrong number alone is so no more."""
    contact.phone = phone
    if (contact.status, contact.status_reason) == (INACTIVE, _WRONG_NUMBER):
        return _because(contact, _move(contact, CONTACTED), at, "")
    contact.save()
    return contact


def change(
    contact: Contact,
    status: str,
    *,
    at: datetime,
    staff: Staff | None = None,
    why: str = "",
    value: Decimal | None = None,
) -> Contact:
    """Any of the moves by its name. Raises `DomainError` `move`, `already_<status>`."""
    # Two who move it at the same moment: the second one goes on from where the first has left it.
    lock_in_order(Company, [contact.company_id])
    contact.status = Contact.get_by_id(contact.id).status
    if status == CONVERTED:
        return convert(contact, at=at, staff=staff, value=value)
    return _because(contact, _move(contact, status), at, why)


def _because(contact: Contact, before: str, at: datetime, why: str) -> Contact:
    contact.contacted_at = contact.contacted_at or at
    contact.status_reason = why or None
    contact.save()
    announcements.contact_moved(contact, before, at)
    return contact


def _move(contact: Contact, status: str) -> str:
    """Where it stood before."""
    if status == contact.status:
        raise DomainError(f"already_{status}", person=contact.name, serial=contact.serial)
    if status not in MOVES[contact.status]:
        raise DomainError(
            "move", person=contact.name, serial=contact.serial, status=contact.status, wanted=status
        )
    before, contact.status = contact.status, status
    return before
