"""The Schedule H1 register: what was dispensed to whom on whose prescription, as the law asks (FEATURES L9).

Drugs Rules 1945, rule 65(3)(1)(h): name and address of the prescriber, name of the patient, name and quantity
of the drug, in a register of its own that is kept for three years and open to inspection.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from domain import medical_access, renewals
from domain.errors import DomainError
from models import AuditEntry, Company, Purchase, PurchaseItem, RegisterEntry, Staff

KEPT_FOR = timedelta(days=3 * 366)
READ = "read_register"

_H1 = ("h1", "schedule h1", "sch h1")


def enter(purchase: Purchase, items: list[PurchaseItem]) -> list[RegisterEntry]:
    """Enter what is on Schedule H1, with the patient and prescriber as they are known on this day."""
    return [_enter(purchase, item) for item in items if is_listed(item)]


def is_listed(item: PurchaseItem) -> bool:
    """Whether what was sold is on Schedule H1 by the catalogue."""
    return " ".join((item.medicine.schedule or "").casefold().split()) in _H1


def month(company: Company, first: date, *, staff: Staff | None, at: datetime) -> list[RegisterEntry]:
    """The entries of the month `first` lies in, in the order of sale; that they were read is noted.

    `staff` None: the command line of the shop's own machine. Raises `DomainError` `medical_closed`.
    """
    if staff is not None and not medical_access.may_read(staff):
        raise DomainError("medical_closed", role=staff.role)
    begin = first.replace(day=1)
    end = (begin + timedelta(days=31)).replace(day=1)
    of_month = (RegisterEntry.sold_on >= begin) & (RegisterEntry.sold_on < end)
    rows = RegisterEntry.select().where(RegisterEntry.company == company, of_month)
    AuditEntry.create(
        company=company, staff=staff, action=READ, subject=f"register:{begin:%Y-%m}", happened_at=at
    )
    return list(rows.order_by(RegisterEntry.sold_on, RegisterEntry.id))


def forget_old(company: Company, on: date) -> int:
    """What the law no longer asks for goes; returns how many lines."""
    old = (RegisterEntry.company == company) & (RegisterEntry.sold_on < on - KEPT_FOR)
    return int(RegisterEntry.delete().where(old).execute())


def taken_back(item: PurchaseItem, pieces: Decimal) -> None:
    """So many of a line came back: the register says what stayed, and keeps a line of which nothing did."""
    same = (RegisterEntry.purchase == item.purchase_id) & (RegisterEntry.drug == item.medicine_name)
    entries = RegisterEntry.select().where(same, RegisterEntry.quantity >= pieces)
    entry = entries.order_by(RegisterEntry.id).first()
    if entry is not None:
        entry.quantity -= pieces
        entry.save()


def _enter(purchase: Purchase, item: PurchaseItem) -> RegisterEntry:
    customer = purchase.customer
    prescription = renewals.current(customer, item.medicine)
    return RegisterEntry.create(
        company=purchase.company,
        purchase=purchase,
        sold_on=purchase.purchased_on,
        bill_number=purchase.bill_number,
        patient=customer.name,
        address=customer.address or "",
        prescriber=(prescription.doctor_name if prescription else "") or customer.primary_doctor or "",
        drug=item.medicine_name,
        quantity=item.quantity,
    )
