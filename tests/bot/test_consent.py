"""STOP, STOP offers and START as people say them in a talk, and what is only about the talk."""

import pytest

from models import FollowUp
from tests.conversation import approve_everything, later, phone_of, say, send_all
from tests.refilling import BOUGHT, after, buy, tick


@pytest.fixture
def shop(shop):
    approve_everything(shop.company)
    return shop


@pytest.fixture
def reminded(shop):
    buy(shop.alice, on=BOUGHT)
    tick(shop, after(-3))
    send_all()
    return shop


def test_cancel_after_an_answer_is_about_what_was_talked_of(reminded):
    say(reminded.alice, "Keep ready", button="keep_ready")
    assert "passed this to our team" in say(reminded.alice, "cancel")
    assert phone_of(reminded.alice).opted_out_at is None
    assert FollowUp.get(FollowUp.kind == "question").notes == "cancel"


def test_stop_after_an_answer_is_obeyed(reminded):
    say(reminded.alice, "Keep ready", button="keep_ready")
    assert "no more messages" in say(reminded.alice, "stop")


@pytest.mark.parametrize("talked_before", [False, True])
def test_cancel_in_answer_to_a_reminder_stops(reminded, talked_before):
    if talked_before:
        say(reminded.alice, "hello")
        later(hours=1)
    assert "no more messages" in say(reminded.alice, "Cancel")


def test_cancel_after_a_stop_stays_a_stop(shop):
    say(shop.alice, "STOP")
    assert "no more messages" in say(shop.alice, "cancel")


def test_staff_who_cancel_nothing_still_get_our_notices(shop):
    assert say(shop.bob, "cancel").startswith("Nothing is open that you could cancel.")
    assert phone_of(shop.bob).opted_out_at is None
    assert "no more messages" in say(shop.bob, "stop")


def test_who_never_agreed_agrees_with_start(shop):
    phone = phone_of(shop.alice)
    phone.reminders_allowed = None
    phone.save()
    assert say(phone, "START").startswith("Welcome back!")
    event = phone.consent_events.get()
    assert (event.category, event.granted, event.words) == ("everything", True, "START")
    assert phone_of(shop.alice).reminders_allowed


def test_start_says_nothing_new_of_who_may_be_written_to(shop):
    say(shop.alice, "start")
    assert not shop.alice.phone.consent_events.exists()
