"""Who the customers are and what they buy."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain import purchases
from domain.bills import Bill, Item
from domain.people import of_customer
from domain.reports import customers, periods, scopes
from tests.conversation import MORNING, fresh, new_customer, open_other_shop

ON = MORNING.date()


def sell(customer, *items: Item, on: date = ON) -> None:
    purchases.record(of_customer(fresh(customer)), Bill(items, on=on), staff=None, at=MORNING)


METFORMIN = Item("Metformin 500", 30, Decimal(5), duration_days=30, is_generic=True)
ATORVA = Item("Atorva 10", 10, Decimal("8.50"), duration_days=30, is_generic=False)


def test_what_is_sold_most_and_how_much_of_it_is_generic(shop):
    sell(shop.alice, METFORMIN, ATORVA)
    sell(new_customer(shop.company, "Anil Shah", "+919876500099"), METFORMIN)
    report = customers.report(scopes.whole(shop.company), periods.last(30, ON))
    assert [(top.name, top.sold, top.value) for top in report.top_medicines] == [
        ("Metformin 500", 2, Decimal(300)),
        ("Atorva 10", 1, Decimal(85)),
    ]
    assert (report.total, report.lines_sold, report.generic_lines) == (2, 3, 2)
    assert round(report.generic_share, 1) == 66.7


@pytest.mark.parametrize(("days", "lines"), [(7, 1), (30, 2), (None, 2)])
def test_only_what_was_sold_in_the_period_counts(shop, days, lines):
    sell(shop.alice, METFORMIN, on=ON - timedelta(days=20))
    sell(shop.alice, METFORMIN)
    report = customers.report(scopes.whole(shop.company), periods.last(days, ON))
    assert report.lines_sold == lines


def test_every_category_is_named_even_with_nobody_in_it(shop):
    report = customers.report(scopes.whole(shop.company), periods.last(7, ON))
    assert report.categories == {
        "contact_sheet": 0,
        "first_time_prescription": 1,
        "regular_branded": 0,
        "generic_informed": 0,
    }
    assert report.generic_share is None


@pytest.mark.parametrize("days", [30, None])
def test_another_pharmacys_sales_are_not_counted(shop, days):
    sell(shop.alice, METFORMIN)
    other, _ = open_other_shop()
    assert customers.report(scopes.whole(other.company), periods.last(days, ON)).lines_sold == 0


@pytest.mark.parametrize("days", [30, None])
def test_support_sees_the_sales_to_their_own_customers(shop, days):
    sell(shop.alice, METFORMIN)
    alice = fresh(shop.alice)
    alice.assigned_to = shop.meera
    alice.save()
    assert customers.report(scopes.of(shop.bob), periods.last(days, ON)).lines_sold == 0
