"""Who the customers are, what they buy most and how many take generics (B10)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import fn

from database import MoneyField
from domain import categories
from domain.reports import conversion
from domain.reports.conversion import Conversion
from domain.reports.counting import times
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Customer, Medicine, Purchase, PurchaseItem

TOP = 10
_MONEY = MoneyField()


@dataclass(frozen=True)
class TopMedicine:
    """Sold on so many lines of bills, for so much in rupees."""

    name: str
    sold: int
    value: Decimal


@dataclass(frozen=True)
class Report:
    """`categories` counts all customers there are; the rest is of the period. `generic_share` is the per cent
    of lines sold that were generics, None where nothing was sold."""

    period: Period
    total: int
    categories: dict[str, int]
    new: int
    prefer_generic: int
    educated: int
    conversion: Conversion
    top_medicines: list[TopMedicine]
    lines_sold: int
    generic_lines: int

    @property
    def generic_share(self) -> float | None:
        return 100 * self.generic_lines / self.lines_sold if self.lines_sold else None


def report(scope: Scope, period: Period) -> Report:
    """Of the customers these members of staff look after, or of all."""
    of_category = _by_category(scope)
    new, prefer, educated = _counts(scope, period)
    sold = _sold(scope, period)
    return Report(
        period=period,
        total=sum(of_category.values()),
        categories={name: of_category.get(name, 0) for name in categories.CATEGORIES},
        new=new,
        prefer_generic=prefer,
        educated=educated,
        conversion=conversion.report(scope, period).total,
        top_medicines=_names(sorted(sold, key=lambda row: (-row[1], row[0]))[:TOP]),
        lines_sold=sum(row[1] for row in sold),
        generic_lines=sum(row[2] for row in sold),
    )


def _mine(scope: Scope) -> Any:
    return (Customer.company == scope.company) & scope.covers(Customer.assigned_to)


def _by_category(scope: Scope) -> dict[str, int]:
    rows: Any = Customer.select(Customer.category, fn.COUNT(Customer.id)).where(_mine(scope))
    return dict(rows.group_by(Customer.category).tuples())


def _counts(scope: Scope, period: Period) -> tuple[int, int, int]:
    """Who is new, who prefers generics, who was told of them: each by its index."""
    first, after = period.moments(scope.company.timezone)
    is_new = (Customer.created_at >= first) & (Customer.created_at < after)
    is_educated = Customer.educated_on.between(period.first, period.last)
    theirs = Customer.select().where(_mine(scope))
    new, prefer, educated = (
        theirs.where(condition).count() for condition in (is_new, Customer.prefers_generic, is_educated)
    )
    return new, prefer, educated


def _sold(scope: Scope, period: Period) -> list[tuple[int, int, int, int]]:
    """Every medicine sold: its id, on how many lines, on how many as a generic, and for how many paise."""
    rows: Any = PurchaseItem.select(
        PurchaseItem.medicine,
        fn.COUNT(PurchaseItem.id),
        times(PurchaseItem.is_generic),
        fn.SUM(PurchaseItem.total),
    )
    if period.days is None:
        # Every line there is: walking through the purchases as well would take as long again.
        rows = rows.join_from(PurchaseItem, Medicine).where(Medicine.company == scope.company)
    else:
        bought = Purchase.purchased_on.between(period.first, period.last)
        rows = rows.join_from(PurchaseItem, Purchase).where(Purchase.company == scope.company, bought)
    if scope.staff is not None:
        rows = rows.join_from(PurchaseItem, Customer).where(scope.covers(Customer.assigned_to))
    return list(rows.group_by(PurchaseItem.medicine).tuples())


def _names(top: list[tuple[int, int, int, int]]) -> list[TopMedicine]:
    names: Any = Medicine.select(Medicine.id, Medicine.name).where(Medicine.id.in_([row[0] for row in top]))
    name_of = dict(names.tuples())
    return [
        TopMedicine(name_of[medicine], sold, _MONEY.python_value(paise)) for medicine, sold, _, paise in top
    ]
