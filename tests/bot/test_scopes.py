"""Whom staff see and change by chat: support their own, a sales manager the team's, managers all."""

import pytest

from domain import follow_ups
from domain.people import of_customer
from models import Interaction, Message, Purchase, RefillReminder, Staff
from tests.caring import newcomer
from tests.conversation import MORNING, Shop, fresh, it_is, open_shop, say
from tests.refilling import after, buy, tick

# One of each command that shows or changes a customer; {alice} and {refill} are numbers.
COMMANDS = (
    "customer #{alice}",
    "contact #{alice}",
    "refill #{refill}",
    "refill #{refill} called",
    "log call #{alice} 3m answered is well",
    "log visit #{alice} came by",
    "reply #{alice} good morning",
    "script #{alice}",
    "outcome #{alice} refused",
    "why #{alice}",
    "why #{refill}",
    "pause #{alice} 14 days",
    "resume #{alice}",
    "invoice #{alice}",
    "sale #{alice} Metformin 500 30 x 5 for 30 days",
    "cheaper #{alice}",
    "remind #{alice} tomorrow 5pm call back",
    "died #{alice}",
    "number #{alice} 98111 22233",
    "rx #{alice}",
    "condition #{alice}",
    "customer 98765 43213",
    "customer Alice",
)


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    shop = open_shop()
    buy(shop.alice)
    tick(shop, after(-3))
    return shop


def looks_after(shop: Shop, staff: Staff | None) -> None:
    alice = fresh(shop.alice)
    alice.assigned_to = staff
    alice.save()


def spoken(shop: Shop, staff: Staff, command: str) -> str:
    return say(staff, command.format(alice=shop.alice.serial, refill=RefillReminder.get().serial))


@pytest.mark.parametrize("command", COMMANDS)
def test_somebody_else_s_customer_is_refused_with_who_looks_after_them(shop, command):
    looks_after(shop, newcomer(shop))
    assert "is looked after by Devi Nair" in spoken(shop, shop.bob, command)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_customer_nobody_looks_after_is_everybody_s(shop, command):
    assert "looked after by" not in spoken(shop, shop.bob, command)


@pytest.mark.parametrize(
    ("role", "leads", "sees"),
    [
        ("support", False, False),
        ("sales_manager", False, False),
        ("sales_manager", True, True),
        ("manager", False, True),
        ("ceo", False, True),
    ],
)
def test_who_sees_devi_s_customers(shop, role, leads, sees):
    devi = newcomer(shop)
    looks_after(shop, devi)
    shop.bob.role = role
    shop.bob.save()
    devi.manager = shop.bob if leads else None
    devi.save()
    shown = "Alice" in spoken(shop, shop.bob, "customer #{alice}")
    listed = "Alice" in say(shop.bob, "refills 30")
    assert (shown, listed) == (sees, sees)


def test_nothing_is_done_where_it_is_refused(shop):
    looks_after(shop, newcomer(shop))
    before = [table.select().count() for table in (Interaction, Purchase)]
    for command in COMMANDS:
        spoken(shop, shop.bob, command)
    assert [table.select().count() for table in (Interaction, Purchase)] == before
    assert not Message.select().where(Message.template == "staff_reply").exists()


def test_a_bare_command_means_nobody_whom_somebody_else_took_over(shop):
    say(shop.bob, "customer Alice")
    looks_after(shop, newcomer(shop))
    assert "Alice" not in say(shop.bob, "customer")


def test_a_task_opens_whom_it_is_about_until_it_is_done(shop):
    looks_after(shop, newcomer(shop))
    person = of_customer(fresh(shop.alice))
    task = follow_ups.raise_task(shop.company, "call_again", at=MORNING, person=person, staff=shop.bob)
    assert "looked after by" not in spoken(shop, shop.bob, "customer #{alice}")
    say(shop.bob, f"done #{task.serial}")
    assert "looked after by Devi Nair" in spoken(shop, shop.bob, "customer #{alice}")


def test_the_refusal_is_said_in_hindi(shop):
    looks_after(shop, newcomer(shop))
    shop.bob.language = "hi"
    shop.bob.save()
    assert "की देखभाल Devi Nair के ज़िम्मे है" in spoken(shop, shop.bob, "customer #{alice}")
