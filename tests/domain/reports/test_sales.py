"""What was sold, what it earned, what lies there and what will be short."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.bills import Item
from domain.reports import periods
from domain.reports import sales as sales_report
from domain.reports import stock as stock_report
from models import Medicine
from tests.conversation import Shop, fresh, new_customer, open_other_shop
from tests.selling import TODAY, counted, listed, sell, some

WEEK = periods.last(7, TODAY)


@pytest.fixture
def telma(shop: Shop) -> Medicine:
    medicine = listed(shop.company, "Telma 40", generic="Telmisartan 40mg")
    return counted(medicine, 100)


def test_sales_are_summed_by_day_the_newest_first(shop, telma) -> None:
    for days in (0, 0, 2, 30):
        sell(shop.alice, some(telma, 10, 5), on=TODAY - timedelta(days=days))
    found = sales_report.sales(shop.company, WEEK)
    assert [(day.on, day.bills, day.total) for day in found.days] == [
        (TODAY, 2, 100),
        (TODAY - timedelta(days=2), 1, 50),
    ]
    assert (found.together.bills, found.together.total, found.together.profit) == (3, 150, 60)


def test_no_profit_is_told_of_what_nobody_knows_the_cost_of(shop, telma) -> None:
    sell(shop.alice, some(telma, 10, 5), Item("Loose cotton", 1, Decimal(40)))
    found = sales_report.sales(shop.company, WEEK)
    assert (found.together.total, found.together.profit, found.uncosted) == (90, 20, 40)


def test_a_sale_below_cost_is_a_loss(shop, telma) -> None:
    sell(shop.alice, some(telma, 10, 2))
    assert sales_report.sales(shop.company, WEEK).together.profit == -10


def test_a_later_price_of_the_wholesaler_changes_no_profit_of_before(shop, telma) -> None:
    sell(shop.alice, some(telma, 10, 5))
    Medicine.update(pack_cost=Decimal(49)).execute()
    assert sales_report.sales(shop.company, WEEK).together.profit == 20


def test_nothing_sold_is_no_sale_and_others_are_not_counted(shop) -> None:
    _, charlie = open_other_shop()
    sell(charlie, Item("Crocin", 10, Decimal(2)))
    found = sales_report.sales(shop.company, WEEK)
    assert (found.days, found.together.total, found.together.bills) == ([], 0, 0)


def test_low_is_what_lasts_a_week_at_most(shop, telma) -> None:
    crocin = listed(shop.company, "Crocin 650")
    counted(crocin, 500)
    sell(shop.alice, some(telma, 90), some(fresh(crocin), 10))
    [level] = stock_report.low(shop.company, TODAY)
    assert (level.medicine, level.sold, level.days_left) == (telma, 90, 3)


def test_what_does_not_sell_is_never_low(shop, telma) -> None:
    assert stock_report.low(shop.company, TODAY) == []
    [level] = stock_report.levels(shop.company, [telma], TODAY)
    assert (level.days_left, level.sold) == (None, 0)


def test_what_regular_customers_will_need_is_added_up(shop, telma) -> None:
    ravi = new_customer(shop.company, "Ravi", "+919899912345")
    for customer in (shop.alice, ravi):
        sell(customer, some(telma, 40))
    assert stock_report.due(shop.company, TODAY, 14) == []
    [short] = stock_report.due(shop.company, TODAY + timedelta(days=20), 14)
    assert (short.medicine, short.needed, short.missing) == (telma, 80, 60)
    assert (short.first_on, short.customers) == (TODAY + timedelta(days=30), 2)


def test_what_is_not_counted_is_not_said_to_be_short(shop) -> None:
    sell(shop.alice, some(listed(shop.company, "Telma 40"), 40))
    assert stock_report.due(shop.company, TODAY + timedelta(days=20), 14) == []
