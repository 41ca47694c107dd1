"""Another bot answers us: nobody answers it, a person looks, and emergencies are heard all the same."""

import pytest

from domain import brakes
from models import FollowUp, Message
from tests.conversation import MORNING, it_is, later, open_shop, say, told


@pytest.fixture
def shop(database_url):
    it_is(MORNING)
    return open_shop()


def _write_like_a_machine(shop):
    for _ in range(brakes.MACHINE_FROM - 1):
        say(shop.alice, "timings")


def test_it_is_answered_no_more_and_staff_get_one_task(shop):
    _write_like_a_machine(shop)
    assert [say(shop.alice, "timings") for _ in range(5)] == [""] * 5
    assert FollowUp.select().count() == 1
    assert len(told(shop.meera, "question_waits") + told(shop.bob, "question_waits")) == 1


def test_once_it_has_been_silent_it_is_answered_again(shop):
    _write_like_a_machine(shop)
    assert say(shop.alice, "timings") == ""
    later(minutes=6)
    assert say(shop.alice, "timings")


def test_an_emergency_and_a_stop_are_heard(shop):
    _write_like_a_machine(shop)
    assert say(shop.alice, "chest pain")
    assert say(shop.alice, "STOP")


def test_staff_may_write_as_fast_as_they_like(shop):
    for _ in range(brakes.MACHINE_FROM + 2):
        assert say(shop.bob, "whoami")
    assert not Message.select().where(Message.template == "question_waits").exists()
