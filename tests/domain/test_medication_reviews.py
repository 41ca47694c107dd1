"""Medication reviews: planned once a year for who takes many medicines, and by chat."""

import pytest

from domain import medication_reviews
from models import FollowUp
from tests.conversation import Shop, it_is, open_shop, say
from tests.refilling import buy

MEDICINES = ("Metformin 500", "Amlodipine 5", "Atorva 10", "Telma 40", "Eltroxin 50")


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is("2027-02-01 09:10")
    return open_shop()


def _plan(shop: Shop, at: str) -> int:
    return medication_reviews.plan_due(shop.company, it_is(at))


def test_five_medicines_are_reviewed_once_a_year(shop):
    for name in MEDICINES:
        buy(shop.alice, name)
    days = ("2027-02-01 09:10", "2027-02-01 09:15", "2027-06-01 09:10", "2028-02-03 09:10")
    assert [_plan(shop, day) for day in days] == [1, 0, 0, 1]


def test_four_medicines_are_not_many(shop):
    for name in MEDICINES[:4]:
        buy(shop.alice, name)
    assert _plan(shop, "2027-02-01 09:10") == 0


def test_the_dead_are_not_reviewed(shop):
    for name in MEDICINES:
        buy(shop.alice, name)
    say(shop.bob, "died Alice")
    assert _plan(shop, "2027-02-02 09:10") == 0


def test_a_planned_review_stands_among_the_tasks(shop):
    for name in MEDICINES:
        buy(shop.alice, name)
    _plan(shop, "2027-02-01 09:10")
    assert "Alice Fernandes: medication review due" in say(shop.bob, "tasks")


def test_it_is_planned_and_moved_by_chat(shop):
    assert "On which day" in say(shop.bob, "review Alice")
    assert "5 Mar 2027" in say(shop.bob, "5 March")
    assert "6 Mar 2027" in say(shop.bob, "review Alice on 6 March")
    assert [task.kind for task in FollowUp.select().where(FollowUp.state == "open")] == ["medication_review"]


def test_undo_brings_the_day_before_back(shop):
    say(shop.bob, "review Alice on 5 March")
    first = FollowUp.get()
    say(shop.bob, "review Alice on 6 March")
    say(shop.bob, "undo")
    assert FollowUp.get(FollowUp.state == "open") == first


def test_a_day_that_is_none_is_refused(shop):
    assert "There is no day" in say(shop.bob, "review Alice on 31 February")
    assert not FollowUp.select().exists()


def test_it_is_planned_in_hindi(shop):
    shop.bob.language = "hi"
    shop.bob.save()
    assert "की दवाइयों की समीक्षा 5 मार्च 2027 को" in say(shop.bob, "review Alice on 5 March")
