"""Goods that come back: what is refunded and lies on the shelf again; bill, register and refill follow."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import company_settings
from domain import bills, coverage, medicines, refill_cycles, refill_plan, registers, stock
from domain.errors import DomainError
from models import Customer, Medicine, Purchase, PurchaseItem, Staff


@dataclass(frozen=True)
class Returned:
    """What came back: `refund` in rupees, the bills it came from, newest first, each with its pieces.

    `on_shelf` says whether it may be sold again; `stock` is what should lie there now, None if nobody counts.
    """

    customer: Customer
    medicine: Medicine
    pieces: Decimal
    refund: Decimal
    bills: list[tuple[Purchase, Decimal]]
    on_shelf: bool
    stock: Decimal | None


def record(
    customer: Customer,
    medicine: Medicine,
    pieces: Decimal,
    *,
    staff: Staff | None,
    at: datetime,
    unopened: bool = False,
) -> Returned:
    """Take back pieces of what this customer bought, from the newest bill on, at the price they paid.

    Only what is `unopened` lies on the shelf again. Bill, run-out and the Schedule H1 register follow.
    Raises `DomainError` `quantity`, `not_bought`, `return_too_old`, `returned_too_many`.
    """
    if not 0 < pieces <= bills.LARGEST_QUANTITY:
        raise DomainError("quantity", medicine=medicine.name, said=str(pieces))
    lines = _lines(customer, medicine)
    if not lines:
        raise DomainError("not_bought", medicine=medicine.name, customer=customer)
    since = _since(customer, at)
    lately = [line for line in lines if line.purchase.purchased_on >= since]
    if not lately:
        raise DomainError(
            "return_too_old", medicine=medicine.name, on=lines[0].purchase.purchased_on, since=since
        )
    there = sum((line.quantity for line in lately), Decimal())
    if pieces > there:
        raise DomainError("returned_too_many", medicine=medicine.name, customer=customer, bought=there)
    taken = _take(lately, pieces)
    refund = sum((_reduce(line, part) for line, part in taken), Decimal())
    customer.total_purchases -= refund
    customer.save()
    left = _to_shelf(taken, staff, at) if unopened else None
    _tell_refills(customer, medicine, taken, at)
    came_from = [(line.purchase, part) for line, part in taken]
    return Returned(customer, medicine, pieces, refund, came_from, unopened, left)


def returnable(customer: Customer, at: datetime) -> list[Medicine]:
    """What this customer bought lately enough to bring back, the newest first, each once."""
    since = _since(customer, at)
    lines = [line for line in _lines(customer) if line.purchase.purchased_on >= since]
    return list({line.medicine_id: line.medicine for line in lines}.values())


def bought(customer: Customer) -> list[Medicine]:
    """All that this customer ever bought and has not brought back, the newest first, each once."""
    return list({line.medicine_id: line.medicine for line in _lines(customer)}.values())


def _since(customer: Customer, at: datetime) -> date:
    days = timedelta(days=company_settings.get(customer.company, "return_days"))
    return refill_plan.today(customer.company, at) - days


def _lines(customer: Customer, medicine: Medicine | None = None) -> list[PurchaseItem]:
    """The lines that still hold something, the newest first."""
    rows = (
        PurchaseItem.select(PurchaseItem, Purchase, Medicine)
        .join_from(PurchaseItem, Purchase)
        .join_from(PurchaseItem, Medicine)
        .where(PurchaseItem.customer == customer, PurchaseItem.quantity > 0)
        .order_by(Purchase.purchased_on.desc(), PurchaseItem.id.desc())
    )
    return list(rows if medicine is None else rows.where(PurchaseItem.medicine == medicine))


def _take(lines: list[PurchaseItem], pieces: Decimal) -> list[tuple[PurchaseItem, Decimal]]:
    taken = []
    for line in lines:
        part = min(line.quantity, pieces)
        pieces -= part
        if part:
            taken.append((line, part))
    return taken


def _reduce(line: PurchaseItem, part: Decimal) -> Decimal:
    """The line, its bill and the register hold so much less; returns what it cost the customer."""
    keeps = (line.quantity - part) / line.quantity
    before = line.total, line.cost
    line.total = bills.paise(line.total * keeps)
    for name in ("cost", "saving"):
        if getattr(line, name) is not None:
            setattr(line, name, bills.paise(getattr(line, name) * keeps))
    if line.duration_days is not None:
        line.duration_days = int(line.duration_days * keeps)
    line.quantity -= part
    line.save()
    registers.taken_back(line, part)
    _reduce_bill(line, *before)
    return before[0] - line.total


def _reduce_bill(line: PurchaseItem, total: Decimal, cost: Decimal | None) -> None:
    # Two lines of one bill may come back at once, each with a copy of its own.
    purchase = Purchase.get_by_id(line.purchase_id)
    purchase.total -= total - line.total
    if cost is not None:
        purchase.cost -= cost - line.cost
        purchase.costed_total -= total - line.total
    purchase.save()


def _to_shelf(taken: list[tuple[PurchaseItem, Decimal]], staff: Staff | None, at: datetime) -> Decimal | None:
    left = None
    for line, part in taken:
        left = stock.put_back(line, part, staff=staff, at=at)
    return left


def _tell_refills(
    customer: Customer, medicine: Medicine, taken: list[tuple[PurchaseItem, Decimal]], at: datetime
) -> None:
    for line, _ in taken:
        if not _is_left(line):
            refill_cycles.taken_back(line.purchase, at=at, medicine=medicine)
    coverage.renew(customer, [medicine])
    refill_cycles.settle(customer, medicine, at=at)


def _is_left(line: PurchaseItem) -> bool:
    """Whether the bill still holds something of this supply, of whatever brand."""
    rows = PurchaseItem.select(PurchaseItem, Medicine).join(Medicine)
    same = rows.where(PurchaseItem.purchase == line.purchase_id, PurchaseItem.quantity > 0)
    return any(medicines.same_supply(row.medicine, line.medicine) for row in same)
