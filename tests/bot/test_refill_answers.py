"""What customers answer to a refill reminder, by button and in words, and what becomes of it."""

from datetime import date

import pytest

from domain import refills
from models import FollowUp, Purchase, RefillReminder
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    it_is,
    last_message,
    new_customer,
    open_shop,
    phone_of,
    say,
    told,
)
from tests.refilling import buy, tick


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    """A shop whose alice was reminded this morning, three days before her Metformin
    runs out on the third of March."""
    it_is(MORNING)
    opened = open_shop()
    buy(opened.alice)
    tick(opened, date(2027, 2, 28))
    return opened


def the_reminder() -> RefillReminder:
    return RefillReminder.get(RefillReminder.id == 1)


def tasks() -> list[tuple[str, str]]:
    return [(task.kind, task.notes) for task in FollowUp.select().order_by(FollowUp.id)]


@pytest.mark.parametrize(
    "said", ["keep ready", "yes", "Haan ji 👍", "हां", "rakh do", "please keep it ready", "👍"]
)
def test_keep_ready_becomes_a_task_of_staff(shop: Shop, said: str) -> None:
    assert say(shop.alice, said).startswith("Thank you, Alice. Our team will prepare your medicine")
    assert tasks() == [("keep_ready", "Metformin 500")]
    assert the_reminder().answer == "keep_ready"


def test_a_button_does_the_same(shop: Shop) -> None:
    reminder = last_message(shop.alice, "refill_due")
    assert "prepare your medicine" in say(shop.alice, "Keep ready", button="keep_ready", replied_to=reminder)
    assert tasks() == [("keep_ready", "Metformin 500")]


def test_pressed_twice_it_is_one_task(shop: Shop) -> None:
    for _ in range(2):
        say(shop.alice, "Keep ready", button="keep_ready")
    assert len(tasks()) == 1


def test_the_task_can_be_ticked_off_and_asked_for_again(shop: Shop) -> None:
    say(shop.alice, "keep ready")
    say(shop.bob, f"done #{FollowUp.get().serial}")
    say(shop.alice, "keep ready")
    assert [task.state for task in FollowUp.select().order_by(FollowUp.id)] == ["done", "open"]


@pytest.mark.parametrize(("said", "on"), [("tomorrow", date(2027, 3, 1)), ("in 5 days", date(2027, 3, 5))])
def test_later_asks_when_and_reminds_then(shop: Shop, said: str, on: date) -> None:
    assert say(shop.alice, "Later", button="later").startswith("Of course. When shall we remind you?")
    assert "we will remind you on" in say(shop.alice, said)
    assert (the_reminder().next_step, the_reminder().next_step_on) == ("later", on)


def test_later_with_a_day_is_not_asked(shop: Shop) -> None:
    assert say(shop.alice, "remind me tomorrow") == "Good, Alice, we will remind you on 1 Mar 2027."


def test_on_the_day_that_was_asked_for_the_reminder_comes_and_the_ladder_rests(shop: Shop) -> None:
    say(shop.alice, "later")
    say(shop.alice, "in 4 days")
    tick(shop, date(2027, 3, 3))
    assert len(told(shop.alice, "refill_due", "refill_overdue")) == 1
    tick(shop, date(2027, 3, 4))
    assert len(told(shop.alice, "refill_overdue")) == 1
    assert (the_reminder().next_step, the_reminder().next_step_on) == ("call", date(2027, 3, 8))


@pytest.mark.parametrize("said", ["when the moon is blue", "1 January 2027", "in 400 days"])
def test_a_day_that_cannot_be_is_asked_for_once_more_and_then_goes_to_a_person(shop: Shop, said: str) -> None:
    say(shop.alice, "later")
    assert say(shop.alice, said).startswith("Sorry, I need a day within the next four months.")
    say(shop.alice, "blue moon")
    assert tasks() == [("question", "blue moon")]
    assert the_reminder().next_step == "overdue"


def test_a_day_that_is_understood_the_second_time_counts(shop: Shop) -> None:
    say(shop.alice, "later")
    say(shop.alice, "when the moon is blue")
    say(shop.alice, "tomorrow")
    assert the_reminder().next_step_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("said", "out"),
    [
        ("10", date(2027, 3, 10)),
        ("10 days left", date(2027, 3, 10)),
        ("ek hafta", date(2027, 3, 7)),
        ("0", date(2027, 2, 28)),
    ],
)
def test_still_have_some_asks_for_how_long_and_moves_the_run_out(shop: Shop, said: str, out: date) -> None:
    assert say(shop.alice, "Still have some", button="have_stock").startswith(
        "Good to know. For how many more days"
    )
    assert "we will remind you in time" in say(shop.alice, said)
    assert the_reminder().runs_out_on == out


def test_a_medicine_that_lasts_longer_is_reminded_of_again(shop: Shop) -> None:
    say(shop.alice, "already have")
    say(shop.alice, "10")
    tick(shop, date(2027, 3, 6))
    assert len(told(shop.alice, "refill_due")) == 1
    tick(shop, date(2027, 3, 7))
    assert len(told(shop.alice, "refill_due")) == 2


def test_more_stock_than_a_year_is_refused(shop: Shop) -> None:
    say(shop.alice, "already have")
    assert "up to 365" in say(shop.alice, "700 days")
    assert the_reminder().runs_out_on == date(2027, 3, 3)


def test_another_answer_than_the_one_asked_for_is_taken_as_what_it_says(shop: Shop) -> None:
    say(shop.alice, "already have")
    assert "Good that you have it" in say(shop.alice, "bought elsewhere")
    assert the_reminder().ended_because == "bought_elsewhere"


def test_cancel_drops_the_question(shop: Shop) -> None:
    say(shop.alice, "already have")
    say(shop.alice, "cancel")
    say(shop.alice, "10")
    assert the_reminder().runs_out_on == date(2027, 3, 3)


@pytest.mark.parametrize("said", ["bought elsewhere", "dusri dukan se le li", "ले ली"])
def test_bought_elsewhere_ends_the_cycle(shop: Shop, said: str) -> None:
    assert say(shop.alice, said).startswith("Good that you have it, Alice.")
    assert (the_reminder().state, the_reminder().ended_because) == ("ended", "bought_elsewhere")


@pytest.mark.parametrize(
    ("said", "kind", "state"),
    [
        ("too costly", "cost", "open"),
        ("side effects", "side_effects", "open"),
        ("doctor changed it", "doctor_changed", "ended"),
        ("I stopped taking it", "stopped_medicine", "ended"),
        ("we have moved", "moved", "ended"),
    ],
)
def test_a_reason_reaches_the_pharmacist_and_the_desk_stops_asking(
    shop: Shop, said: str, kind: str, state: str
) -> None:
    assert "Thank you" in say(shop.alice, said)
    [task] = FollowUp.select()
    assert (task.kind, task.staff) == (kind, shop.bob)
    assert (the_reminder().state, the_reminder().next_step) == (state, None)


def test_no_asks_why(shop: Shop) -> None:
    assert "May I know why" in say(shop.alice, "no")
    assert "Good that you have it" in say(shop.alice, "bought elsewhere")


def test_talk_to_us_is_a_question_for_staff(shop: Shop) -> None:
    assert "a person will answer you here" in say(shop.alice, "Talk to us", button="person")
    assert tasks() == [("question", "Talk to us")]


def test_which_names_the_medicines(shop: Shop) -> None:
    assert "Metformin 500, until about 3 Mar 2027" in say(shop.alice, "kaunsi dawai?")
    assert "Metformin" in say(shop.alice, "which medicine?")


def test_stop_is_obeyed_and_ends_the_ladder_at_once(shop: Shop) -> None:
    say(shop.alice, "STOP")
    assert the_reminder().ended_because == "stopped"
    tick(shop, date(2027, 3, 5))
    assert told(shop.alice, "refill_overdue") == []


def test_a_wrong_number_is_never_written_to_again(shop: Shop) -> None:
    assert say(shop.alice, "wrong number").startswith("Sorry for the trouble.")
    assert phone_of(shop.alice).wrong_number
    assert the_reminder().ended_because == "wrong_number"
    assert tasks() == [("wrong_number", "Metformin 500")]


def test_one_answer_is_about_the_whole_basket(shop: Shop) -> None:
    telma = buy(shop.alice, "Telma 40")
    tick(shop, date(2027, 3, 5))
    say(shop.alice, "Bought elsewhere", button="bought_elsewhere")
    assert fresh(telma).state == the_reminder().state == "ended"


def test_an_answer_to_an_older_message_is_about_that_one(shop: Shop) -> None:
    metformin = last_message(shop.alice, "refill_due")
    telma = buy(shop.alice, "Telma 40", 45)
    tick(shop, date(2027, 3, 15))
    say(shop.alice, "Bought elsewhere", button="bought_elsewhere", replied_to=metformin)
    assert (the_reminder().state, fresh(telma).state) == ("ended", "open")


def test_a_button_pressed_when_all_is_settled_gets_an_answer(shop: Shop) -> None:
    say(shop.alice, "bought elsewhere")
    assert say(shop.alice, "Keep ready", button="keep_ready").startswith("Thank you, this is settled already")
    assert tasks() == []


def test_yes_to_nothing_is_no_order(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Kumar", "+919899912345")
    say(ravi, "yes")
    assert [kind for kind, _ in tasks()] == ["question"]


def test_yes_weeks_later_is_no_answer_to_the_reminder(shop: Shop) -> None:
    it_is("2027-03-20 10:00")
    say(shop.alice, "yes")
    assert [kind for kind, _ in tasks()] == ["question"]


def test_a_question_with_the_word_stop_reaches_a_person_and_stops_nothing(shop: Shop) -> None:
    say(shop.alice, "should I stop metformin?")
    assert tasks() == [("question", "should I stop metformin?")]
    assert the_reminder().state == "open"


def test_hindi_is_answered_in_hindi(shop: Shop) -> None:
    say(shop.alice, "hindi")
    assert say(shop.alice, "रख दो").startswith("धन्यवाद, Alice।")


def test_the_purchase_settles_it_all(shop: Shop) -> None:
    say(shop.alice, "keep ready")
    say(shop.bob, "sale alice Metformin 500, 30 x 5 for 30 days")
    assert FollowUp.get().state == "done"
    assert refills.ended_by(the_reminder()) == Purchase.select().order_by(Purchase.id.desc()).first()
