"""What a pharmacist should look at: an ingredient taken twice, and what goes badly together (FEATURES F5)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import Expression

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


def of(prescription: Prescription, on: date) -> list[Warned]:
    """What is to be said of its medicines on that day, among themselves and beside what is taken already."""
    company, customer = prescription.company, prescription.customer
    new = [_named(line.medicine) for line in _lines(PrescribedMedicine.prescription == prescription)]
    others = {_named(medicine) for medicine in _prescribed(customer, prescription, on)}
    # A supply at home of the very same medicine is what is being continued.
    own = {composition for _, composition in new}
    others |= {(name, what) for name, what in map(_named, _at_home(customer)) if what not in own}
    pairs = [(one, other) for n, one in enumerate(new) for other in new[n + 1 :]]
    pairs += [(one, other) for one in new for other in sorted(others)]
    return [warned for one, other in pairs for warned in _of_pair(company, one, other)]


def of_sale(customer: Customer, sold: Sequence[Medicine], on: date, *, with_prescribed: bool) -> list[Warned]:
    """What is to be said of medicines that are sold, among themselves and beside what is taken already.

    Without `with_prescribed` what stands on prescriptions stays closed: `other` and `what` are empty, and the
    pharmacist has to be asked about `one`.
    """
    company = customer.company
    new = list(dict.fromkeys(map(_named, sold)))
    own = {composition for _, composition in new}
    at_home = {pair for pair in map(_named, _at_home(customer)) if pair[1] not in own}
    prescribed = {pair for pair in map(_named, _prescribed(customer, None, on)) if pair[1] not in own}
    pairs = [(one, other) for n, one in enumerate(new) for other in new[n + 1 :]]
    pairs += [(one, other) for one in new for other in sorted(at_home)]
    seen = [warned for one, other in pairs for warned in _of_pair(company, one, other)]
    behind = [(one, other) for one in new for other in sorted(prescribed - at_home)]
    more = [warned for one, other in behind for warned in _of_pair(company, one, other)]
    if not with_prescribed:
        more = list(dict.fromkeys(Warned(warned.kind, warned.one, "", "") for warned in more))
    return seen + more


def ingredients(composition: str) -> set[str]:
    """What works in it, as single words: "telmisartan amlodipine" is both."""
    words = re.findall(r"[^\W\d_]{4,}", composition)
    return {word for word in words if word not in _NO_INGREDIENTS}


def _named(medicine: Medicine | None) -> tuple[str, str]:
    assert medicine is not None
    return medicine.name, medicines.of(medicine).composition


def _lines(condition: Expression) -> Iterable[PrescribedMedicine]:
    joined = PrescribedMedicine.select(PrescribedMedicine, Prescription, Medicine).join(Prescription)
    return joined.switch(PrescribedMedicine).join(Medicine).where(condition).order_by(PrescribedMedicine.id)


def _prescribed(customer: Customer, besides: Prescription | None, on: date) -> Iterable[Medicine]:
    """What other prescriptions of this customer have them take on that day."""
    others = (Prescription.customer == customer) & (Prescription.state == "active")
    if besides is not None:
        others &= Prescription.id != besides.id
    for line in _lines(others):
        lasts = timedelta(days=line.duration_days) if line.duration_days else _TAKEN_FOR
        if line.prescription.prescribed_on + lasts >= on:
            assert line.medicine is not None
            yield line.medicine


def _at_home(customer: Customer) -> Iterable[Medicine]:
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
