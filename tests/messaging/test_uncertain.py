"""What becomes of sends nobody answered, and of numbers that were too fast."""

import clock
from messaging import delivery, reconcile
from messaging.channels.memory import MemoryChannel
from models import Message, Sender
from tests.conversation import MORNING, fresh
from tests.messaging.sending import queue, refusing, send


def test_a_send_nobody_answered_is_uncertain_and_not_sent_again(shop):
    message = queue(shop)
    send(refusing("no answer in time", uncertain=True))
    assert fresh(message).state == "uncertain"
    assert not send().taken


def test_what_a_dead_worker_left_half_sent_is_uncertain(shop):
    message = queue(shop)
    delivery.claim(shop.sender, 1, clock.now())
    assert delivery.recover() == 0
    Message.update(claimed_at=clock.machine_now() - delivery.LEASE).execute()
    assert delivery.recover() == 1
    assert (fresh(message).state, fresh(message).reason) == ("uncertain", "worker_died")


def _lost(shop, ago):
    """A message whose answer was lost so long ago."""
    message = queue(shop)
    send(refusing("no answer in time", uncertain=True))
    Message.update(claimed_at=clock.machine_now() - ago).execute()
    return message


def test_twilio_s_list_settles_what_was_taken(shop):
    message = _lost(shop, reconcile.PATIENCE)
    channel = MemoryChannel()
    account = delivery.account_of(shop.sender)
    channel.send(
        delivery.Outgoing(account, shop.sender.address, message.phone.address, "", body=message.body)
    )
    assert reconcile.settle(channel) == 1
    assert (fresh(message).state, fresh(message).provider_id) == ("sent", channel.ids[0])


def test_what_twilio_never_took_is_sent_once_more_and_then_left_to_a_person(shop):
    message = _lost(shop, reconcile.PROOF)
    reconcile.settle(MemoryChannel())
    assert (fresh(message).state, fresh(message).reason) == ("queued", "not_taken")
    send(refusing("no answer in time", uncertain=True))
    Message.update(claimed_at=clock.machine_now() - reconcile.PROOF).execute()
    reconcile.settle(MemoryChannel())
    assert (fresh(message).state, fresh(message).reason) == ("uncertain", "left_to_a_person")
    assert not send().taken


def test_until_it_is_proven_nothing_is_sent_again(shop):
    message = _lost(shop, reconcile.PATIENCE)
    reconcile.settle(MemoryChannel())
    assert fresh(message).state == "uncertain"


def test_a_sender_that_was_too_fast_rests(shop):
    message = queue(shop)
    send(refusing("too many", 20429))
    assert (fresh(message).state, fresh(message).reason, fresh(message).attempts) == (
        "queued",
        "sender_held",
        0,
    )
    Message.update(send_after=MORNING).execute()
    assert not send().taken
    Sender.update(held_until=clock.machine_now()).execute()
    assert len(send().taken) == 1
