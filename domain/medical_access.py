"""Who may open medical text; every reading is recorded (FEATURES C8)."""

from datetime import datetime

from domain import scopes
from domain import staff as team
from domain.errors import DomainError
from models import AuditEntry, Customer, Staff

READ = "read_medical"


def may_read(staff: Staff) -> bool:
    """Whether medical text is open to this member of staff: pharmacists and managers (DESIGN §8)."""
    return staff.is_pharmacist or staff.role in team.MANAGERS


def check(customer: Customer, staff: Staff) -> None:
    """Raises `DomainError`, which says the right that is missing: `medical_closed` for who is no pharmacist,
    `not_your_customer` for a customer somebody else looks after."""
    check_right(staff)
    scopes.check(staff, customer)


def check_right(staff: Staff) -> None:
    """Raises `DomainError` `medical_closed` for who is neither pharmacist nor manager."""
    if not may_read(staff):
        raise DomainError("medical_closed", role=staff.role)


def open_record(customer: Customer, *, staff: Staff, at: datetime) -> None:
    """Check the right and record that `staff` reads what is medical of `customer`."""
    check(customer, staff)
    note_reading(customer, staff=staff, at=at)


def note_reading(*customers: Customer, staff: Staff, at: datetime) -> None:
    """Record readings whose right was checked, one of each customer."""
    AuditEntry.create_all(
        [
            AuditEntry(
                company=each.company_id,
                staff=staff,
                action=READ,
                subject=f"customer:{each.id}",
                happened_at=at,
            )
            for each in customers
        ]
    )


def readings(customer: Customer) -> list[AuditEntry]:
    """Who read this customer's medical text, latest first."""
    about = (AuditEntry.action == READ) & (AuditEntry.subject == f"customer:{customer.id}")
    return list(
        AuditEntry.select()
        .where(AuditEntry.company == customer.company_id, about)
        .order_by(AuditEntry.id.desc())
    )
