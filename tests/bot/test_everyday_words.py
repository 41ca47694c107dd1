"""An everyday word that is a command as well answers the open question; a clear command goes through."""

import pytest

from bot import router, staff
from bot.text import everyday
from domain import follow_ups
from domain.people import of_customer
from models import FollowUp, Interaction, Prescription
from tests.conversation import MORNING, Shop, new_customer, say, told

_RX = "rx Alice Dr Mehta, Hypertension: Telma 40 1-0-0"


@pytest.fixture
def task(shop: Shop) -> FollowUp:
    """The task that was opened last, which a bare "done" would tick off."""
    made = follow_ups.raise_task(shop.company, "promise", at=MORNING, person=of_customer(shop.alice))
    say(shop.bob, "next")
    return made


def _is_open(task: FollowUp) -> bool:
    return FollowUp.get_by_id(task.id).state == "open"


def test_every_everyday_word_is_a_command():
    staff.load()
    spellings = {spelling for entry in router.COMMANDS.values() for spelling in entry.spellings}
    assert spellings >= everyday.ANSWERS | everyday.ANSWERS_ALONE | everyday.ANSWERS_WITH_MORE


@pytest.mark.parametrize("word", ["today", "next month", "done", "due", "bill 500", "review it"])
def test_an_everyday_word_that_is_no_number_of_days_is_asked_about_again(shop: Shop, task, word: str) -> None:
    say(shop.bob, _RX)
    assert f"{word} is not a number of days. For how long is Telma 40" in say(shop.bob, word)
    say(shop.bob, "30 days")
    assert "Telma 40, 1-0-0, 30 days" in say(shop.bob, "skip")
    assert _is_open(task)


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("today", "1 Feb 2027"),
        ("tomorrow", "2 Feb 2027"),
        ("next month", "1 Mar 2027"),
        ("next monday", "8 Feb 2027"),
    ],
)
def test_a_day_in_everyday_words_is_the_day_of_the_visit_and_of_the_review(shop, answer, day):
    say(shop.bob, _RX + " 30 days")
    assert f"See the doctor: {day}" in say(shop.bob, answer)
    say(shop.bob, "review Alice")
    assert f"on {day}" in say(shop.bob, answer)


@pytest.mark.parametrize("text", ["done", "today", "sold", "next month", "contact Alice at the counter"])
def test_a_reply_of_everyday_words_goes_to_the_customer(shop: Shop, task, text: str) -> None:
    say(shop.bob, f"reply #{shop.alice.serial}")
    say(shop.bob, text)
    [sent] = told(shop.alice, "staff_reply")
    assert sent.startswith(text)
    assert _is_open(task)


@pytest.mark.parametrize(
    "note", ["called", "sold", "returned", "done", "not interested", "bill", "sold him 2 strips", "due today"]
)
def test_a_note_of_everyday_words_is_the_note(shop: Shop, task: FollowUp, note: str) -> None:
    say(shop.bob, "log visit Alice")
    assert "logged" in say(shop.bob, note)
    assert Interaction.get().notes == note
    assert _is_open(task)


def test_a_promise_is_made_in_everyday_words(shop: Shop) -> None:
    say(shop.bob, "remind Alice")
    assert "today, 5:00 pm about Alice Fernandes: call back" in say(shop.bob, "today 5pm call back")


@pytest.mark.parametrize("said", ["done", "called", "sold"])
def test_an_everyday_word_that_fits_no_question_is_asked_about_again(shop: Shop, task, said: str) -> None:
    say(shop.bob, "remind Alice")
    assert f'I can\'t read a time in "{said}"' in say(shop.bob, said)
    assert "I will remind you tomorrow" in say(shop.bob, "tomorrow 5pm")
    assert _is_open(task)


@pytest.mark.parametrize(
    "ended", ["not interested", "died", "call later", "bought elsewhere", "kal aa jayega"]
)
def test_how_a_call_ended_is_said_in_everyday_words(shop: Shop, ended: str) -> None:
    say(shop.bob, "script Alice")
    say(shop.bob, "outcome Alice")
    assert "how the call" in say(shop.bob, "returned")
    assert "✓" in say(shop.bob, ended)


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("tasks", "Alice Fernandes"),
        ("next", "Alice Fernandes"),
        ("done #{task}", "✓"),
        ("done {task}", "✓"),
        ("customer Ravi", "*Ravi Kumar*"),
        ("customer 98111 00001", "*Ravi Kumar*"),
        ("sale Ravi Telma 40 30 tabs 8 each for 30 days", "Ravi Kumar"),
        ("cancel", "Dropped"),
        ("undo", "There is nothing"),
        ("help", "What you can write"),
    ],
)
@pytest.mark.parametrize("asks", ["reply Alice", "rx Alice new"])
def test_a_clear_command_goes_through_whatever_was_asked(shop, task, asks, typed, answered):
    new_customer(shop.company, "Ravi Kumar", "+919811100001")
    assert "?" in say(shop.bob, asks)
    assert answered in say(shop.bob, typed.format(task=task.serial))
    assert told(shop.alice, "staff_reply") == []
    assert Interaction.select().count() == 0 and Prescription.select().count() == 0


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        ("called Ravi no answer", "Call with Ravi Kumar"),
        ("remind tomorrow 5pm", "I will remind you tomorrow"),
        ("stock Telma", 'no "Telma"'),
    ],
)
def test_a_command_that_is_no_day_is_done(shop: Shop, typed: str, answered: str) -> None:
    new_customer(shop.company, "Ravi Kumar", "+919811100001")
    say(shop.bob, "review Alice")
    assert answered in say(shop.bob, typed)
