"""Visits and check-ups: told to staff when due, and to customers who agreed, without a medical word."""

from datetime import timedelta

import pytest

from domain import care_follow_ups, follow_ups
from domain.errors import DomainError
from models import FollowUp, Message
from tests.caring import describe, on, prescribe
from tests.conversation import (
    MORNING,
    Shop,
    approve_everything,
    it_is,
    last_message,
    open_shop,
    say,
    send_all,
)

pytestmark = pytest.mark.usefixtures("database_url", "redis_url")


@pytest.fixture
def shop() -> Shop:
    it_is(MORNING)
    shop = open_shop()
    approve_everything(shop.company)
    prescribe(shop, next_follow_up_on=on("2027-02-15"))
    return shop


def _remind(shop: Shop, day: str) -> int:
    return care_follow_ups.remind_due(shop.company, it_is(f"{day} 10:00"))


def test_the_customer_is_reminded_once_a_few_days_before(shop):
    assert [_remind(shop, f"2027-02-{day}") for day in (10, 11, 12, 13)] == [0, 0, 1, 0]
    assert len(send_all().taken) == 1


def test_the_reminder_names_nothing_medical(shop):
    _remind(shop, "2027-02-13")
    said = last_message(shop.alice, "care_due").body
    assert "15 Feb 2027" in said
    assert not [
        word for word in ("doctor", "Smith", "Hypertension", "Amlodipine") if word.lower() in said.lower()
    ]


def test_nobody_is_reminded_who_did_not_agree(shop):
    shop.alice.phone.reminders_allowed = False
    shop.alice.phone.save()
    _remind(shop, "2027-02-13")
    assert (Message.get(Message.template == "care_due").state, send_all().taken) == ("cancelled", [])


def test_nobody_is_reminded_of_what_was_done_or_after_a_death(shop):
    follow_ups.done(shop.company, FollowUp.get().serial, staff=shop.bob, at=MORNING)
    assert _remind(shop, "2027-02-13") == 0
    describe(shop, next_checkup_on=on("2027-02-16"))
    shop.alice.died_on = on("2027-02-12")
    shop.alice.save()
    assert _remind(shop, "2027-02-14") == 0


def test_staff_are_told_when_it_is_due_and_tick_it_off(shop):
    it_is("2027-02-15 09:30")
    assert follow_ups.tell_due(shop.company, it_is("2027-02-15 09:30")) == 1
    assert "visit to the doctor due" in last_message(shop.bob, "follow_up_due").body
    assert "Alice Fernandes: visit to the doctor due" in say(shop.bob, "tasks")
    assert "✓" in say(shop.bob, f"done #{FollowUp.get().serial}")
    assert care_follow_ups.of(shop.alice) == []


def test_the_same_cause_is_planned_once(shop):
    plan = {"cause": "review:1", "at": MORNING}
    first = care_follow_ups.plan(shop.alice, "medication_review", on("2027-03-01"), **plan)
    assert care_follow_ups.plan(shop.alice, "medication_review", on("2027-03-01"), **plan) == first


def test_a_kind_that_is_none_is_refused(shop):
    with pytest.raises(DomainError, match="care_kind"):
        care_follow_ups.plan(shop.alice, "party", on("2027-03-01"), cause="x", at=MORNING + timedelta(days=1))
