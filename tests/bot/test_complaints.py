"""What a medicine may have done reaches a pharmacist, and is never met with silence."""

import pytest

from models import FollowUp
from tests.conversation import MORNING, Shop, it_is, open_shop, say, told


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    shop = open_shop()
    say(shop.alice, "do you have N95 masks?")
    return shop


def test_a_complaint_is_answered_although_a_person_was_promised_already(shop: Shop) -> None:
    assert say(shop.alice, "bike tyres?") == ""
    assert "pharmacist will contact you" in say(shop.alice, "your tablet gave me rashes")
    task = FollowUp.get(FollowUp.kind == "side_effects")
    assert (task.staff, task.notes) == (shop.bob, "your tablet gave me rashes")
    assert "reports side effects, your tablet gave me rashes" in say(shop.bob, "tasks")
    assert any("gave me rashes" in notice for notice in told(shop.bob, "question_waits"))


def test_a_reply_settles_it(shop: Shop) -> None:
    say(shop.alice, "mujhe chakkar aa raha hai")
    say(shop.bob, f"reply #{shop.alice.serial} Please stop it and come by.")
    assert not FollowUp.select().where(FollowUp.state == "open").exists()


def test_all_that_is_written_before_the_answer_stands_in_the_task(shop: Shop) -> None:
    say(shop.alice, "and gloves?")
    assert FollowUp.get().notes == "do you have N95 masks?\nand gloves?"
    opened = say(FollowUp.get().staff, "next")
    assert "do you have N95 masks?" in opened and "and gloves?" in opened


def test_low_sugar_brings_a_person_at_once(shop: Shop) -> None:
    assert "112" in say(shop.alice, "sugar bahut kam ho gayi hai")
