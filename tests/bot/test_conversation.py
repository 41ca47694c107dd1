"""STOP and START, what customers say in their own words, and turns that fail."""

import pytest

import clock
from bot import conversation, customer, staff
from domain import questions
from domain.people import of_customer
from models import FollowUp, InboundMessage, Message
from tests.conversation import (
    MORNING,
    fresh,
    last_message,
    later,
    phone_of,
    say,
    told,
)


@pytest.fixture(scope="module", autouse=True)
def loaded():
    staff.load()
    customer.load()


# ---- STOP and START, from everybody


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_stop_is_obeyed_at_once_and_confirmed(shop, who):
    speaker = getattr(shop, who)
    assert say(speaker, "STOP").startswith("You will get no more messages from Asha Medicals.")
    assert phone_of(speaker).opted_out_at


def test_a_question_right_after_the_stop_is_still_answered(shop):
    """Both were written before we came to answer the first."""
    say(shop.alice, "hi")
    later(seconds=1)
    stop, question = (_written(shop, shop.alice, text) for text in ("STOP", "timings"))
    conversation.answer_all()
    assert [Message.get(Message.key == f"answer:{each.id}").state for each in (stop, question)] == [
        "queued"
    ] * 2


def _written(shop, customer, text):
    later(seconds=1)
    return InboundMessage.create(
        provider_id=f"SMboth{text}",
        from_address=customer.phone.address,
        to_address=shop.sender.address,
        body=text,
        received_at=clock.now(),
    )


def test_start_takes_a_stop_back(shop):
    say(shop.alice, "stop")
    later(minutes=1)
    assert say(shop.alice, "START").startswith("Welcome back!")
    assert phone_of(shop.alice).opted_out_at is None


def test_start_of_somebody_who_never_stopped_is_no_consent(shop):
    say(shop.alice, "start")
    assert phone_of(shop.alice).promotions_allowed is None


def test_stop_offers_leaves_the_reminders(shop):
    assert "Reminders about your medicines go on" in say(shop.alice, "stop offers")
    assert (phone_of(shop.alice).promotions_allowed, phone_of(shop.alice).reminders_allowed) == (False, True)


def test_a_stop_twilio_confirmed_is_not_confirmed_twice(shop):
    assert say(shop.alice, "STOP", answered_by_provider=True) == ""
    assert phone_of(shop.alice).opted_out_at


def test_stop_within_a_sentence_goes_to_a_person(shop):
    say(shop.alice, "should I stop metformin?")
    assert phone_of(shop.alice).opted_out_at is None
    assert last_message(shop.alice, "passed_on")


# ---- anything a customer says


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("hello", "welcome"),
        ("thank you", "you_are_welcome"),
        ("when are you open?", "timings"),
        ("where is your shop", "address"),
        ("I want to talk to a person", "passed_on"),
    ],
)
def test_customers_may_ask_in_their_own_words(shop, said, answered):
    say(shop.alice, said)
    assert last_message(shop.alice, answered)


def test_a_question_nobody_foresaw_becomes_a_task_once(shop):
    assert say(shop.alice, "do you have insulin pens?").startswith("Thank you. I have passed this")
    assert say(shop.alice, "the blue ones") == ""
    assert FollowUp.select().where(FollowUp.kind == "question").count() == 1


def test_danger_comes_before_everything(shop):
    assert "call 112" in say(shop.alice, "my father has chest pain")
    assert told(shop.meera, "danger_waits") or told(shop.bob, "danger_waits")


def test_while_a_person_answers_the_bot_keeps_out_of_it(shop):
    say(shop.alice, "do you have insulin pens?")
    questions.reply(of_customer(fresh(shop.alice)), "Yes, we do.", staff=shop.bob, at=MORNING)
    assert say(shop.alice, "and needles?") == ""


def test_the_language_can_be_chosen(shop):
    assert "हिंदी" in say(shop.alice, "language")
    say(shop.alice, "hindi")
    assert phone_of(shop.alice).language == "hi"


# ---- a turn that fails


def test_a_bug_leaves_the_message_for_two_more_tries_and_then_apologises(shop, monkeypatch):
    def fail(turn):
        raise ZeroDivisionError

    monkeypatch.setattr(customer, "answer", fail)
    question = _written(shop, shop.alice, "hello")
    for state in ("waiting", "waiting", "failed"):
        conversation.answer_all()
        assert fresh(question).state == state
    assert told(shop.alice, "apology")
    assert FollowUp.get().notes == "hello"


def test_what_a_failed_turn_had_changed_is_taken_back(shop, monkeypatch):
    def fail(turn):
        turn.phone.language = "hi"
        turn.phone.save()
        raise ZeroDivisionError

    monkeypatch.setattr(customer, "answer", fail)
    _written(shop, shop.alice, "hello")
    conversation.answer_all()
    assert phone_of(shop.alice).language is None


def test_messages_of_a_phone_are_answered_in_their_order(shop):
    texts = ["language", "hindi", "thanks"]
    for text in texts:
        _written(shop, shop.alice, text)
    assert conversation.answer_all() == 3
    said = [row.template for row in Message.select().order_by(Message.id)]
    assert said == ["ask_language", "language_set", "you_are_welcome"]


def test_a_message_to_a_number_that_is_not_ours_waits(shop):
    stray = _written(shop, shop.alice, "hello")
    InboundMessage.update(to_address="+911111111111").execute()
    assert conversation.answer_all() == 0
    assert fresh(stray).state == "waiting"


def test_a_phone_somebody_else_is_answering_is_left_alone(shop):
    question = _written(shop, shop.alice, "hello")
    phone = phone_of(shop.alice)
    phone.answering_until = clock.machine_now() + conversation.LEASE
    phone.save()
    assert conversation.answer_all() == 0
    phone.answering_until = clock.machine_now()
    phone.save()
    assert conversation.answer_all() == 1
    assert fresh(question).state == "answered"
