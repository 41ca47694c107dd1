"""After an outage what has gathered is sorted: some goes, little by little, some never, some is called."""

from datetime import timedelta

import pytest

import clock
import company_settings
from desk_tables import Tick
from domain import deliveries, refill_ladder
from messaging import catching_up, delivery, outbox
from models import FollowUp, Message
from tests.conversation import fresh, it_is, later, phone_of, say
from tests.messaging.sending import queue, send
from tests.refilling import buy
from workers import schedule


@pytest.fixture
def stood_still(shop):
    """The desk has stood still for two days; twenty may go in an hour."""
    company_settings.change(shop.company, "catch_up_per_hour", "20")
    Tick.create(job=catching_up.PULSE, ran_at=clock.machine_now() - timedelta(days=2))
    return shop


def _an_hour_passes():
    later(hours=1)
    Message.update(claimed_at=clock.machine_now() - timedelta(hours=1)).execute()


def test_the_backlog_goes_over_hours_the_oldest_first(stood_still):
    messages = [queue(stood_still, number) for number in range(50)]
    sent = []
    for _ in range(3):
        sent.append([outgoing.to for outgoing in send().taken])
        _an_hour_passes()
    assert [len(hour) for hour in sent] == [20, 20, 10]
    assert [to for hour in sent for to in hour] == [message.phone.address for message in messages]


def test_meanwhile_it_says_why_it_waits(stood_still):
    messages = [queue(stood_still, number) for number in range(45)]
    send()
    waiting = [fresh(message) for message in messages[20:]]
    assert {message.reason for message in waiting} == {"catching_up"}
    assert [round((each.send_after - clock.now()) / timedelta(hours=1)) for each in waiting[::20]] == [1, 2]
    assert "little by little" in say(stood_still.bob, f"why #{waiting[0].serial}")


def test_answers_and_notices_to_staff_do_not_wait(stood_still):
    company_settings.change(stood_still.company, "catch_up_per_hour", "1")
    queue(stood_still, 0), queue(stood_still, 1)
    say(stood_still.alice, "hello")
    outbox.queue(phone_of(stood_still.bob), "staff_tasks", key="s", kind="staff_notice", name="Bob")
    assert sorted(outgoing.to[-2:] for outgoing in send().taken) == ["00", "12", "13"]


def test_what_is_too_old_is_not_sent_and_a_reminder_among_it_is_called(shop):
    reminder = buy(shop.alice)
    refill_ladder.remind_due(shop.company, it_is("2027-02-28 09:00"))
    old = queue(shop, 1, kind="promotion")
    Tick.create(job=catching_up.PULSE, ran_at=clock.machine_now() - timedelta(days=4))
    it_is("2027-03-04 10:00")
    Message.update(reason="sender_held").where(Message.id == old.id).execute()
    assert not [outgoing for outgoing in send().taken if outgoing.to == shop.alice.phone.address]
    deliveries.note(clock.now())
    assert FollowUp.get(FollowUp.kind == "refill_call").customer == shop.alice
    assert fresh(reminder).state == "open"


@pytest.mark.parametrize("first", [schedule.tick, catching_up.notice, lambda: delivery.send_due(None, 0.1)])
def test_whoever_comes_first_notices_and_two_clocks_do_no_harm(stood_still, redis_url, first):
    first()
    assert catching_up.is_going_on()
    schedule.tick(), schedule.tick()
    assert Tick.select().where(Tick.job == "outage_over").count() == 1


def test_a_short_rest_is_no_outage(shop):
    Tick.create(job=catching_up.PULSE, ran_at=clock.machine_now() - timedelta(hours=1))
    assert not catching_up.notice() and catching_up.room(shop.company) is None


def test_a_new_desk_has_nothing_to_catch_up_with(shop):
    assert not catching_up.notice()
    assert catching_up.room(shop.company) is None


def test_after_a_day_all_goes_as_before(stood_still):
    catching_up.notice()
    over = clock.machine_now() - catching_up.LASTS
    Tick.update(ran_at=over).where(Tick.job == "outage_over").execute()
    assert catching_up.room(stood_still.company) is None


# ---- the same words to one member of staff


def _notice(shop, number):
    facts = {"name": "Bob D'Souza", "count": 3}
    return outbox.queue(
        phone_of(shop.bob), "contacts_assigned", key=f"n:{number}", kind="staff_notice", **facts
    )


def test_staff_are_told_once_that_something_waits(shop):
    first, second = _notice(shop, 1), _notice(shop, 2)
    assert len(send().taken) == 1
    assert (fresh(first).state, fresh(second).reason) == ("sent", "told_already")
    third = _notice(shop, 3)
    assert (third.state, third.reason) == ("cancelled", "told_already")
    later(minutes=11)
    _notice(shop, 4)
    assert len(send().taken) == 1


def test_in_an_open_talk_each_is_told(shop):
    say(shop.bob, "tasks")
    send()
    _notice(shop, 1), _notice(shop, 2)
    assert len(send().taken) == 2
