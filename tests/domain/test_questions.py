"""What no rule answers reaches a person, and what the person replies reaches the customer."""

from datetime import timedelta

import pytest

import clock
from domain import follow_ups, questions
from domain.people import of_customer
from models import Contact, FollowUp, Message
from tests.conversation import (
    MORNING,
    approve_everything,
    fresh,
    it_is,
    last_message,
    later,
    new_contact,
    new_customer,
    new_phone,
    phone_of,
    say,
    send_all,
    told,
)


@pytest.fixture
def shop(shop):
    approve_everything(shop.company)
    return shop


def _ask(shop, text="do you have insulin pens?", cause="message:1", at=MORNING):
    return questions.pass_on(phone_of(shop.alice), text, at=at, cause=cause)


def _reply(shop, text="Yes.", at=MORNING):
    return questions.reply(of_customer(fresh(shop.alice)), text, staff=shop.bob, at=at)


def test_a_question_is_a_task_for_whoever_looks_after_the_customer(shop):
    shop.alice.assigned_to = shop.bob
    shop.alice.save()
    assert _ask(shop)
    task = FollowUp.get()
    assert (task.kind, task.staff, task.notes) == ("question", shop.bob, "do you have insulin pens?")
    assert "insulin pens" in told(shop.bob, "question_waits")[0]


def test_a_question_of_nobody_s_customer_goes_to_who_has_least_to_do(shop):
    follow_ups.raise_task(shop.company, "promise", at=MORNING, staff=shop.meera)
    _ask(shop)
    assert FollowUp.get(FollowUp.kind == "question").staff == shop.bob


def test_whoever_left_gets_no_questions(shop):
    shop.alice.assigned_to = shop.bob
    shop.alice.save()
    shop.bob.is_active = False
    shop.bob.save()
    _ask(shop)
    assert FollowUp.get().staff == shop.meera


def test_more_questions_are_one_task_and_each_is_told(shop):
    for number in range(3):
        _ask(shop, cause=f"message:{number}")
    assert FollowUp.select().count() == 1
    assert len(told(shop.meera, "question_waits")) == 3


def test_the_same_message_twice_is_told_once(shop):
    for _ in range(2):
        _ask(shop)
    assert len(told(shop.meera, "question_waits")) == 1


def test_they_are_told_once_in_a_while_that_a_person_will_answer(shop):
    answers = [say(shop.alice, text) for text in ("do you have insulin pens?", "the blue ones")]
    later(hours=7)
    answers.append(say(shop.alice, "anybody there?"))
    assert [bool(answer) for answer in answers] == [True, False, True]


def test_a_stranger_who_asks_becomes_a_contact(shop):
    stranger = new_phone(shop.company, "+919700000000")
    stranger.profile_name = "Sunita"
    stranger.save()
    questions.pass_on(stranger, "price of Dolo?", at=MORNING, cause="message:1")
    assert (Contact.get().name, Contact.get().source) == ("Sunita", "wrote to us")
    assert FollowUp.get().contact == Contact.get()


def test_a_reply_settles_the_question_and_keeps_the_bot_out(shop):
    _ask(shop)
    _reply(shop)
    assert (FollowUp.get().state, FollowUp.get().done_by) == ("done", shop.bob)
    assert phone_of(shop.alice).answered_by_person_until == MORNING + timedelta(hours=12)
    assert not _ask(shop, cause="message:2")


def test_after_its_hours_the_bot_answers_again(shop):
    _reply(shop)
    assert _ask(shop, at=MORNING + timedelta(hours=13))


def test_two_replies_are_two_messages(shop):
    for text in ("Yes.", "Yes."):
        _reply(shop, text)
    assert len(told(shop.alice, "staff_reply")) == 2


def test_a_reply_outside_the_window_knocks_first_once_a_day(shop):
    for text in ("Yes.", "And needles too."):
        assert _reply(shop, text).reason == "window_closed"
    assert len(told(shop.alice, "answer_waits")) == 1
    assert [outgoing.content_id for outgoing in send_all().taken] == ["HXanswer_waitsen"]


def test_when_they_write_both_replies_go(shop):
    for text in ("Yes.", "And needles too."):
        _reply(shop, text)
    send_all()
    say(shop.alice, "yes")
    hers = phone_of(shop.alice).address
    said = [outgoing.body.partition("\n")[0] for outgoing in send_all().taken if outgoing.to == hers]
    assert said[:2] == ["Yes.", "And needles too."]


def test_danger_pauses_the_automation_and_calls_for_somebody_now(shop):
    questions.call_a_person_now(phone_of(shop.alice), "chest pain", at=MORNING, cause="message:1")
    assert phone_of(shop.alice).paused_until == MORNING + timedelta(days=1)
    assert FollowUp.get().kind == "danger"
    assert told(shop.meera, "danger_waits")[0].startswith(f"🚨 #{FollowUp.get().serial} Alice Fernandes")


def test_danger_calls_everybody(shop):
    shop.alice.assigned_to = shop.bob
    shop.alice.save()
    questions.call_a_person_now(phone_of(shop.alice), "chest pain", at=MORNING, cause="message:1")
    assert [len(told(staff, "danger_waits")) for staff in (shop.bob, shop.meera)] == [1, 1]
    assert FollowUp.get().staff == shop.bob


def test_danger_is_a_task_of_its_own_beside_a_question(shop):
    _ask(shop)
    questions.call_a_person_now(phone_of(shop.alice), "chest pain", at=MORNING, cause="message:2")
    assert {task.kind for task in FollowUp.select()} == {"question", "danger"}


def test_danger_at_night_does_not_wait_for_the_morning(shop):
    night = MORNING.replace(hour=23)
    it_is(night)
    questions.call_a_person_now(phone_of(shop.alice), "chest pain", at=night, cause="message:1")
    call = Message.get(Message.template == "danger_waits")
    assert (call.state, call.reason) == ("queued", None)
    assert {outgoing.content_id for outgoing in send_all().taken} == {"HXstaff_tasksen"}


def test_who_stopped_our_messages_is_not_called_even_for_danger(shop):
    say(shop.bob, "STOP")
    later(minutes=5)
    say(shop.bob, "tasks")
    questions.call_a_person_now(phone_of(shop.alice), "chest pain", at=clock.now(), cause="message:1")
    call = Message.get(Message.template == "danger_waits", Message.phone == phone_of(shop.bob))
    assert (call.state, call.reason) == ("cancelled", "opted_out")
    assert last_message(shop.meera, "danger_waits").state == "queued"


def test_a_pause_holds_and_resume_lets_go(shop):
    person = of_customer(fresh(shop.alice))
    questions.pause(person, MORNING + timedelta(days=14))
    held = _reminder(shop)
    assert held.reason == "paused"
    questions.resume(of_customer(fresh(shop.alice)))
    assert fresh(held).reason is None


def _reminder(shop):
    from messaging import outbox

    phone = phone_of(shop.alice)
    return outbox.queue(phone, "answer_waits", key="reminder", kind="reminder", first_name="Alice")


@pytest.mark.parametrize(("name", "called"), [("Alice Fernandes", "Alice"), ("", "")])
def test_how_somebody_is_addressed(shop, name, called):
    customer = new_customer(shop.company, name, "+919700000000")
    assert questions.first_name(of_customer(customer)) == called


def test_a_contact_s_question_goes_to_who_calls_them(shop):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    ravi.assigned_to = shop.bob
    ravi.save()
    questions.pass_on(phone_of(ravi), "where are you?", at=MORNING, cause="message:1")
    assert FollowUp.get().staff == shop.bob
