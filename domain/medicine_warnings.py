"""What a pharmacist should look at: an ingredient taken twice, and what goes badly together (FEATURES F5)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain import medicines
from models import (
    Company,
    Customer,
    Medicine,
    MedicineInteraction,
    PrescribedMedicine,
    Prescription,
    RefillReminder,
)

SAME_INGREDIENT = "same_ingredient"
INTERACTION = "interaction"

# In many names without being what works in them.
_NAMED_WITH = "acid vitamin vit extract plus forte insulin oral solution human calcium sodium"
_NO_INGREDIENTS = frozenset(_NAMED_WITH.split())
# So long a prescription without a duration counts as taken.
_TAKEN_FOR = timedelta(days=180)


@dataclass(frozen=True)
class Warned:
    """`one` and `other` as the medicines are called; `what` the ingredient, or the shop's own advice."""

    kind: str
    one: str
    other: str
    what: str
    severity: str = ""


def current(customer: Customer, on: date) -> set[str]:
    """The compositions this customer takes on that day, by prescriptions and by supplies at home."""
    return {medicines.of(medicine).composition for medicine in _taken(customer, on)}


def between(company: Company, new: list[Medicine], current: set[str]) -> list[Warned]:
    """What is to be said of `new` medicines among themselves and beside what is taken already."""
    names = [(medicine.name, medicines.of(medicine).composition) for medicine in new]
    others = sorted(current - {composition for _, composition in names})
    pairs = [(one, other) for n, one in enumerate(names) for other in names[n + 1 :]]
    pairs += [(one, (other, other)) for one in names for other in others]
    return [warned for one, other in pairs for warned in _of_pair(company, one, other)]


def ingredients(composition: str) -> set[str]:
    """What works in it, as single words: "telmisartan amlodipine" is both."""
    words = re.findall(r"[^\W\d_]{4,}", composition)
    return {word for word in words if word not in _NO_INGREDIENTS}


def _taken(customer: Customer, on: date) -> Iterable[Medicine]:
    prescribed = (
        PrescribedMedicine.select(PrescribedMedicine, Prescription, Medicine)
        .join(Prescription)
        .switch(PrescribedMedicine)
        .join(Medicine)
        .where(Prescription.customer == customer, Prescription.state == "active")
    )
    for line in prescribed:
        lasts = timedelta(days=line.duration_days) if line.duration_days else _TAKEN_FOR
        if line.prescription.is_chronic or line.prescription.prescribed_on + lasts >= on:
            assert line.medicine is not None
            yield line.medicine
    supplies = RefillReminder.select(RefillReminder, Medicine).join(Medicine)
    for reminder in supplies.where(RefillReminder.customer == customer, RefillReminder.state == "open"):
        yield reminder.medicine


def _of_pair(company: Company, one: tuple[str, str], other: tuple[str, str]) -> Iterable[Warned]:
    first, second = ingredients(one[1]), ingredients(other[1])
    for shared in sorted(first & second):
        yield Warned(SAME_INGREDIENT, one[0], other[0], shared)
    for row in _interactions(company, first | {one[1]}, second | {other[1]}):
        yield Warned(INTERACTION, one[0], other[0], row.advice, row.severity or "")


def _interactions(company: Company, first: set[str], second: set[str]) -> list[MedicineInteraction]:
    rows = MedicineInteraction.select().where(
        MedicineInteraction.company == company,
        MedicineInteraction.one.in_(first | second),
        MedicineInteraction.other.in_(first | second),
    )
    return [
        row
        for row in rows
        if (row.one in first and row.other in second) or (row.one in second and row.other in first)
    ]
