"""cheaper, educated, opportunities, sales and stock, as staff type them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain import follow_ups
from domain.people import of_customer
from models import Customer, Medicine
from tests.conversation import MORNING, Shop, fresh, it_is, open_shop, say
from tests.selling import TODAY, counted, listed, sell, some


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    opened = open_shop()
    for name, price in (("Glycomet 500", 5), ("Metformin 500 mg", 2)):
        medicine = listed(opened.company, name, generic="Metformin 500mg", price=Decimal(price))
        counted(medicine, 200)
    return opened


@pytest.fixture
def glycomet(shop: Shop) -> Medicine:
    return Medicine.get(Medicine.name == "Glycomet 500")


def test_cheaper_tells_the_saving_of_a_month(shop, glycomet) -> None:
    sell(shop.alice, some(glycomet, 60, 5))
    answer = say(shop.bob, "cheaper alice")
    assert "*Glycomet 500* ₹5 each" in answer
    assert "• Metformin 500 mg ₹2, saves ₹180 a month · 200 in stock" in answer
    assert "educated #1" in answer


def test_cheaper_may_be_asked_of_a_medicine(shop) -> None:
    assert "Metformin 500 mg ₹2 · 200" in say(shop.bob, "cheaper glycomt 500")
    assert 'I find no "voglibose"' in say(shop.bob, "cheaper voglibose")


def test_cheaper_of_nobody_asks_who_and_of_a_stranger_refuses(shop) -> None:
    assert say(shop.bob, "cheaper").startswith("About whom?")
    assert "cheaper equivalent" in say(shop.bob, "alice")


def test_the_customer_is_never_told_of_itself(shop, glycomet) -> None:
    sell(shop.alice, some(glycomet, 60, 5))
    assert "Metformin" not in say(shop.alice, "too costly")


def test_too_costly_shows_the_pharmacist_what_there_is_for_less(shop, glycomet) -> None:
    sell(shop.alice, some(glycomet, 60, 5))
    follow_ups.raise_task(shop.company, "cost", at=MORNING, person=of_customer(shop.alice), staff=shop.bob)
    answer = say(shop.bob, "next")
    assert "Alice Fernandes finds the medicine costly" in answer
    assert "• Metformin 500 mg ₹2, saves ₹180 a month" in answer


def test_educated_is_noted_and_taken_back(shop) -> None:
    assert "was told about generics on 1 Feb 2027" in say(shop.bob, "educated alice will ask her doctor")
    assert "Told about generics on 1 Feb" in say(shop.bob, "customer alice")
    say(shop.bob, "undo")
    assert fresh(shop.alice).educated_on is None


def test_opportunities_lists_regulars_with_what_they_could_save(shop, glycomet) -> None:
    assert "has been told" in say(shop.bob, "opportunities")
    for days in (0, 30):
        sell(shop.alice, some(glycomet, 60, 5), on=TODAY + timedelta(days=days))
    Customer.update(educated_on=None).execute()
    assert "Glycomet 500 → Metformin 500 mg, saves ₹180 a month" in say(shop.bob, "opportunities")


@pytest.mark.parametrize("typed", ["sale today", "today's sale", "aaj ki sale", "collection"])
def test_sales_are_asked_for_in_other_words(shop, typed) -> None:
    assert say(shop.bob, typed).startswith("*Sales*, 1 Feb 2027")


def test_a_count_needs_no_command(shop, glycomet) -> None:
    assert "Glycomet 500: 120 on the shelf" in say(shop.bob, "glycomet 500 = 120")


def test_sales_show_profit_to_managers_only(shop, glycomet) -> None:
    sell(shop.alice, some(glycomet, 60, 5))
    assert "*₹300* from 1 bill" in say(shop.bob, "sales today")
    assert "Profit" not in say(shop.bob, "sales today")
    assert "Profit ₹120" in say(shop.meera, "sales month")


@pytest.mark.parametrize(
    ("said", "total"),
    [("yesterday", 100), ("last month", 100), ("january", 100), ("this week", 200), ("month", 100)],
)
def test_sales_of_a_time_in_everyday_words(shop: Shop, glycomet: Medicine, said: str, total: int) -> None:
    for day in (TODAY - timedelta(days=1), TODAY):
        sell(shop.alice, some(glycomet, 20, 5), on=day)
    assert f"*₹{total}* from" in say(shop.bob, f"sales {said}")


@pytest.mark.parametrize("said", ["sales yesterday's", "sales -3", "sales 9999 days"])
def test_a_period_nobody_understands_is_refused(shop, said) -> None:
    assert "I do not understand" in say(shop.meera, said)


def test_stock_of_a_medicine_what_is_low_and_what_will_be_short(shop, glycomet) -> None:
    sell(shop.alice, some(glycomet, 190, 5))
    assert "*Glycomet 500*: 10 in stock, for about 1 day" in say(shop.bob, "stock glycomet 500")
    assert "• Glycomet 500: 10, for about 1 day" in say(shop.bob, "stock low")
    assert "Glycomet 500: 180 missing" in say(shop.bob, "stock due 30 days")


def test_a_shelf_that_is_empty_by_our_count_is_said_to_be(shop, glycomet) -> None:
    sell(shop.alice, some(glycomet, 215, 5))
    assert say(shop.bob, "stock glycomet 500") == "*Glycomet 500*: none left by our count (-15)"
    assert "• Glycomet 500: none left by our count" in say(shop.bob, "stock low")


def test_a_count_is_written_and_taken_back(shop, glycomet) -> None:
    assert "✓ Glycomet 500: 150 on the shelf (-50)" in say(shop.bob, "stock glycomet 500 = 150")
    assert fresh(glycomet).stock == 150
    assert say(shop.bob, "undo").startswith("Taken back: count")
    assert fresh(glycomet).stock == 200
