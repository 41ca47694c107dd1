"""No messages for two weeks: a customer's own pause, in their words."""

from datetime import date

import pytest

from bot.text import rests
from models import FollowUp, Phone
from tests.conversation import Shop, fresh, it_is, new_phone, phone_of, say, told
from tests.refilling import buy, said, tick


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("no messages for two weeks", 14),
        ("Please don't message me for the next 10 days.", 10),
        ("pause reminders for a month", 30),
        ("mujhe 1 mahine tak message mat karo", 30),
        ("do hafte tak koi message mat bhejo ji", 14),
        ("2 hafte tak msg mat karna", 14),
        ("15 din reminder mat bhejna", 15),
        ("मुझे एक महीने तक मैसेज मत करो", 30),
        ("dont disturb for a week", 7),
    ],
)
def test_how_long_they_want_to_rest(said: str, days: int) -> None:
    assert rests.days(said) == days


@pytest.mark.parametrize(
    "said",
    [
        "message mat karo",
        "can you stop messages for two weeks?",
        "no messages for 5 years",
        "no messages for -3 days",
        "30 days medicine",
        "stop metformin for two weeks",
        "no messages from Ravi for two weeks",
        "",
    ],
)
def test_what_is_no_such_wish(said: str) -> None:
    assert rests.days(said) is None


def test_it_is_confirmed_and_is_no_stop(shop: Shop) -> None:
    answer = say(shop.alice, "no messages for two weeks")
    assert answer == (
        "All right, Alice: no reminders until 15 Feb 2027. If you need anything before then, write to us."
    )
    assert (phone_of(shop.alice).opted_out_at, phone_of(shop.alice).reminders_allowed) == (None, True)


def test_in_their_language(shop: Shop) -> None:
    Phone.update(language="hi").where(Phone.id == shop.alice.phone_id).execute()
    assert say(shop.alice, "do hafte tak message mat karo").startswith("ठीक है, Alice जी: 15 फ़र")


def test_nothing_goes_before_and_the_reminder_goes_then(shop: Shop) -> None:
    reminder = buy(shop.alice)
    it_is("2027-02-20 11:00")
    say(shop.alice, "mujhe do hafte tak message mat karo")
    for day in (date(2027, 2, 28), date(2027, 3, 5)):
        tick(shop, day)
    assert said() == []
    tick(shop, date(2027, 3, 6), hour=12)
    assert said() == [f"refill:{reminder.id}:later:2027-03-06"]


def test_what_is_due_after_the_rest_stays_where_it_was(shop: Shop) -> None:
    reminder = buy(shop.alice)
    say(shop.alice, "no messages for a week")
    assert (fresh(reminder).next_step, fresh(reminder).next_step_on) == ("due", date(2027, 2, 28))


def test_tell_me_after_two_weeks_moves_the_refill_that_is_open(shop: Shop) -> None:
    reminder = buy(shop.alice)
    tick(shop, date(2027, 2, 28))
    say(shop.alice, "do hafte baad batana")
    assert (fresh(reminder).answer, fresh(reminder).next_step_on) == ("later", date(2027, 3, 14))


def test_tell_me_after_two_weeks_with_nothing_open_is_a_rest(shop: Shop) -> None:
    assert "no reminders until 15 Feb 2027" in say(shop.alice, "do hafte baad batana")


def test_it_may_be_said_in_place_of_an_answer(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, date(2027, 2, 28))
    assert "days" in say(shop.alice, "I still have some", button="have_stock")
    assert "no reminders until 14 Mar 2027" in say(shop.alice, "no messages for two weeks")


def test_staff_see_it_and_end_it(shop: Shop) -> None:
    say(shop.alice, "no messages for two weeks")
    assert "no reminders until Monday 15 Feb" in say(shop.bob, "customer alice")
    say(shop.bob, "resume")
    assert "no reminders" not in say(shop.bob, "customer alice")


def test_danger_does_not_shorten_it(shop: Shop) -> None:
    say(shop.alice, "no messages for a month")
    before = phone_of(shop.alice).paused_until
    say(shop.alice, "chest pain")
    assert phone_of(shop.alice).paused_until == before


def test_a_stranger_may_ask_for_it_too(shop: Shop) -> None:
    stranger = new_phone(shop.company, "+919899912345")
    assert say(stranger, "no messages for two weeks").startswith("All right: no reminders until")
    assert not FollowUp.select().exists()
    assert len(told(stranger)) == 1
