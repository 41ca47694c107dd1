"""The same medicine for less: equivalents, what they save, who was told (FEATURES B11, L8).

Offered by the pharmacist, never by the desk of itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from domain import bills, interactions, medicines, people, refill_plan
from domain.errors import DomainError
from domain.interactions import Talk
from models import Company, Customer, Medicine, Purchase, PurchaseItem, Staff
from rows import knowing

MONTH = 30
# What was bought longer ago is not what they take now.
_LATELY = timedelta(days=120)
_MOST = 3


@dataclass(frozen=True)
class Equivalent:
    """A cheaper one on the shelf; `price` is of one piece, `saving` of a month (None: nobody knows how many
    are taken)."""

    medicine: Medicine
    price: Decimal
    saving: Decimal | None


@dataclass(frozen=True)
class Offer:
    """What somebody takes, at `price` a piece and `monthly` pieces a month, and what there is for less."""

    medicine: Medicine
    price: Decimal
    monthly: Decimal | None
    cheaper: list[Equivalent]


def equivalents(medicine: Medicine, price: Decimal, monthly: Decimal | None = None) -> list[Equivalent]:
    """Medicines in stock of the same composition, strength and form that cost less, the cheapest first.

    Where one of the two does not say its strength, nobody can call them the same.
    """
    return _cheaper(medicine, price, monthly, _on_the_shelf([medicine]))


def for_medicine(medicine: Medicine) -> Offer:
    """What there is instead of this one, at the catalogue's price. Raises `DomainError` `price_unknown`."""
    if medicine.price is None:
        raise DomainError("price_unknown", medicine=medicine.name)
    return Offer(medicine, medicine.price, None, equivalents(medicine, medicine.price))


def for_customer(customer: Customer, at: datetime) -> list[Offer]:
    """What this customer takes for long, with what there is for less; only where there is something."""
    since = refill_plan.today(customer.company, at) - _LATELY
    taken = _taken(customer, since)
    shelf = _on_the_shelf([item.medicine for item in taken])
    offers = [_offer(item, shelf) for item in taken]
    return [offer for offer in offers if offer.cheaper]


def educate(customer: Customer, *, staff: Staff, at: datetime, notes: str = "") -> None:
    """They were told that the same medicine exists for less; the first time counts, each is noted."""
    if customer.educated_on is None:
        customer.educated_on, customer.educated_by = refill_plan.today(customer.company, at), staff
        customer.save()
    interactions.log(people.of_customer(customer), Talk("education", notes=notes), staff=staff, at=at)


def saved(customer: Customer) -> Decimal:
    """What generics have saved them since they were told, against the brands they bought before."""
    if customer.educated_on is None:
        return Decimal()
    lines = PurchaseItem.select(PurchaseItem.saving.sum()).join(Purchase)
    since = Purchase.purchased_on >= customer.educated_on
    return lines.where(PurchaseItem.customer == customer, since).scalar()


def saved_by_all(company: Company) -> Decimal:
    """What generics have saved all customers together."""
    lines = PurchaseItem.select(PurchaseItem.saving.sum()).join(Purchase)
    return lines.where(Purchase.company == company).scalar()


def saving(item: PurchaseItem, earlier: list[PurchaseItem]) -> Decimal | None:
    """What a generic saves against the brand bought last in the `earlier` lines; None where none was."""
    before = _last_brand(item.medicine, earlier) if item.is_generic else None
    if before is None:
        return None
    return max(Decimal(), bills.paise(before.unit_price * item.quantity) - item.total)


def _is_same(one: medicines.Identity, other: medicines.Identity) -> bool:
    return one.fits(other) and bool(one.strength) == bool(other.strength)


def _on_the_shelf(wanted: list[Medicine]) -> list[Medicine]:
    """What is in stock of the same compositions, the cheapest first."""
    starts = sorted({f"{medicines.of(medicine).composition}|" for medicine in wanted})
    if not starts:
        return []
    same = reduce(or_, (Medicine.identity.startswith(start) for start in starts))
    listed = (Medicine.company == wanted[0].company_id) & Medicine.is_listed & (Medicine.stock > 0)
    return list(Medicine.select().where(listed, same).order_by(Medicine.price))


def _cheaper(
    medicine: Medicine, price: Decimal, monthly: Decimal | None, shelf: list[Medicine]
) -> list[Equivalent]:
    wanted = medicines.of(medicine)
    for_less = [row for row in shelf if row.price is not None and row.price < price and row != medicine]
    return [
        Equivalent(row, row.price, bills.paise((price - row.price) * monthly) if monthly else None)
        for row in for_less
        if _is_same(wanted, medicines.of(row))
    ][:_MOST]


def _offer(item: PurchaseItem, shelf: list[Medicine]) -> Offer:
    monthly = bills.paise(item.quantity * MONTH / item.duration_days) if item.duration_days else None
    cheaper = _cheaper(item.medicine, item.unit_price, monthly, shelf)
    return Offer(item.medicine, item.unit_price, monthly, cheaper)


def _taken(customer: Customer, since: date) -> list[PurchaseItem]:
    """The latest line of each supply, acute courses left out."""
    latest: list[PurchaseItem] = []
    for item in _bought(customer).where(Purchase.purchased_on >= since, PurchaseItem.duration_days > 0):
        knowing(item.medicine, company=customer.company)
        is_new = not any(medicines.same_supply(item.medicine, known.medicine) for known in latest)
        if is_new and not medicines.is_short_course(item.medicine, item.duration_days or 0):
            latest.append(item)
    return latest


def _last_brand(medicine: Medicine, earlier: list[PurchaseItem]) -> PurchaseItem | None:
    brands = [line for line in earlier if not line.is_generic]
    same = (line for line in brands if medicines.same_supply(line.medicine, medicine))
    return max(same, key=lambda line: (line.purchase.purchased_on, line.id), default=None)


def _bought(customer: Customer) -> Any:
    return (
        PurchaseItem.select(PurchaseItem, Medicine, Purchase)
        .join_from(PurchaseItem, Medicine)
        .join_from(PurchaseItem, Purchase)
        .where(PurchaseItem.customer == customer)
        .order_by(Purchase.purchased_on.desc(), PurchaseItem.id.desc())
        .limit(200)
    )
