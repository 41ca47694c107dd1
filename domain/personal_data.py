"""What is held about a customer, to be given to them (FEATURES E12)."""

from datetime import datetime
from typing import Any

from models import (
    AuditEntry,
    ConsentEvent,
    Contact,
    Customer,
    Interaction,
    MedicalCondition,
    Message,
    Phone,
    PrescribedMedicine,
    Prescription,
    Purchase,
    PurchaseItem,
    RefillReminder,
)

SENT = "sent_own_data"


def of(customer: Customer, *, with_medical: bool) -> dict[str, Any]:
    """Everything about one customer by name; `medical` is None where it is left out."""
    phone = customer.phone
    return {
        "name": customer.name,
        "number": customer.serial,
        "phone": phone.address if phone else None,
        "email": customer.email,
        "age": customer.age,
        "gender": customer.gender,
        "address": customer.address,
        "category": customer.category,
        "first_visit_on": customer.first_visit_on,
        "last_visit_on": customer.last_visit_on,
        "purchases": [_purchase(row) for row in _rows(Purchase, customer)],
        "refills": [_refill(row) for row in _rows(RefillReminder, customer)],
        "talks": [{"at": row.happened_at, "kind": row.kind} for row in _rows(Interaction, customer)],
        "consent": _consent(phone) if phone else [],
        "messages": Message.select().where(Message.phone == phone).count() if phone else 0,
        "medical": _medical(customer) if with_medical else None,
    }


def has_medical(customer: Customer) -> bool:
    """Whether anything medical is held about them."""
    return any(_medical(customer).values())


def of_contact(contact: Contact) -> dict[str, Any]:
    """What is held about somebody who has not bought anything yet."""
    return {
        "name": contact.name,
        "number": contact.serial,
        "phone": contact.phone.address,
        "source": contact.source,
        "status": contact.status,
        "details": contact.details or {},
        "consent": _consent(contact.phone),
    }


def note_sent(customer: Customer, at: datetime) -> None:
    """Record that a customer was given what is held about them."""
    subject = f"customer:{customer.id}"
    AuditEntry.create(company=customer.company_id, action=SENT, subject=subject, happened_at=at)


def _rows(table: Any, customer: Customer) -> list[Any]:
    return list(table.select().where(table.customer == customer).order_by(table.id))


def _purchase(purchase: Purchase) -> dict[str, Any]:
    items = purchase.items.order_by(PurchaseItem.id)
    return {
        "on": purchase.purchased_on,
        "total": purchase.total,
        "items": [{"medicine": item.medicine_name, "quantity": item.quantity} for item in items],
    }


def _refill(reminder: RefillReminder) -> dict[str, Any]:
    return {
        "medicine": reminder.medicine.name,
        "runs_out_on": reminder.runs_out_on,
        "state": reminder.state,
        "answer": reminder.answer,
    }


def _consent(phone: Phone) -> list[dict[str, Any]]:
    events = ConsentEvent.select().where(ConsentEvent.phone == phone).order_by(ConsentEvent.id)
    return [
        {"category": row.category, "granted": row.granted, "how": row.method, "at": row.happened_at}
        for row in events
    ]


def _medical(customer: Customer) -> dict[str, Any]:
    return {
        "conditions_told": customer.chronic_conditions,
        "allergies": customer.allergies,
        "doctor": customer.primary_doctor,
        "notes": customer.notes,
        "conditions": [_condition(row) for row in _rows(MedicalCondition, customer)],
        "prescriptions": [_prescription(row) for row in _rows(Prescription, customer)],
    }


def _condition(condition: MedicalCondition) -> dict[str, Any]:
    return {
        "name": condition.name,
        "kind": condition.kind,
        "severity": condition.severity,
        "medicine": condition.primary_medicine,
        "next_checkup_on": condition.next_checkup_on,
        "progress": condition.progress,
    }


def _prescription(prescription: Prescription) -> dict[str, Any]:
    lines = prescription.medicines.order_by(PrescribedMedicine.id)
    return {
        "on": prescription.prescribed_on,
        "doctor": prescription.doctor_name,
        "condition": prescription.condition_name,
        "notes": prescription.notes,
        "medicines": [f"{line.medicine_name} {line.frequency}".strip() for line in lines],
    }
