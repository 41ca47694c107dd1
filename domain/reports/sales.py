"""What was sold: by day, with what it cost and brought (FEATURES B9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from peewee import fn

from domain.reports.periods import Period
from models import Company, Purchase


@dataclass(frozen=True)
class Day:
    """One local day; `costed` is the part of `total` whose cost is known, and `cost` what that cost us."""

    on: date
    bills: int
    total: Decimal
    costed: Decimal
    cost: Decimal

    @property
    def profit(self) -> Decimal:
        """Of the part whose cost is known."""
        return self.costed - self.cost


@dataclass(frozen=True)
class Sales:
    """The days on which something was sold, newest first."""

    period: Period
    days: list[Day]

    @property
    def together(self) -> Day:
        """All days as one."""
        return Day(
            self.period.first,
            sum(day.bills for day in self.days),
            sum((day.total for day in self.days), Decimal()),
            sum((day.costed for day in self.days), Decimal()),
            sum((day.cost for day in self.days), Decimal()),
        )

    @property
    def uncosted(self) -> Decimal:
        """What was sold of medicines whose cost nobody knows: no profit can be told of it."""
        return self.together.total - self.together.costed


def sales(company: Company, period: Period) -> Sales:
    """Everything sold on those days; one range of an index, however much is stored."""
    rows = (
        Purchase.select(
            Purchase.purchased_on,
            fn.COUNT(Purchase.id),
            Purchase.total.sum(),
            Purchase.costed_total.sum(),
            Purchase.cost.sum(),
        )
        .where(Purchase.company == company, Purchase.purchased_on.between(period.first, period.last))
        .group_by(Purchase.purchased_on)
        .order_by(Purchase.purchased_on.desc())
    )
    return Sales(period, [Day(*row) for row in rows.tuples()])
