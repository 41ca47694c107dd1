"""Whether a number is on WhatsApp: learned from what happens, kept with evidence, tested again in time."""

from datetime import timedelta

import pytest

import clock
from messaging import policy, reach
from models import Message, ReachEvent
from tests.conversation import fresh, later, new_phone, say


@pytest.fixture
def phone(shop):
    return new_phone(shop.company, "+919876500000")


def _standing(phone):
    return reach.standing(fresh(phone), clock.now())


def _may_be_written_to(shop, phone):
    facts = {"company": shop.company, "sender": shop.sender, "kind": "reminder", "template": "welcome"}
    message = Message(phone=fresh(phone), **facts)
    return policy.decide(message, clock.now()).reason != "not_on_whatsapp"


def _ledger(phone):
    return [(event.reach, event.evidence) for event in phone.reach_events.order_by(ReachEvent.id)]


def test_nobody_can_tell_beforehand(shop, phone):
    assert _standing(phone) == reach.UNKNOWN
    assert _may_be_written_to(shop, phone)


@pytest.mark.parametrize("code", [63003, 63024])
def test_one_failure_is_enough_to_have_staff_call(shop, phone, code):
    reach.not_on_whatsapp(phone, code)
    assert fresh(phone).reach == reach.NOT_AVAILABLE
    assert not _may_be_written_to(shop, phone)
    assert _ledger(phone) == [("not_available", f"twilio_{code}")]


def test_a_month_later_one_more_message_is_worth_a_try(shop, phone):
    reach.not_on_whatsapp(phone, 63024)
    later(days=29, hours=23)
    assert not _may_be_written_to(shop, phone)
    later(hours=2)
    assert _standing(phone) == reach.DOUBTFUL
    assert _may_be_written_to(shop, phone)
    assert fresh(phone).reach == reach.NOT_AVAILABLE, "staff go on calling until it is known better"


def test_once_confirmed_it_is_left_alone_for_three_months(shop, phone):
    reach.not_on_whatsapp(phone, 63024)
    later(days=31)
    reach.not_on_whatsapp(fresh(phone), 63024)
    later(days=89)
    assert not _may_be_written_to(shop, phone)
    later(days=2)
    assert _may_be_written_to(shop, phone)


def test_two_failures_in_one_week_are_one_piece_of_evidence(phone):
    reach.not_on_whatsapp(phone, 63024)
    later(days=6)
    reach.not_on_whatsapp(fresh(phone), 63024)
    assert fresh(phone).retest_at - clock.now() < timedelta(days=31)


def test_whatever_arrives_makes_it_available(phone):
    reach.not_on_whatsapp(phone, 63024)
    reach.delivered_to(fresh(phone))
    assert (fresh(phone).reach, fresh(phone).retest_at) == (reach.AVAILABLE, None)
    assert _ledger(phone)[-1] == ("available", reach.ARRIVED)


def test_whoever_writes_is_there(shop):
    reach.not_on_whatsapp(shop.alice.phone, 63024)
    say(shop.alice, "hello")
    assert fresh(shop.alice.phone).reach == reach.AVAILABLE
    assert _ledger(shop.alice.phone)[-1] == ("available", reach.WROTE)


def test_the_ledger_keeps_what_changes_and_not_every_message(shop):
    for _ in range(3):
        say(shop.alice, "hello")
        reach.delivered_to(fresh(shop.alice.phone))
    assert _ledger(shop.alice.phone) == [("available", reach.WROTE)]


def test_an_error_with_several_causes_only_raises_doubt(shop, phone):
    assert not reach.perhaps_not_on_whatsapp(phone, 63005)
    assert _standing(phone) == reach.DOUBTFUL
    assert _may_be_written_to(shop, phone)


def test_repeated_a_week_later_it_settles_it(phone):
    reach.perhaps_not_on_whatsapp(phone, 63005)
    later(days=6)
    assert not reach.perhaps_not_on_whatsapp(fresh(phone), 63005)
    later(days=2)
    assert reach.perhaps_not_on_whatsapp(fresh(phone), 63005)
    assert fresh(phone).reach == reach.NOT_AVAILABLE


def test_a_sign_of_life_between_them_settles_it_the_other_way(phone):
    reach.perhaps_not_on_whatsapp(phone, 63005)
    reach.delivered_to(fresh(phone))
    later(days=8)
    assert not reach.perhaps_not_on_whatsapp(fresh(phone), 63005)
