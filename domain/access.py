"""Who may see and do what: the permissions of each role, and whose people are open to whom (DESIGN §8)."""

from domain import customers, scopes
from domain.errors import DomainError
from models import Contact, Customer, Staff

EVERYBODYS = "customers:all"
TEAMS = "customers:team"
OWN = "customers:own"
MEDICAL = "medical:read"
IN_ANOTHERS_NAME = "staff:credit"
MANAGE_STAFF = "staff:manage"
DEAL_OUT = "contacts:assign"
REPORTS = "reports:read"

_EVERYTHING = (EVERYBODYS, TEAMS, OWN, IN_ANOTHERS_NAME, MANAGE_STAFF, DEAL_OUT, REPORTS)
_OF_ROLE = {
    "ceo": _EVERYTHING,
    "manager": _EVERYTHING,
    "sales_manager": (TEAMS, OWN, DEAL_OUT),
    "support": (OWN,),
}


def permissions(staff: Staff) -> tuple[str, ...]:
    """All that this member of staff may, by name."""
    medical = (MEDICAL,) if customers.reads_medical(staff) else ()
    return (*_OF_ROLE[staff.role], *medical)


def may(staff: Staff, permission: str) -> bool:
    """Whether the role, or the pharmacist's flag, brings this permission."""
    return permission in permissions(staff)


def require(staff: Staff, permission: str) -> None:
    """Raises `DomainError` `forbidden`, which names what is missing."""
    if not may(staff, permission):
        raise DomainError("forbidden", permission=permission, role=staff.role)


def require_of(staff: Staff, owner: int | None) -> None:
    """Raises `DomainError` `forbidden` unless what belongs to the member of staff with the id `owner` is open
    to `staff`."""
    if not scopes.sees_of(staff, owner):
        raise DomainError("forbidden", permission=EVERYBODYS, role=staff.role)


def customer(staff: Staff, serial: int) -> Customer:
    """The customer with that permanent number; raises `DomainError` `no_such_customer`,
    `not_your_customer`."""
    found = customers.numbered(staff.company, serial)
    scopes.check(staff, found)
    return found


def contact(staff: Staff, serial: int) -> Contact:
    """The contact with that permanent number; raises `DomainError` `no_such_contact`, `forbidden`."""
    found = Contact.get_or_none(Contact.company == staff.company_id, Contact.serial == serial)
    if found is None:
        raise DomainError("no_such_contact", serial=serial)
    require_of(staff, found.assigned_to_id)
    return found
