"""What runs away is held, and managers are told; an ordinary day is left alone."""

import clock
from domain import brakes
from messaging import alarms, outbox
from models import Message
from tests.conversation import fresh, new_phone, told


def _queue(shop, phone, number, name="Ravi"):
    return outbox.queue(phone, "answer_waits", key=f"test:{number}", kind="staff_notice", first_name=name)


def _went(messages):
    ids = [message.id for message in messages]
    Message.update(state="sent", claimed_at=clock.machine_now()).where(Message.id.in_(ids)).execute()


def _check(shop):
    return brakes.check(shop.company, clock.now())


def test_the_same_words_to_one_person_are_stopped_after_a_few(shop):
    phone = new_phone(shop.company, "+919876012345")
    messages = [_queue(shop, phone, number) for number in range(8)]
    _went(messages[:3])
    assert _check(shop) == 0
    _went(messages[:4])
    assert _check(shop) == 4
    assert (fresh(messages[5]).reason, fresh(messages[5]).send_after) > (brakes.BRAKE, clock.now())
    assert "4 messages are held" in told(shop.meera, "brake_pulled")[0]


def test_different_words_to_one_person_may_go(shop):
    phone = new_phone(shop.company, "+919876012345")
    messages = [_queue(shop, phone, number, f"Person {number}") for number in range(8)]
    _went(messages[:6])
    assert _check(shop) == 0


def test_more_in_an_hour_than_there_are_people_is_stopped(shop, monkeypatch):
    monkeypatch.setattr(brakes, "OVER", 5)
    phones = [new_phone(shop.company, f"+9198760{number:05d}") for number in range(4)]
    # Each person three times is below what one person may get, all together are not.
    messages = [_queue(shop, phones[number % 4], number) for number in range(20)]
    _went(messages[:9])
    assert _check(shop) == 0
    _went(messages[:12])
    assert _check(shop) == 8


def test_everybody_once_is_an_ordinary_day(shop, monkeypatch):
    monkeypatch.setattr(brakes, "OVER", 5)
    phones = [new_phone(shop.company, f"+9198760{number:05d}") for number in range(30)]
    _went([_queue(shop, phone, number) for number, phone in enumerate(phones)])
    assert _check(shop) == 0


def test_answers_and_other_messages_go_on(shop):
    phone = new_phone(shop.company, "+919876012345")
    _went([_queue(shop, phone, number) for number in range(5)])
    answer = outbox.queue(phone, "answer_waits", key="answer", kind="answer", first_name="Ravi")
    other = _queue(shop, new_phone(shop.company, "+919876012346"), "other")
    _queue(shop, phone, "held")
    assert _check(shop) == 1
    assert brakes.BRAKE not in (fresh(answer).reason, fresh(other).reason)


def test_managers_are_told_once_an_hour(shop):
    phone = new_phone(shop.company, "+919876012345")
    _went([_queue(shop, phone, number) for number in range(5)])
    for number in range(5, 8):
        _queue(shop, phone, number)
        assert _check(shop) == 1
    assert len(told(shop.meera, "brake_pulled")) == 1
    assert told(shop.bob, "brake_pulled") == []


def test_what_a_manager_has_let_go_is_not_held_again_for_what_went_before(shop):
    phone = new_phone(shop.company, "+919876012345")
    messages = [_queue(shop, phone, number) for number in range(9)]
    _went(messages[:5])
    assert _check(shop) == 4
    assert alarms.lift(shop.company) == 4
    assert _check(shop) == 0
    _went(messages[5:])
    _queue(shop, phone, "one more")
    assert _check(shop) == 1
