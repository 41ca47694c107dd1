"""What becomes of a message has consequences: calls, tasks, ladders that end, managers who are told."""

import pytest

import clock
import company_settings
from domain import deliveries, questions
from domain.people import of_customer
from messaging import alarms, outbox, outcomes, sms
from messaging.channels.base import SendError
from models import ApprovedTemplate, FollowUp, Message, RefillReminder
from tests.conversation import (
    approve_everything,
    fresh,
    it_is,
    later,
    new_phone,
    say,
    send_all,
    told,
)
from tests.refilling import BOUGHT, after, buy, tick


@pytest.fixture
def shop(shop):
    approve_everything(shop.company)
    return shop


@pytest.fixture
def refill(shop):
    return buy(shop.alice, on=BOUGHT)


def _fails(message, code):
    """Twilio refuses it."""
    on_its_way = {"state": "sending", "attempts": 1, "as_template": True, "claimed_at": clock.machine_now()}
    Message.update(on_its_way).where(Message.id == message.id).execute()
    outcomes.not_taken(fresh(message), SendError("refused", code))
    deliveries.note(clock.now())


def _tasks():
    return [(task.kind, task.customer_id) for task in FollowUp.select().where(FollowUp.state == "open")]


@pytest.mark.parametrize("code", [21610, 63014, 63033])
@pytest.mark.parametrize("kind", ["reminder", "staff_notice", "answer"])
def test_a_stop_at_the_provider_ends_every_ladder_whatever_message_it_came_with(shop, refill, code, kind):
    message = outbox.queue(shop.alice.phone, "answer_waits", key="any", kind=kind, first_name="Alice")
    _fails(message, code)
    ended = RefillReminder.get()
    assert (ended.state, ended.ended_because, ended.next_step) == ("ended", "stopped", None)
    assert _tasks() == [("asked_not_to_write", shop.alice.id)]


def test_a_stop_in_words_gives_staff_the_same_task(shop, refill):
    say(shop.alice, "STOP")
    assert RefillReminder.get().state == "ended"
    assert "Alice Fernandes" in say(shop.bob, "tasks")
    assert _tasks() == [("asked_not_to_write", shop.alice.id)]


def test_where_nobody_is_reminded_a_stop_gives_nobody_work(shop):
    say(shop.alice, "STOP")
    assert _tasks() == []


def test_after_a_stop_the_clock_says_nothing(shop, refill):
    say(shop.alice, "STOP")
    for days in (-3, 2, 5, 21):
        tick(shop, after(days))
    said = Message.select().where(Message.phone == shop.alice.phone)
    assert [row.template for row in said] == ["opted_out"]


@pytest.mark.parametrize("code", [63003, 63024])
def test_a_reminder_whatsapp_cannot_deliver_becomes_a_call(shop, refill, code):
    tick(shop, after(-3))
    _fails(Message.get(Message.key.startswith("refill:")), code)
    assert _tasks() == [("refill_call", shop.alice.id)]


def test_a_reply_that_does_not_arrive_comes_back_as_a_task(shop):
    say(shop.alice, "do you have Insulin?")
    message = questions.reply(of_customer(shop.alice), "Yes", staff=shop.bob, at=clock.now())
    _fails(message, 63013)
    assert _tasks() == [("reply_not_delivered", shop.alice.id)]


def test_an_answer_of_the_desk_that_does_not_arrive_comes_back_as_a_task(shop):
    say(shop.alice, "my medicines")
    answer = Message.get(Message.phone == shop.alice.phone, Message.kind == "answer")
    _fails(answer, 63013)
    assert _tasks() == [("reply_not_delivered", shop.alice.id)]
    assert "did not" in say(shop.bob, "tasks")


def test_an_answer_that_waited_until_it_was_of_no_use_does_so_too(shop):
    say(shop.alice, "my medicines")
    later(days=4)
    send_all()
    deliveries.note(clock.now())
    assert _tasks() == [("reply_not_delivered", shop.alice.id)]


def test_who_stopped_us_misses_no_answer(shop):
    say(shop.alice, "hello")
    say(shop.alice, "STOP")
    deliveries.note(clock.now())
    assert _tasks() == []


# ---- what only a manager can mend


def _stop_everything(shop, code=20003):
    message = outbox.queue(shop.alice.phone, "answer_waits", key="first", kind="reminder", first_name="Alice")
    _fails(message, code)
    return message


def _told_managers(shop):
    send_all()
    return told(shop.meera, "desk_trouble")


def test_managers_are_told_once_that_nothing_goes_as_soon_as_anything_goes(shop):
    _stop_everything(shop)
    assert not send_all().taken
    deliveries.note(clock.now())
    alarms.lift(shop.company)
    assert len(_told_managers(shop)) == 1
    assert not told(shop.bob)


def _with_sms(shop):
    company_settings.change(shop.company, "sms", "on")
    company_settings.change(shop.company, "sms_sender", "+14155550100")


def test_while_whatsapp_is_locked_managers_are_told_by_sms_at_any_hour(shop):
    _with_sms(shop)
    _stop_everything(shop, 63051)
    it_is("2027-02-01 23:30")
    deliveries.note(clock.now())
    [by_sms] = send_all().taken
    assert (by_sms.channel, by_sms.to) == ("sms", shop.meera.phone)
    assert by_sms.body.startswith("Hello Meera, some messages of Asha Medicals cannot go out")
    deliveries.note(clock.now())
    assert not send_all().taken


def test_where_sms_is_stopped_as_well_nothing_is_said_twice_later(shop):
    _with_sms(shop)
    sms.sender_of(shop.company)
    _stop_everything(shop, 20003)
    deliveries.note(clock.now())
    alarms.lift(shop.company)
    assert [each.channel for each in send_all().taken if each.to == shop.meera.phone] == ["whatsapp"]


def _sweep(shop):
    deliveries.tell_of_unknown_errors(shop.company, alarms.unknown_errors(shop.company), clock.now())


def test_an_error_nobody_knows_is_told_once_it_meets_many(shop):
    for number in range(alarms.MANY):
        assert not told(shop.meera, "desk_trouble")
        phone = new_phone(shop.company, f"+91987600000{number}")
        _fails(outbox.queue(phone, "answer_waits", key=f"n{number}", kind="reminder", first_name=""), 63999)
        _sweep(shop)
    _sweep(shop)
    assert len(told(shop.meera, "desk_trouble")) == 1
    said = "Messages to 5 people failed within an hour for a reason we do not know: look up Twilio's error"
    assert f"{said} 63999." in say(shop.meera, "why")


def test_one_person_who_cannot_be_reached_is_no_alarm(shop):
    for number in range(alarms.MANY):
        message = outbox.queue(shop.alice.phone, "answer_waits", key=f"n{number}", first_name="Alice")
        _fails(message, 63999)
    assert alarms.unknown_errors(shop.company) == {}


def test_a_template_that_is_stopped_is_told_once_for_each_state(shop):
    for status in ("paused", "paused", "disabled"):
        ApprovedTemplate.update(status=status).where(
            ApprovedTemplate.name == "refill_due", ApprovedTemplate.language == "en"
        ).execute()
        deliveries.note(clock.now())
    assert len(_told_managers(shop)) == 2


def test_what_waited_goes_when_it_is_mended(shop):
    message = _stop_everything(shop)
    assert [sender.stopped_by for sender in alarms.standing()] == [20003]
    assert alarms.waiting(shop.company) >= 1
    assert alarms.lift(shop.company) == 1
    assert not alarms.standing(shop.company)
    send_all()
    assert fresh(message).state == "sent"


def test_an_alarm_tries_again_by_itself_after_an_hour(shop):
    _stop_everything(shop)
    later(minutes=61)
    assert fresh(shop.sender).held_until is not None
