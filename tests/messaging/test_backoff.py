"""A number that was too fast rests longer each time, in all processes, and fails nobody."""

from datetime import timedelta

import pytest

import clock
from messaging import backoff, outcomes
from messaging.channels.base import SendError
from messaging.channels.memory import MemoryChannel
from models import Message, Sender
from tests.conversation import fresh
from tests.messaging.sending import on_its_way, queue, refusing, send


def _refused_now(shop, code=20429):
    """A message sent a moment ago is refused; returns for how long the sender rests then."""
    message, _ = on_its_way(shop)
    Message.update(claimed_at=clock.machine_now()).where(Message.id == message.id).execute()
    outcomes.not_taken(message, SendError("too fast", code))
    return fresh(shop.sender).held_until - clock.machine_now()


def _rested(shop, ago=timedelta()):
    """The present rest is over, since so long."""
    Sender.update(held_until=clock.machine_now() - ago).where(Sender.id == shop.sender.id).execute()


def _almost(seconds):
    return timedelta(seconds=seconds * 0.95), timedelta(seconds=seconds * (1 + backoff.JITTER))


def test_each_rest_is_twice_as_long_as_the_one_before(shop):
    for seconds in (5, 10, 20, 40):
        least, most = _almost(seconds)
        assert least < _refused_now(shop) <= most
        _rested(shop)


@pytest.mark.parametrize(("code", "longest"), [(20429, 600), (63018, 600), (30001, 900), (63038, 6 * 3600)])
def test_no_rest_is_longer_than_the_ceiling_or_than_the_code_asks_for(shop, code, longest):
    Sender.update(rests=1000).execute()
    _rested(shop)
    assert _refused_now(shop, code) <= timedelta(seconds=longest)


def test_many_refused_together_make_one_rest(shop):
    together = [on_its_way(shop)[0] for _ in range(5)]
    Message.update(claimed_at=clock.machine_now()).execute()
    for message in together:
        outcomes.not_taken(message, SendError("too fast", 63018))
    assert fresh(shop.sender).rests == 1
    assert {fresh(message).state for message in together} == {"queued"}


def test_once_sends_have_gone_well_for_a_while_the_series_is_over(shop):
    for _ in range(3):
        _refused_now(shop)
        _rested(shop)
    _rested(shop, ago=backoff.CALM)
    assert _refused_now(shop) < timedelta(seconds=7)
    assert fresh(shop.sender).rests == 1


def test_a_refusal_soon_after_a_long_rest_still_belongs_to_the_series(shop):
    Sender.update(rests=7).execute()
    _rested(shop, ago=backoff.CALM * 2)
    assert _refused_now(shop) > timedelta(minutes=5)


def test_whoever_comes_next_finds_the_sender_resting(shop):
    message = queue(shop)
    send(refusing("too many", 20429))
    Message.update(send_after=message.created_at).execute()
    assert not send(MemoryChannel()).taken
    _rested(shop)
    assert len(send(MemoryChannel()).taken) == 1


def test_a_hundred_rests_fail_nobody(shop):
    message = queue(shop)
    for _ in range(5):
        send(refusing("too many", 20429))
        Message.update(send_after=message.created_at).execute()
        _rested(shop)
    assert (fresh(message).state, fresh(message).attempts) == ("queued", 0)
