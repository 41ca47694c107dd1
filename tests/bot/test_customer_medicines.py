"""my medicines, my orders and refill, as customers ask for them."""

from datetime import date
from decimal import Decimal

import pytest

from domain import purchases
from domain.bills import Bill, Item
from domain.people import of_customer
from models import Customer, FollowUp, RefillReminder
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    last_message,
    new_customer,
    new_phone,
    open_other_shop,
    phone_of,
    say,
    told,
)
from tests.refilling import after, tick


def buy(customer: Customer, *names: str) -> None:
    items = tuple(Item(name, 30, Decimal(5), duration_days=30) for name in names)
    purchases.record(of_customer(fresh(customer)), Bill(items, on=date(2027, 2, 1)), staff=None, at=MORNING)


def test_my_medicines_with_the_day_they_last_until(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500", "Telma 40")
    assert say(shop.alice, "my medicines").splitlines()[:3] == [
        "*Your medicines*",
        "• Metformin 500, until about 3 Mar 2027",
        "• Telma 40, until about 3 Mar 2027",
    ]


@pytest.mark.parametrize("said", ["meri dawai", "मेरी दवाई", "which medicines do i take?"])
def test_my_medicines_in_other_words(shop: Shop, said: str) -> None:
    buy(shop.alice, "Metformin 500")
    assert "Metformin 500" in say(shop.alice, said)


def test_on_a_shared_phone_it_says_whose(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500")
    buy(new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address), "Telma 40")
    assert (
        say(shop.alice, "my medicines") == "Whose medicines do you mean: Alice Fernandes or Ravi Fernandes?"
    )
    lines = say(shop.alice, "both").splitlines()
    assert lines[1:5] == [
        "Alice Fernandes:",
        "• Metformin 500, until about 3 Mar 2027",
        "Ravi Fernandes:",
        "• Telma 40, until about 3 Mar 2027",
    ]


def two_on_a_phone(shop: Shop) -> Customer:
    """Alice takes Metformin and Ravi, on the same phone, Telma."""
    ravi = new_customer(shop.company, "Ravi Kumar", phone_of(shop.alice).address)
    buy(shop.alice, "Metformin 500")
    buy(ravi, "Telma 40")
    return ravi


def test_who_is_asked_about_is_asked_for(shop: Shop) -> None:
    two_on_a_phone(shop)
    asked = say(shop.alice, "kaunsi dawai?")
    assert "Whose medicines" in asked and "Telma" not in asked
    answer = say(shop.alice, "Ravi ki")
    assert "Telma 40" in answer and "Metformin" not in answer


@pytest.mark.parametrize(("name", "medicine"), [("Ravi Kumar", "Telma 40"), ("alice", "Metformin 500")])
def test_who_writes_under_their_own_name_is_told_of_their_own(shop: Shop, name: str, medicine: str) -> None:
    two_on_a_phone(shop)
    answer = say(shop.alice, "my medicines", profile_name=name)
    assert [line for line in answer.splitlines() if "•" in line] == [f"• {medicine}, until about 3 Mar 2027"]


def test_a_name_two_of_them_share_tells_nobody(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500")
    buy(new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address), "Telma 40")
    assert "Whose medicines" in say(shop.alice, "my orders", profile_name="Fernandes family")
    answer = say(shop.alice, "Ravi Fernandes")
    assert "Telma 40" in answer and "Metformin" not in answer


def test_which_in_reply_to_a_reminder_is_about_who_it_was_for(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Kumar", phone_of(shop.alice).address)
    buy(shop.alice, "Metformin 500")
    tick(shop, date(2027, 2, 28))
    buy(ravi, "Telma 40")
    reminder = last_message(shop.alice, "refill_due")
    answer = say(shop.alice, "which medicine?", replied_to=reminder)
    assert "Metformin 500" in answer and "Telma" not in answer


def test_an_answer_that_names_nobody_is_read_on(shop: Shop) -> None:
    two_on_a_phone(shop)
    say(shop.alice, "my medicines")
    assert "Telma" not in say(shop.alice, "what are your timings")


def test_my_orders_newest_first(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500", "Telma 40")
    buy(shop.alice, "Crocin 650")
    assert say(shop.alice, "my orders").splitlines()[1:] == [
        "• 1 Feb 2027: Crocin 650, ₹150",
        "• 1 Feb 2027: Metformin 500, Telma 40, ₹300",
    ]


def test_refill_has_staff_prepare_what_runs_out_next(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500")
    assert "Our team will prepare your medicine" in say(shop.alice, "refill")
    assert (FollowUp.get().kind, FollowUp.get().notes) == ("keep_ready", "Metformin 500")


def test_strangers_get_sensible_answers(shop: Shop) -> None:
    stranger = new_phone(shop.company, "+919899912345")
    assert "no regular medicines of yours on record" in say(stranger, "my medicines")
    assert "no purchase of yours on record" in say(stranger, "my orders")
    assert "write the name of what you need" in say(stranger, "refill")


def test_what_was_bought_in_another_shop_is_not_told(shop: Shop) -> None:
    _, charlie = open_other_shop()
    buy(charlie, "Metformin 500")
    here = new_phone(shop.company, phone_of(charlie).address)
    assert "Metformin" not in say(here, "my medicines") + say(here, "my orders")


def test_in_hindi(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500")
    phone = phone_of(shop.alice)
    phone.language = "hi"
    phone.save()
    assert say(shop.alice, "my medicines").splitlines()[0] == "*आपकी दवाइयां*"


def test_a_stop_forgets_no_medicine_and_a_start_reminds_of_it_again(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500")
    say(shop.alice, "STOP")
    assert "Metformin" in say(shop.alice, "my medicines")
    assert "asked us not to write" in say(shop.bob, "tasks")
    say(shop.alice, "START")
    assert "asked us not to write" not in say(shop.bob, "tasks")
    assert [row.state for row in RefillReminder.select().order_by(RefillReminder.id)] == ["ended", "open"]
    tick(shop, after(-3))
    assert len(told(shop.alice, "refill_due")) == 1


def test_start_twice_begins_one_ladder(shop: Shop) -> None:
    buy(shop.alice, "Metformin 500")
    for said in ("STOP", "START", "STOP", "START", "START"):
        say(shop.alice, said)
    assert RefillReminder.select().where(RefillReminder.state == "open").count() == 1
