"""Buying over months, and what is known of covered days to be compared with reckoning them anew."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from domain import coverage, purchases
from domain.bills import Bill, Item
from domain.people import of_customer
from models import Company, Customer
from report_tables import CoveredSpan, Therapy
from tests.conversation import ZONE, fresh

START = date(2027, 2, 1)


def take(customer: Customer, *bought: tuple[int, int], name: str = "Metformin 500") -> None:
    """Buy so many days of it, so many days after `START`."""
    for after, days in bought:
        on = START + timedelta(days=after)
        at = datetime(on.year, on.month, on.day, 20, tzinfo=ZONE)
        bill = Bill((Item(name, 30, Decimal(5), duration_days=days),), on=on)
        purchases.record(of_customer(fresh(customer)), bill, staff=None, at=at)


def known() -> list[tuple[object, ...]]:
    """Every supply and span, without their numbers."""
    columns = (
        Therapy.customer,
        Therapy.identity,
        Therapy.drug,
        Therapy.medicine,
        Therapy.first_on,
        Therapy.last_on,
        Therapy.runs_out_on,
        Therapy.fills,
        Therapy.longest_fill,
        Therapy.until_on,
    )
    spans = (CoveredSpan.filled_on, CoveredSpan.begins_on, CoveredSpan.ends_on, CoveredSpan.late_days)
    rows = Therapy.select(*columns, *spans).join_from(Therapy, CoveredSpan)
    return sorted(map(repr, rows.tuples()))


def is_as_reckoned_anew(company: Company) -> bool:
    """Whether what was kept up to date equals what a rebuild makes of all purchases."""
    kept = known()
    coverage.rebuild(company)
    return kept == known()
