"""Other programs hear how it goes with what is to be kept ready."""

import json

import pytest

from desk_tables import WebhookCall
from domain import refill_answers, refills, reservations
from messaging import webhooks
from models import RefillReminder
from tests.conversation import MORNING, Shop, fresh
from tests.refilling import after, buy, tick
from workers.jobs import refills_due


@pytest.fixture
def reminder(shop: Shop) -> RefillReminder:
    webhooks.add(
        shop.company, "delivery", "https://delivery.example/", [webhooks.ORDER_CHANGED], allows_private=True
    )
    return buy(shop.alice)


def heard() -> list[str]:
    return [json.loads(row.body)["data"]["status"] for row in WebhookCall.select().order_by(WebhookCall.id)]


def test_from_the_wish_to_the_counter(shop: Shop, reminder: RefillReminder) -> None:
    for _ in range(2):
        refill_answers.keep_ready([fresh(reminder)], at=MORNING, cause="message:1")
    for _ in range(2):
        reservations.reserve(fresh(reminder), staff=shop.bob, at=MORNING)
    buy(shop.alice, on=after(0))
    assert heard() == ["asked_for", "ready", "fetched"]


def test_what_is_told_are_numbers(shop: Shop, reminder: RefillReminder) -> None:
    reservations.reserve(reminder, staff=shop.bob, at=MORNING)
    assert json.loads(WebhookCall.get().body)["data"] == {
        "order_id": reminder.serial,
        "customer_id": shop.alice.serial,
        "medicine_id": reminder.medicine_id,
        "status": "ready",
        "reserved_until": "2027-03-10",
    }


def test_what_is_not_fetched_or_not_wanted_goes_back(shop: Shop, reminder: RefillReminder) -> None:
    reservations.reserve(reminder, staff=shop.bob, at=MORNING)
    for _ in range(2):
        reservations.put_back(fresh(reminder), at=MORNING)
    reservations.reserve(fresh(reminder), staff=shop.bob, at=MORNING)
    tick(shop, after(8))
    refills_due.run()
    assert heard() == ["ready", "put_back", "ready", "put_back"]


@pytest.mark.parametrize(
    "changes_mind",
    [
        lambda one: refill_answers.have_stock([one], 20, at=MORNING),
        lambda one: refill_answers.bought_elsewhere([one], at=MORNING),
        lambda one: refills.end(one, "died", MORNING),
    ],
)
def test_who_wants_it_no_more_drops_the_order(shop: Shop, reminder: RefillReminder, changes_mind) -> None:
    refill_answers.keep_ready([reminder], at=MORNING, cause="message:1")
    changes_mind(fresh(reminder))
    assert heard() == ["asked_for", "dropped"]


def test_a_supply_nobody_ordered_is_nobodys_business(shop: Shop, reminder: RefillReminder) -> None:
    refills.responded(reminder, at=MORNING, answer="later")
    buy(shop.alice, on=after(0))
    assert heard() == []
