"""Purchases of several lines, and several purchases in one moment."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest

from database import connection, db
from domain import people, purchases
from domain.bills import Bill, Item
from domain.people import Person
from models import Customer, Phone, Purchase, RefillReminder
from report_tables import CoveredSpan
from tests.conversation import MORNING, Shop, fresh, new_contact, new_phone
from tests.selling import listed, sell, some

AT_ONCE = 6
TODAY = date(2027, 2, 1)


def _bill(number: str = "") -> Bill:
    return Bill((Item("Metformin 500", 30, Decimal(5), duration_days=30),), on=TODAY, number=number)


def _all_at_once(phone: Phone, bills: list[Bill]) -> None:
    start = Barrier(len(bills))

    def record(bill: Bill) -> None:
        start.wait()
        with connection(), db.atomic():
            person = Person(Phone.get_by_id(phone.id))
            purchases.record(person, bill, staff=None, at=MORNING)
        db.close()

    with ThreadPoolExecutor(len(bills)) as threads:
        list(threads.map(record, bills))


@pytest.mark.parametrize("number", ["", "B/{}"])
def test_of_many_at_once_for_a_new_phone_each_counts_and_it_is_one_customer(shop: Shop, number: str) -> None:
    phone = new_contact(shop.company, "Dev", "+919876500077").phone
    _all_at_once(phone, [_bill(number.format(n)) for n in range(AT_ONCE)])
    [dev] = Customer.select().where(Customer.phone == phone)
    assert (dev.total_purchases, dev.total_visits) == (150 * AT_ONCE, 1)
    assert len({row.bill_number for row in Purchase.select()}) == AT_ONCE
    assert RefillReminder.select().where(RefillReminder.state == "open").count() == 1
    assert CoveredSpan.get().days == 30 * AT_ONCE


def test_one_bill_sent_many_times_at_once_is_one_purchase(shop: Shop) -> None:
    _all_at_once(new_phone(shop.company, "+919876500078"), [_bill("B/7")] * AT_ONCE)
    assert Purchase.select().count() == 1


def test_who_waited_for_the_turn_knows_what_was_bought_meanwhile(shop: Shop) -> None:
    alice = people.of_customer(fresh(shop.alice))
    for _ in range(2):
        purchases.record(alice, _bill(), staff=None, at=MORNING)
    assert fresh(shop.alice).total_purchases == 300


def test_each_further_line_costs_no_more_than_moving_its_stock(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    stocked = [listed(shop.company, name, stock=500) for name in ("Telma 40", "Ecosprin 75", "Atorva 10")]
    sell(shop.alice, *map(some, stocked), on=date(2027, 1, 2))
    sell(shop.alice, some(stocked[0]), on=date(2027, 2, 1))

    def statements(lines: int, on: date) -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "peewee"):
            sell(shop.alice, *map(some, stocked[:lines]), on=on)
        # The clock is read now and then, whatever is bought.
        return sum("clock_offset" not in record.getMessage() for record in caplog.records)

    one, three = statements(1, date(2027, 3, 3)), statements(3, date(2027, 4, 2))
    # One for the stock, one for the reminder that ends.
    assert three - one <= 4
