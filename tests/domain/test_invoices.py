"""Which bills an invoice covers and what its file is called."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain import invoices
from domain.bills import Item
from domain.errors import DomainError
from tests.conversation import new_customer
from tests.selling import TODAY, sell

CROCIN = Item("Crocin", 10, Decimal(2))


def test_the_latest_is_that_of_the_last_purchase(shop) -> None:
    sell(shop.alice, CROCIN, on=TODAY - timedelta(days=3))
    last = sell(shop.alice, CROCIN, CROCIN).purchase
    found = invoices.latest(shop.alice)
    assert (found.latest, found.total, [len(lines) for _, lines in found.bills]) == (last, 40, [2])


def test_a_month_has_all_its_bills_and_no_others(shop) -> None:
    ravi = new_customer(shop.company, "Ravi", "+919899912345")
    for on in (date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 28), date(2027, 3, 1)):
        sell(shop.alice, CROCIN, on=on)
    sell(ravi, CROCIN)
    found = invoices.of_month(shop.alice, date(2027, 2, 15))
    assert [purchase.purchased_on.day for purchase, _ in found.bills] == [1, 28]
    assert (found.month, found.total) == (date(2027, 2, 1), 40)


def test_where_nothing_was_bought_there_is_no_invoice(shop) -> None:
    for ask in (lambda: invoices.latest(shop.alice), lambda: invoices.of_month(shop.alice, TODAY)):
        with pytest.raises(DomainError, match="no_such_invoice"):
            ask()


def test_the_name_of_the_file_tells_nothing_of_the_person(shop) -> None:
    sell(shop.alice, CROCIN, number="A/17 दवा")
    assert invoices.latest(shop.alice).file_name == "invoice-A-17.pdf"
    assert invoices.of_month(shop.alice, TODAY).file_name == "invoice-2027-02.pdf"
