"""What the tests of care share: what a doctor wrote for alice, and a member of staff who may not read it."""

from datetime import date, datetime
from typing import Any

from domain import conditions, prescriptions
from domain.conditions import Described
from domain.prescriptions import Prescribed, Recorded, Written
from models import Customer, MedicalCondition, Staff
from tests.conversation import MORNING, Shop

AMLODIPINE = Prescribed("Amlodipine 5", "5 mg", "Once daily", 30, 30)


def prescribe(
    shop: Shop,
    *lines: Prescribed,
    at: datetime = MORNING,
    again: bool = False,
    customer: Customer | None = None,
    **said: Any,
) -> Recorded:
    """Bob records what Dr Smith wrote for alice."""
    facts = {"doctor_name": "Dr Smith", "condition_name": "Hypertension", "is_chronic": True, **said}
    written = Written(lines or (AMLODIPINE,), **facts)
    return prescriptions.record(customer or shop.alice, written, staff=shop.bob, at=at, again=again)


def describe(
    shop: Shop, name: str = "Type 2 Diabetes", at: datetime = MORNING, **said: Any
) -> MedicalCondition:
    """Bob records a condition of alice."""
    return conditions.record(shop.alice, Described(name, **said), staff=shop.bob, at=at)


def newcomer(shop: Shop) -> Staff:
    """Devi at the counter, who is no pharmacist."""
    return Staff.create(company=shop.company, code="STAFF003", name="Devi Nair", phone="+919876543299")


def on(text: str) -> date:
    """ "2027-02-15" as a date."""
    return date.fromisoformat(text)
