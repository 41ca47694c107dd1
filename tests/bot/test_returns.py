"""Goods that a customer brings back, as staff type it and as the books show it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain import refills, returns
from domain.bills import Item
from domain.errors import DomainError
from models import Medicine, PurchaseItem, RefillReminder, RegisterEntry
from tests.conversation import MORNING, Shop, fresh, it_is, say
from tests.selling import TODAY, counted, listed, sell, some


@pytest.fixture
def metformin(shop: Shop) -> Medicine:
    """On the shelf, 200 pieces, five rupees each."""
    medicine = listed(shop.company, "Metformin 500", schedule="H1")
    return counted(medicine, 200)


def the_reminder() -> RefillReminder:
    return RefillReminder.get(RefillReminder.state == refills.OPEN)


def test_the_refund_is_read_back_and_an_opened_pack_stays_off_the_shelf(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    answer = say(shop.bob, "return alice Metformin 500 10")
    assert "10 Metformin 500 back from Alice Fernandes #1" in answer.replace("*", "")
    assert "Refund: *₹50*" in answer
    assert "Not back on the shelf" in answer
    assert fresh(metformin).stock == 170


def test_unopened_it_lies_on_the_shelf_again(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    assert "Back on the shelf, 180 there now" in say(shop.bob, "return alice Metformin 500 10 unopened")
    assert fresh(metformin).stock == 180


def test_totals_register_and_run_out_follow(shop, metformin) -> None:
    purchase = sell(shop.alice, some(metformin, 30)).purchase
    say(shop.bob, "return alice metformin 10 tablets")
    assert (fresh(purchase).total, fresh(purchase).cost, fresh(purchase).costed_total) == (100, 60, 100)
    assert fresh(shop.alice).total_purchases == 100
    assert RegisterEntry.get().quantity == 20
    assert the_reminder().runs_out_on == TODAY + timedelta(days=20)


def test_all_of_it_ends_the_reminder_and_the_supply_before_goes_on(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    it_is("2027-02-25 10:00")
    sell(shop.alice, some(metformin, 30), on=TODAY + timedelta(days=24))
    say(shop.bob, "return alice Metformin 500 30")
    assert the_reminder().runs_out_on == TODAY + timedelta(days=30)
    assert fresh(RefillReminder.get(RefillReminder.ended_because == "returned")).state == refills.ENDED


def test_another_medicine_of_the_bill_keeps_its_reminder(shop, metformin) -> None:
    sale = sell(shop.alice, some(metformin, 30), some(listed(shop.company, "Telma 40"), 30))
    say(shop.bob, "return alice Metformin 500 30")
    kept = RefillReminder.get(RefillReminder.state == refills.OPEN)
    assert (kept.medicine.name, kept.id) == ("Telma 40", sale.reminders[1].id)


def test_the_newest_bill_gives_first(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30, price=4))
    sell(shop.alice, some(metformin, 10, price=5))
    answer = say(shop.bob, "return alice Metformin 500 20")
    assert "Refund: *₹90*" in answer
    assert "10 of bill" in answer
    assert sorted(item.quantity for item in PurchaseItem.select()) == [0, 20]


def test_undo_takes_all_of_it_back(shop, metformin) -> None:
    purchase = sell(shop.alice, some(metformin, 30)).purchase
    say(shop.bob, "return alice Metformin 500 30 unopened")
    say(shop.bob, "undo")
    assert (fresh(purchase).total, fresh(metformin).stock, RegisterEntry.get().quantity) == (150, 170, 30)
    assert fresh(shop.alice).total_purchases == 150
    assert the_reminder().runs_out_on == TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("return alice Metformin 500 31", "has 30 of Metformin 500 that can come back, not more"),
        ("return alice Telma 40 10", "has not bought telma 40 10 here"),
        ("return alice Metformin 500 0", "0 is not a quantity"),
        ("return alice Metformin 500", "How many of Metformin 500 come back"),
        ("return alice", "Which medicine comes back: Metformin 500?"),
    ],
)
def test_what_cannot_be_is_refused_or_asked(shop, metformin, typed: str, said: str) -> None:
    sell(shop.alice, some(metformin, 30))
    assert said in say(shop.bob, typed)
    assert PurchaseItem.get().quantity == 30


def test_what_is_asked_for_may_be_answered_in_strips(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    say(shop.bob, "return alice Metformin 500")
    assert "Refund: *₹100*" in say(shop.bob, "2 strips")


def test_the_number_may_come_first(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    assert "Refund: *₹25*" in say(shop.bob, "return alice 5 metformin")


def test_what_was_bought_too_long_ago_stays(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    it_is("2027-03-05 10:00")
    answer = say(shop.bob, "return alice Metformin 500 10")
    assert "Metformin 500 was bought on 1 Feb 2027" in answer


def test_half_a_paisa_is_lost_nowhere(shop, metformin) -> None:
    item = Item("Metformin 500", 3, total=Decimal(10), duration_days=3, medicine=metformin)
    sale = sell(shop.alice, item)
    refunds = [
        returns.record(fresh(shop.alice), metformin, Decimal(1), staff=None, at=MORNING).refund
        for _ in range(3)
    ]
    assert sum(refunds) == 10
    assert fresh(sale.purchase).total == 0


def test_nothing_comes_back_twice(shop, metformin) -> None:
    sell(shop.alice, some(metformin, 30))
    returns.record(fresh(shop.alice), metformin, Decimal(30), staff=None, at=MORNING)
    with pytest.raises(DomainError, match="not_bought"):
        returns.record(fresh(shop.alice), metformin, Decimal(1), staff=None, at=MORNING)
