"""What people wrote while Twilio could not reach us is found in its list and answered like the rest."""

from datetime import timedelta

import pytest

import clock
import spool
from bot import conversation, missed
from messaging.channels.base import SendError
from messaging.channels.twilio import TwilioChannel
from models import FollowUp, InboundMessage, Message
from tests.conversation import fresh, it_is, open_shop, phone_of, told


@pytest.fixture
def shop(database_url, simulator, monkeypatch):
    monkeypatch.setattr(missed, "JUST_NOW", timedelta())
    it_is(clock.machine_now())
    return open_shop()


def _write(simulator, shop, body="hello", **fields):
    """Alice writes; the shop the simulator calls is not ours, so the webhook's call is lost."""
    addresses = {"from": phone_of(shop.alice).address, "to": shop.sender.address}
    return simulator.control("write", **addresses, body=body, wait=True, **fields)


def test_what_was_missed_is_taken_in_once_in_its_order(simulator, shop):
    sids = [_write(simulator, shop, f"word {number}")["sid"] for number in range(3)]
    assert [missed.find(TwilioChannel()) for _ in range(2)] == [3, 0]
    stored = list(InboundMessage.select().order_by(InboundMessage.id))
    assert [(row.provider_id, row.body) for row in stored] == [
        (sid, f"word {number}") for number, sid in enumerate(sids)
    ]
    assert stored[0].from_address == phone_of(shop.alice).address


def test_it_is_answered_like_the_rest(simulator, shop):
    _write(simulator, shop, "timings")
    missed.find(TwilioChannel())
    conversation.answer_all()
    assert len(told(shop.alice)) == 1


def test_what_came_by_webhook_is_not_taken_in_again(simulator, shop):
    sid = _write(simulator, shop)["sid"]
    InboundMessage.create(
        provider_id=sid, from_address=phone_of(shop.alice).address, to_address=shop.sender.address
    )
    assert missed.find(TwilioChannel()) == 0


def test_its_files_come_with_it(simulator, shop):
    addresses = {"from": phone_of(shop.alice).address, "to": shop.sender.address}
    fields = {**addresses, "wait": "1", "file": ("walk-ins.csv", b"Name,Mobile")}
    simulator.http.request("POST", f"{simulator.address}/simulator/write", fields=fields)
    missed.find(TwilioChannel())
    [stored] = InboundMessage.select()
    assert stored.media[0]["url"].startswith("https://api.twilio.com/2010-04-01/Accounts/")


def test_our_own_messages_are_not_taken_for_theirs(simulator, shop):
    simulator.send("Hello", to=shop.sender.address)
    assert missed.find(TwilioChannel()) == 0


def test_what_is_older_than_a_day_is_for_a_person(simulator, shop):
    _write(simulator, shop, "timings")
    it_is(clock.now() + timedelta(hours=30))
    missed.find(TwilioChannel())
    conversation.answer_all()
    assert told(shop.alice) == []
    [task] = FollowUp.select()
    assert (task.kind, task.notes) == ("question", "timings")
    assert task.staff.phone in {row.phone.address for row in Message.select()}


def test_a_stop_is_obeyed_however_old(simulator, shop):
    _write(simulator, shop, "STOP")
    it_is(clock.now() + timedelta(hours=30))
    missed.find(TwilioChannel())
    conversation.answer_all()
    assert phone_of(shop.alice).opted_out_at
    assert not FollowUp.select().exists()


def test_while_twilio_does_not_answer_the_next_look_goes_further_back(simulator, shop, monkeypatch):
    _write(simulator, shop)
    it_is(clock.now() + timedelta(hours=3))

    class Away:
        def received(self, account, sender, since, channel="whatsapp"):
            raise SendError("could not connect")

    assert missed.find(Away()) == 0
    assert missed.find(TwilioChannel()) == 1


def test_what_is_spooled_comes_first(simulator, shop, monkeypatch):
    _write(simulator, shop)
    monkeypatch.setattr(spool, "is_waiting", lambda: True)
    assert missed.find(TwilioChannel()) == 0


def test_a_message_that_kills_its_worker_is_given_up_after_three_deaths(shop):
    message = InboundMessage.create(
        provider_id="SMpoison",
        from_address=phone_of(shop.alice).address,
        to_address=shop.sender.address,
        body="poison",
        phone=phone_of(shop.alice),
    )
    for _ in range(conversation.TRIES):
        phone = phone_of(shop.alice)
        phone.answering_until = clock.machine_now() - timedelta(seconds=1)
        phone.save()
        assert conversation._claim(phone_of(shop.alice))
    assert fresh(message).state == "failed"
    assert Message.select().where(Message.template == "apology").count() == 1
    assert FollowUp.select().count() == 1
