"""What a bill says, and whether it can be true: quantities, prices, totals, days (FEATURES B4, B8)."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from domain import categories
from domain.errors import DomainError
from models import Medicine

LONGEST_SUPPLY = 730
LARGEST_QUANTITY = 100_000
LARGEST_PRICE = Decimal(10_000_000)
LONGEST_NUMBER = 40
_PAISA = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    """One line of a bill; `unit_price` or `total` may be missing, `remind` gives a short course a ladder.

    Without `duration_days` it lasts as long as `dosage` ("1-0-1"), else the prescription on record, says.
    `medicine` is the one of the catalogue that is meant, where somebody has chosen it. Whether it is a
    generic and needs a prescription is looked up there when it is not said (None).
    """

    name: str
    quantity: Decimal | int
    unit_price: Decimal | None = None
    total: Decimal | None = None
    duration_days: int | None = None
    brand: str = ""
    generic: str = ""
    is_generic: bool | None = None
    is_prescription: bool | None = None
    remind: bool = False
    medicine: Medicine | None = None
    dosage: str = ""


@dataclass(frozen=True)
class Bill:
    """What was bought on which local day; everything but `items` as far as it was said.

    number: the shop's own number of the bill; one of ours is given where there is none
    total: what the bill says they paid for all of it, maybe rounded off to a rupee; the lines are what counts
    """

    items: tuple[Item, ...]
    on: date | None = None
    name: str = ""
    category: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    number: str = ""
    total: Decimal | None = None
    was_contacted_before: bool | None = None


class Line(NamedTuple):
    """One checked line: what it comes to and the price of one piece, in whole paise."""

    item: Item
    total: Decimal
    price: Decimal


def checked(bill: Bill, on: date, today: date) -> list[Line]:
    """The lines of a bill that can be true.

    Raises `DomainError`: `nothing_sold`, `date_future`, `category`, `bill_number`, `quantity`, `duration`,
    `price`, `price_missing`, `total_differs` (of a line, with its `line` from 0), `bill_total_differs`.
    """
    if not bill.items:
        raise DomainError("nothing_sold")
    if on > today:
        raise DomainError("date_future", on=on)
    if bill.category and bill.category not in categories.CATEGORIES:
        raise DomainError("category", category=bill.category, categories=", ".join(categories.CATEGORIES))
    if len(bill.number) > LONGEST_NUMBER:
        raise DomainError("bill_number", said=bill.number[:LONGEST_NUMBER])
    lines = [_line(number, item) for number, item in enumerate(bill.items)]
    together = sum((line.total for line in lines), Decimal())
    if bill.total is not None and not _is_sum(bill.total, together):
        raise DomainError("bill_total_differs", said=bill.total, computed=together)
    return lines


def _is_sum(said: Decimal, together: Decimal) -> bool:
    """To the paisa, or rounded off to a whole rupee, as most bills in India are."""
    return said == together or (said == said.to_integral_value() and abs(said - together) < 1)


def paise(amount: Decimal) -> Decimal:
    """Rounded to a whole paisa, halves up as tills do."""
    return Decimal(amount).quantize(_PAISA, ROUND_HALF_UP)


def _line(number: int, item: Item) -> Line:
    try:
        return Line(item, *_amounts(item))
    except DomainError as refusal:
        raise DomainError(refusal.code, **refusal.facts, line=number) from None


def _amounts(item: Item) -> tuple[Decimal, Decimal]:
    if not 0 < item.quantity <= LARGEST_QUANTITY:
        raise DomainError("quantity", medicine=item.name, said=str(item.quantity))
    if item.duration_days is not None and not 0 < item.duration_days <= LONGEST_SUPPLY:
        raise DomainError("duration", medicine=item.name, said=str(item.duration_days))
    for amount in (item.unit_price, item.total):
        if amount is not None and not (0 <= amount <= LARGEST_PRICE and amount == paise(amount)):
            raise DomainError("price", medicine=item.name, said=str(amount))
    quantity = Decimal(item.quantity)
    if item.unit_price is None:
        if item.total is None:
            raise DomainError("price_missing", medicine=item.name)
        return item.total, paise(item.total / quantity)
    total = item.unit_price * quantity
    # The price of one may have been rounded to a paisa.
    if item.total is not None and abs(item.total - total) > quantity * _PAISA / 2:
        raise DomainError("total_differs", medicine=item.name, said=item.total, computed=paise(total))
    return item.total if item.total is not None else paise(total), item.unit_price
