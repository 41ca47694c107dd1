"""Refill while the prescription lasts, else renew it first."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain import prescriptions, purchases, renewals
from domain.bills import Bill, Item
from domain.people import of_customer
from domain.prescriptions import Prescribed, Written
from models import FollowUp, Message, RefillReminder
from tests.conversation import MORNING, Shop, fresh, say
from tests.refilling import BOUGHT, after, buy, tick


def prescribe(shop: Shop, days_before: int = 0, frequency: str = "1-0-0", **said: object) -> None:
    line = Prescribed("Metformin 500", frequency=frequency)
    written = Written((line,), on=BOUGHT - timedelta(days=days_before), **said)
    at = MORNING + timedelta(days=max(-days_before, 0))
    prescriptions.record(shop.alice, written, staff=shop.bob, at=at, again=True)


@pytest.mark.parametrize(
    ("days_before", "said", "needed"),
    [
        (0, {}, False),
        (160, {}, True),
        (160, {"is_chronic": True}, False),
        (340, {"is_chronic": True}, True),
        (0, {"repeats": 0}, True),
        (0, {"repeats": 1}, False),
    ],
)
def test_age_and_repeats_decide(shop: Shop, days_before: int, said: dict[str, object], needed: bool) -> None:
    prescribe(shop, days_before, **said)
    reminder = buy(shop.alice)
    assert renewals.is_needed(reminder, after(-3)) is needed


def test_without_a_prescription_on_record_it_is_a_refill(shop: Shop) -> None:
    assert not renewals.is_needed(buy(shop.alice), after(300))


def test_the_customer_is_asked_for_a_new_one_and_staff_too(shop: Shop) -> None:
    prescribe(shop, repeats=0)
    buy(shop.alice)
    tick(shop, after(-3))
    message = Message.get(Message.template == "refill_renew")
    assert "see your doctor in time and bring us the new one" in message.body
    tick(shop, after(5))
    assert FollowUp.get(FollowUp.kind == "renew")
    assert "ask for a new prescription" in say(shop.bob, "tasks")


def test_the_new_prescription_makes_it_a_refill_again(shop: Shop) -> None:
    prescribe(shop, repeats=0)
    reminder = buy(shop.alice)
    prescribe(shop, repeats=3)
    assert not renewals.is_needed(reminder, after(-3))


def test_the_dose_on_record_tells_how_long_a_sale_lasts(shop: Shop) -> None:
    prescribe(shop, frequency="1-0-1")
    item = Item("Metformin 500", 60, Decimal(5))
    [reminder] = purchases.record(
        of_customer(fresh(shop.alice)), Bill((item,)), staff=None, at=MORNING
    ).reminders
    assert reminder.supply_days == 30


def test_another_dose_prescribed_moves_the_reminder_that_is_there(shop: Shop) -> None:
    prescribe(shop, frequency="1-0-0")
    buy(shop.alice)
    prescribe(shop, days_before=-10, frequency="1-0-1")
    assert RefillReminder.get().runs_out_on == BOUGHT + timedelta(days=20)
