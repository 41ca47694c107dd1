"""Refill or renew: whether the prescription on record still allows the next supply (FEATURES L9)."""

from datetime import date, timedelta

import company_settings
from domain import medicines
from models import (
    Customer,
    Medicine,
    PrescribedMedicine,
    Prescription,
    Purchase,
    PurchaseItem,
    RefillReminder,
)


def is_needed(reminder: RefillReminder, on: date) -> bool:
    """Whether a new prescription is needed first: the newest on record is too old or has no repeats left.

    Without one on record nobody knows, and the answer is no.
    """
    prescription = current(reminder.customer, reminder.medicine)
    if prescription is None:
        return False
    if on > prescription.prescribed_on + _lasts(prescription):
        return True
    return prescription.repeats is not None and repeats_left(prescription, reminder.medicine) <= 0


def current(customer: Customer, medicine: Medicine) -> Prescription | None:
    """The newest active prescription of this customer for this medicine, whatever brand it names."""
    written = line_for(medicine, lines(customer))
    return written.prescription if written else None


def lines(customer: Customer) -> list[PrescribedMedicine]:
    """All medicines of this customer's active prescriptions, the newest first."""
    written = (
        PrescribedMedicine.select(PrescribedMedicine, Prescription, Medicine)
        .join_from(PrescribedMedicine, Prescription)
        .join_from(PrescribedMedicine, Medicine)
        .where(Prescription.customer == customer, Prescription.state == "active")
    )
    return in_force(list(written))


def in_force(written: list[PrescribedMedicine]) -> list[PrescribedMedicine]:
    """Of these what an active prescription says, the newest first."""
    active = [row for row in written if row.prescription.state == "active"]
    return sorted(active, key=lambda row: (row.prescription.prescribed_on, row.prescription_id), reverse=True)


def line_for(medicine: Medicine, written: list[PrescribedMedicine]) -> PrescribedMedicine | None:
    """What the first of these lines for this medicine says, whatever brand it names."""
    return next(
        (row for row in written if row.medicine and medicines.same_supply(row.medicine, medicine)), None
    )


def repeats_left(prescription: Prescription, medicine: Medicine) -> int:
    """How often it may be dispensed again: the first time after the prescription is no repeat."""
    bought = (
        PurchaseItem.select(PurchaseItem, Purchase, Medicine)
        .join_from(PurchaseItem, Purchase)
        .join_from(PurchaseItem, Medicine)
        .where(PurchaseItem.customer == prescription.customer_id)
        .where(Purchase.purchased_on >= prescription.prescribed_on, PurchaseItem.quantity > 0)
    )
    days = {item.purchase.purchased_on for item in bought if medicines.same_supply(item.medicine, medicine)}
    return int((prescription.repeats or 0) + 1 - len(days))


def _lasts(prescription: Prescription) -> timedelta:
    name = "chronic_prescription_days" if prescription.is_chronic else "prescription_days"
    return timedelta(days=company_settings.get(prescription.company, name))
