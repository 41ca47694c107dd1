"""Things to do for people: promised, raised once for each cause, told when due, ticked off."""

from datetime import timedelta

import pytest

from domain import follow_ups
from domain.errors import DomainError
from domain.people import of_contact, of_customer
from models import FollowUp, Message
from tests.conversation import (
    MORNING,
    fresh,
    it_is,
    new_contact,
    open_other_shop,
    phone_of,
    say,
    told,
)

SOON = MORNING + timedelta(hours=1)


def _promise(shop, due_at=SOON, notes="call back"):
    return follow_ups.remind(of_customer(shop.alice), due_at, notes, staff=shop.bob, at=MORNING)


def test_a_task_is_open_until_it_is_ticked_off(shop):
    serial = _promise(shop).serial
    assert follow_ups.is_open(shop.company, serial)
    follow_ups.done(shop.company, serial, staff=shop.bob, at=MORNING)
    assert not follow_ups.is_open(shop.company, serial)
    assert not follow_ups.is_open(open_other_shop()[0].company, serial)


def _raise(shop, cause="test:1", **facts):
    return follow_ups.raise_task(shop.company, "question", at=MORNING, cause=cause, **facts)


@pytest.mark.parametrize(
    ("away", "code"),
    [(timedelta(0), "moment_past"), (timedelta(days=-1), "moment_past"), (timedelta(days=367), "moment_far")],
)
def test_a_promise_lies_ahead_and_within_a_year(shop, away, code):
    with pytest.raises(DomainError) as refusal:
        _promise(shop, MORNING + away)
    assert refusal.value.code == code
    assert not FollowUp.select().exists()


def test_a_promise_knows_the_person_and_has_a_number_of_its_own(shop):
    promise = _promise(shop)
    assert (promise.customer, promise.phone, promise.staff) == (shop.alice, shop.alice.phone, shop.bob)
    assert promise.serial > shop.alice.serial


def test_the_same_cause_makes_one_task(shop):
    assert _raise(shop) == _raise(shop)
    assert _raise(shop, "test:2") != _raise(shop)
    assert FollowUp.select().count() == 2


def test_a_promise_is_told_once_when_it_is_due(shop):
    promise = _promise(shop)
    assert follow_ups.tell_due(shop.company, MORNING) == 0
    it_is(SOON)
    assert [follow_ups.tell_due(shop.company, SOON) for _ in range(3)] == [1, 0, 0]
    assert told(shop.bob) == [
        f"⏰ #{promise.serial} Alice Fernandes, 98765 43213: call back\nWhen done: done #{promise.serial}"
    ]


def test_after_an_outage_it_is_told_late_and_once(shop):
    _promise(shop)
    later = SOON + timedelta(days=2)
    it_is(later)
    assert [follow_ups.tell_due(shop.company, later) for _ in range(2)] == [1, 0]


def test_what_is_done_is_not_told(shop):
    promise = _promise(shop)
    follow_ups.done(shop.company, promise.serial, staff=shop.bob, at=MORNING)
    assert follow_ups.tell_due(shop.company, SOON) == 0
    assert not Message.select().exists()


def test_a_notice_at_night_waits_for_the_morning(shop):
    night = MORNING.replace(hour=22)
    _promise(shop, night)
    it_is(night)
    follow_ups.tell_due(shop.company, night)
    assert Message.get().send_after == MORNING.replace(day=2, hour=8)


def test_each_shop_is_told_of_its_own(shop):
    _promise(shop)
    other, _ = open_other_shop()
    assert follow_ups.tell_due(other.company, SOON) == 0


def test_a_task_is_ticked_off_once(shop):
    promise = _promise(shop)
    done = follow_ups.done(shop.company, promise.serial, staff=shop.meera, at=SOON)
    assert (done.state, done.done_at, done.done_by) == ("done", SOON, shop.meera)
    with pytest.raises(DomainError) as refusal:
        follow_ups.done(shop.company, promise.serial, staff=shop.bob, at=SOON)
    assert refusal.value.code == "already_done"


def test_a_task_of_another_shop_is_none(shop):
    promise = _promise(shop)
    other, _ = open_other_shop()
    with pytest.raises(DomainError) as refusal:
        follow_ups.done(other.company, promise.serial + 50, staff=other.bob, at=SOON)
    assert refusal.value.code == "no_such_task"


def test_everybody_sees_what_is_nobody_s(shop):
    nobodys, bobs = _raise(shop), _raise(shop, "test:2", staff=shop.bob)
    assert follow_ups.open_for(shop.bob, MORNING) == [nobodys, bobs]
    assert follow_ups.open_for(shop.meera, MORNING) == [nobodys]


def test_what_is_due_later_is_not_open_yet(shop):
    promise = _promise(shop)
    assert follow_ups.open_for(shop.bob, MORNING) == []
    assert follow_ups.open_for(shop.bob, SOON) == [promise]


def test_promises_are_listed_earliest_first_with_those_of_coming_days(shop):
    late, soon = _promise(shop, MORNING + timedelta(days=9)), _promise(shop)
    _raise(shop)
    assert follow_ups.promised_by(shop.bob) == [soon, late]


def test_a_task_is_about_its_person(shop):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    assert follow_ups.whom(_raise(shop, person=of_contact(ravi))).name == "Ravi"


@pytest.mark.parametrize(("how", "state"), [("busy", "open"), ("no answer", "open"), ("answered", "done")])
def test_only_a_call_that_reached_them_settles_the_task(shop, how, state):
    task = follow_ups.raise_task(shop.company, "refill_call", at=MORNING, phone=phone_of(shop.alice))
    say(shop.bob, f"log call {phone_of(shop.alice).address} {how} talked")
    assert fresh(task).state == state
