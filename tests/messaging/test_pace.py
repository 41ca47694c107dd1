"""How fast a sender sends and how often one person hears from us, by the machine's time that is given."""

from datetime import UTC, datetime, timedelta

import pytest

import clock
import company_settings
from messaging import delivery, outbox, pace
from messaging.channels.memory import MemoryChannel
from models import Message, Sender
from tests.conversation import MORNING, fresh, it_is, new_phone, phone_of, say

NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)


def _after(seconds):
    return NOON + timedelta(seconds=seconds)


def _notice(shop, number, phone=None, kind="staff_notice"):
    phone = phone or new_phone(shop.company, f"+9198760{number:05d}")
    return outbox.queue(phone, "answer_waits", key=f"{kind}:{number}", kind=kind, first_name="Ravi")


def _claim(shop):
    return [each.message.key for each in delivery.claim(shop.sender, 100, clock.now())]


# ---- the rate of a sender


def _sent_in(sender, seconds, every):
    """How many go within so many seconds, by somebody who looks as often as that and has enough to send."""
    sent = 0
    for look in range(round(seconds / every)):
        room = pace.room(sender, _after(look * every))
        pace.use(sender, room, _after(look * every))
        sent += room
    return sent


@pytest.mark.parametrize("rate", [1, 10, 80])
@pytest.mark.parametrize("every", [0.02, 0.2])
def test_in_five_seconds_the_rate_goes_five_times(shop, rate, every):
    company_settings.change(shop.sender.company, "rate", str(rate))
    at_first = max(1, rate * pace.AT_FIRST.total_seconds())
    assert 5 * rate - rate * every <= _sent_in(shop.sender, 5, every) <= 5 * rate + at_first


def test_two_processes_share_the_rate(shop):
    first, second = fresh(shop.sender), fresh(shop.sender)
    pace.use(first, pace.room(first, NOON), NOON)
    assert pace.room(fresh(second), NOON) == 0


def test_who_has_been_idle_may_not_make_up_for_it(shop):
    pace.use(shop.sender, 4, NOON)
    assert pace.room(shop.sender, _after(3600)) == 4


def test_two_that_claim_at_once_get_no_more_than_one_would(shop):
    for number in range(20):
        _notice(shop, number)
    began = clock.machine_now()
    claimed = _claim(shop) + _claim(shop)
    passed = (clock.machine_now() - began).total_seconds()
    assert len(set(claimed)) == len(claimed) <= 4 + 80 * passed


def test_a_rate_that_is_used_up_leaves_the_rest_queued(shop):
    Sender.update(paced_until=clock.machine_now() + timedelta(hours=1)).execute()
    message = _notice(shop, 1)
    assert _claim(shop) == []
    assert fresh(message).state == "queued"


def test_an_answer_goes_before_the_rest_of_a_campaign(shop):
    for number in range(20):
        _notice(shop, number)
    assert len(_claim(shop)) == 4
    say(shop.alice, "hello")
    Sender.update(paced_until=None).execute()
    assert _claim(shop)[0].startswith("answer:")


# ---- one person


def _spacing_after(seconds, kind="staff_notice"):
    """How long each of several messages waits, written to one phone at those seconds."""
    spacing = pace.Spacing(NOON)
    message = Message(kind=kind)
    message.phone_id = 1
    waits = []
    for each in seconds:
        spacing.at = _after(each)
        waits.append(spacing.wait(message).total_seconds())
    return waits


def test_after_a_small_burst_one_message_in_six_seconds():
    assert _spacing_after([0] * 6) == [0, 0, 0, 6, 12, 18]


def test_with_time_the_burst_comes_back():
    assert _spacing_after([0, 0, 0, 6, 12, 100, 100, 100, 100]) == [0, 0, 0, 0, 0, 0, 0, 0, 6]


def test_a_dialogue_does_not_wait():
    assert set(_spacing_after(range(40), kind="answer")) == {0}


def test_a_dialogue_never_borrows_more_than_whatsapp_lends():
    waits = _spacing_after([0] * 45, kind="answer")
    assert waits[: pace.BURST_OF_ANSWERS] == [0] * pace.BURST_OF_ANSWERS
    assert waits[pace.BURST_OF_ANSWERS] == 6


def test_what_one_phone_was_sent_lately_is_remembered(shop):
    phone = phone_of(shop.alice)
    for number in range(5):
        _notice(shop, number, phone)
    at = clock.now()
    claimed = [each.message.key for each in delivery.claim(shop.sender, 100, at)]
    assert claimed == ["staff_notice:0", "staff_notice:1", "staff_notice:2"]
    waiting = Message.select().where(Message.reason == "one_at_a_time").order_by(Message.id)
    assert [row.send_after - at for row in waiting] == [pace.SPACING, pace.SPACING * 2]


def test_another_person_does_not_wait_for_it(shop):
    for number in range(3):
        _notice(shop, number, phone_of(shop.alice))
    _claim(shop)
    Sender.update(paced_until=None).execute()
    _notice(shop, 7)
    assert _claim(shop) == ["staff_notice:7"]


def test_what_was_put_off_goes_in_its_order(shop):
    company_settings.change(shop.company, "rate", "1000")
    for number in range(5):
        _notice(shop, number, phone_of(shop.alice))
    _claim(shop)
    old = clock.machine_now() - timedelta(minutes=10)
    Message.update(claimed_at=old).where(Message.state == "sending").execute()
    Message.update(send_after=MORNING).where(Message.state == "queued").execute()
    Sender.update(paced_until=None).execute()
    assert _claim(shop) == ["staff_notice:3", "staff_notice:4"]


def test_a_put_off_message_goes_by_itself_in_the_end(shop):
    message = _notice(shop, 1)
    Message.update(send_after=clock.now() + timedelta(seconds=60), reason="one_at_a_time").execute()
    channel = MemoryChannel()
    assert delivery.send_due(channel, lasting=1) == 0
    it_is(clock.now() + timedelta(seconds=60))
    assert delivery.send_due(channel, lasting=1) == 1
    assert (fresh(message).state, fresh(message).reason) == ("sent", None)
