"""What was sold, over HTTP, for the books and the profit (FEATURES B9)."""

from typing import Any

from pydantic import Field

from api.analytics import Between, period
from api.contract.endpoints import Resource
from api.contract.types import Amount, Caller, Count, Day, Shown
from domain import access
from domain.reports import sales

resource = Resource("sales", "What was sold, by day.")


class Sold(Shown):
    """What was sold; profit can only be told of medicines whose cost is known."""

    bills: Count
    total_amount: Amount = Field(description="Rupees.")
    amount_with_known_cost: Amount = Field(description="Rupees.")
    cost: Amount = Field(description="Rupees.")
    profit: Amount = Field(description="Rupees; of what has a known cost.")


class SalesDay(Sold):
    """One day."""

    date: Day


class SalesReport(Sold):
    """All days together, and each."""

    start_date: Day
    end_date: Day
    days: list[SalesDay]


@resource.get("/api/analytics/sales", needs=access.REPORTS)
def by_day(caller: Caller, query: Between) -> SalesReport:
    """Report what was sold on each day, with the profit as far as the cost is known.

    The newest day comes first; days without a sale are left out.
    """
    report = sales.sales(caller.company, period(caller, query))
    days = [SalesDay(date=day.on, **_sold(day)) for day in report.days]
    first, last = report.period.first, report.period.last
    return SalesReport(start_date=first, end_date=last, days=days, **_sold(report.together))


def _sold(day: sales.Day) -> dict[str, Any]:
    return {
        "bills": day.bills,
        "total_amount": day.total,
        "amount_with_known_cost": day.costed,
        "cost": day.cost,
        "profit": day.profit,
    }
