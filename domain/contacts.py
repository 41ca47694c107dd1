"""Leads: the moves they can make, and what each move brings with it (DESIGN §8)."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from models import Company, Contact, Customer, Phone, Staff

PENDING = "pending"
CONTACTED = "contacted"
CONVERTED = "converted"
YELLOW = "yellow"
INACTIVE = "inactive"

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
    contact.contacted_at = contact.contacted_at or at
    if contact.status == PENDING:
        contact.status = CONTACTED
    contact.save()
    return contact


def convert(
    contact: Contact,
    *,
    at: datetime,
    staff: Staff | None,
    value: Decimal | None,
    customer: Customer | None = None,
) -> Contact:
    """They bought: date, value in rupees and whose doing it was; counts as contacted too."""
    _move(contact, CONVERTED)
    contact.contacted_at = contact.contacted_at or at
    contact.converted_on = at.astimezone(ZoneInfo(contact.company.timezone)).date()
    contact.conversion_value = value
    contact.converted_by = staff
    contact.customer = customer or contact.customer
    contact.save()
    return contact


def mark_yellow(contact: Contact, *, at: datetime, why: str = "") -> Contact:
    """They came but bought nothing."""
    _move(contact, YELLOW)
    return _because(contact, at, why)


def mark_inactive(contact: Contact, *, at: datetime, why: str = "") -> Contact:
    """They are not interested; nobody calls them again of himself."""
    _move(contact, INACTIVE)
    return _because(contact, at, why)


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
    if status == CONVERTED:
        return convert(contact, at=at, staff=staff, value=value)
    _move(contact, status)
    return _because(contact, at, why)


def _because(contact: Contact, at: datetime, why: str) -> Contact:
    contact.contacted_at = contact.contacted_at or at
    contact.status_reason = why or None
    contact.save()
    return contact


def _move(contact: Contact, status: str) -> None:
    if status == contact.status:
        raise DomainError(f"already_{status}", person=contact.name, serial=contact.serial)
    if status not in MOVES[contact.status]:
        raise DomainError(
            "move", person=contact.name, serial=contact.serial, status=contact.status, wanted=status
        )
    contact.status = status
