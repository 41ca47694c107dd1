"""Sends whose answer was lost, against a simulator that loses answers: each is taken once."""

from datetime import timedelta

import pytest

import clock
from domain import deliveries, tasks
from messaging import delivery, outcomes, reconcile
from messaging.channels.twilio import TwilioChannel
from models import FollowUp, Message
from tests.conversation import fresh, it_is, open_shop, phone_of, say
from tests.simulator.running import eventually

LOST = ("500", "timeout", "reset")


@pytest.fixture
def shop(database_url, simulator):
    # As the simulator has it.
    it_is(clock.machine_now())
    return open_shop()


def _send_into(simulator, shop, trouble):
    """An answer to alice that meets this trouble on its way."""
    say(shop.alice, "hello")
    simulator.control("trouble", answer=trouble, hang_seconds=2)
    channel = TwilioChannel()
    delivery.send_due(channel, lasting=3)
    [message] = Message.select()
    return message, channel


def _age(message, passed):
    aged = Message.update(claimed_at=clock.machine_now() - passed - timedelta(seconds=1))
    aged.where(Message.id == message.id).execute()


def _taken(simulator, message):
    return [each for each in simulator.look(f"creates?message={message.id}") if each["taken"]]


@pytest.mark.parametrize("trouble", LOST)
def test_what_was_taken_unheard_is_found_in_the_list(simulator, shop, trouble):
    message, channel = _send_into(simulator, shop, f"{trouble}-taken")
    assert fresh(message).state == "uncertain"
    _age(message, reconcile.PATIENCE)
    assert reconcile.settle(channel) == 1
    [taken] = _taken(simulator, message)
    assert (fresh(message).state, fresh(message).provider_id) == ("sent", taken["sid"])


@pytest.mark.parametrize("trouble", LOST)
def test_what_was_not_taken_is_sent_once_more_and_not_before_it_is_proved(simulator, shop, trouble):
    message, channel = _send_into(simulator, shop, trouble)
    _age(message, reconcile.PATIENCE)
    assert (reconcile.settle(channel), fresh(message).state) == (0, "uncertain")
    _age(message, reconcile.PROOF)
    assert (reconcile.settle(channel), fresh(message).reason) == (1, "not_taken")
    delivery.send_due(channel, lasting=3)
    assert fresh(message).state == "sent"
    assert len(_taken(simulator, message)) == 1


def test_a_report_settles_it_before_anybody_looks(simulator, shop):
    message, _ = _send_into(simulator, shop, "timeout-taken")
    [taken] = _taken(simulator, message)
    outcomes.report(message.id, taken["sid"], "delivered", None)
    assert (fresh(message).state, fresh(message).provider_id) == ("delivered", taken["sid"])


def test_lost_a_second_time_it_is_left_to_a_person(simulator, shop):
    message, channel = _send_into(simulator, shop, "500")
    _age(message, reconcile.PROOF)
    reconcile.settle(channel)
    simulator.control("trouble", answer="500")
    delivery.send_due(channel, lasting=3)
    _age(message, reconcile.PROOF)
    assert (reconcile.settle(channel), fresh(message).reason) == (1, reconcile.LEFT)
    deliveries.note(clock.now())
    [task] = FollowUp.select().where(FollowUp.kind == "uncertain_send")
    assert task.notes == message.body
    assert task.id in [place.follow_up for place in tasks.ranked(shop.bob, clock.now())]
    assert reconcile.settle(channel) == 0


def test_while_twilio_has_something_we_cannot_place_nothing_is_sent_again(simulator, shop):
    message, channel = _send_into(simulator, shop, "500")
    simulator.twilio.messages.create(
        from_=f"whatsapp:{shop.sender.address}", to=f"whatsapp:{message.phone.address}", body="by hand"
    )
    _age(message, reconcile.PROOF)
    assert (reconcile.settle(channel), fresh(message).state) == (0, "uncertain")
    _age(message, reconcile.GIVE_UP)
    assert (reconcile.settle(channel), fresh(message).reason) == (1, reconcile.LEFT)


def test_the_same_words_sent_long_ago_prove_nothing(simulator, shop, monkeypatch):
    message, channel = _send_into(simulator, shop, "500-taken")
    # As if it had been claimed an hour after Twilio took those words.
    monkeypatch.setattr(reconcile, "SKEW", -timedelta(hours=1))
    _age(message, reconcile.PROOF)
    reconcile.settle(channel)
    assert fresh(message).reason == "not_taken"


def test_while_twilio_does_not_answer_it_stays_uncertain(simulator, shop, monkeypatch):
    message, channel = _send_into(simulator, shop, "500")
    _age(message, reconcile.GIVE_UP)
    monkeypatch.setattr("config.TWILIO_API_URL", "http://127.0.0.1:9")
    assert (reconcile.settle(channel), fresh(message).state) == (0, "uncertain")


# ---- taken, and never reported on


def _silent(simulator, shop):
    """A message that has arrived, of which we never heard: the simulator's shop is not ours."""
    # Without it, WhatsApp would let no free text through.
    address = phone_of(shop.alice).address
    simulator.control("write", **{"from": address, "to": shop.sender.address}, body="hello", wait=True)
    say(shop.alice, "hello")
    channel = TwilioChannel()
    delivery.send_due(channel, lasting=3)
    [message] = Message.select()
    assert message.state == "sent"
    eventually(lambda: simulator.twilio.messages(message.provider_id).fetch().status == "delivered")
    return message, channel


def test_what_was_never_reported_on_is_looked_up_once(simulator, shop):
    message, channel = _silent(simulator, shop)
    assert reconcile.follow(channel) == 0
    _age(message, reconcile.LOOKED_UP_AFTER[0])
    assert reconcile.follow(channel) == 1
    assert fresh(message).state == "delivered"


def test_what_is_still_silent_is_looked_up_again_a_day_later_and_then_no_more(simulator, shop):
    message, _ = _silent(simulator, shop)
    looked_up = []

    class Blind:
        def standing(self, account, provider_id):
            looked_up.append(provider_id)

        def received(self, account, sender, since, channel="whatsapp"):
            return iter(())

    for age in (*reconcile.LOOKED_UP_AFTER, timedelta(hours=30)):
        _age(message, age)
        for _ in range(3):
            reconcile.follow(Blind())
    assert looked_up == [message.provider_id] * 2


def test_a_failure_nobody_reported_is_learned_from(simulator, shop):
    say(shop.alice, "hello")
    simulator.control("trouble", answer="fail", code=63024)
    channel = TwilioChannel()
    delivery.send_due(channel, lasting=3)
    [message] = Message.select()
    eventually(lambda: simulator.twilio.messages(message.provider_id).fetch().error_code)
    _age(message, reconcile.LOOKED_UP_AFTER[0])
    reconcile.follow(channel)
    assert fresh(message).error_code == 63024
    assert phone_of(shop.alice).reach != "available"
