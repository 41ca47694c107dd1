"""What was said is forgotten: emptied at Twilio after some days, here after the time the shop keeps it."""

from datetime import date, timedelta

import pytest

import clock
import company_settings
import storage
from messaging import files, outbox, retention
from messaging.channels.base import SendError
from models import FollowUp, InboundMessage, Media, Message, Prescription
from tests.conversation import fresh, later, phone_of, say, send_all


class _Provider:
    """Remembers what it was asked to empty; `trouble` is raised instead."""

    def __init__(self, trouble=None):
        self.emptied, self.trouble = [], trouble

    def redact(self, account, provider_id):
        if self.trouble:
            raise self.trouble
        self.emptied.append(provider_id)


def _all(company):
    while retention.forget(company, clock.now()):
        pass


# ---- here


def test_old_texts_are_forgotten_on_both_sides_and_newer_ones_kept(shop):
    say(shop.alice, "do you have insulin?")
    later(days=366)
    say(shop.alice, "and syringes?")
    _all(shop.company)
    heard = [message.body for message in InboundMessage.select().order_by(InboundMessage.id)]
    assert heard == ["", "and syringes?"]
    said = list(Message.select().where(Message.phone == phone_of(shop.alice)).order_by(Message.id))
    assert (said[0].body, said[0].facts) == ("", {})
    assert said[-1].body


def test_what_is_forgotten_is_not_gone_through_again(shop):
    say(shop.alice, "hello")
    later(days=366)
    assert retention.forget(shop.company, clock.now())
    assert not retention.forget(shop.company, clock.now())


def test_a_shop_says_how_long_it_keeps_them(shop):
    company_settings.change(shop.company, "keep_messages_days", "30")
    say(shop.alice, "hello")
    later(days=31)
    _all(shop.company)
    assert InboundMessage.get().body == ""


@pytest.mark.parametrize("days", ["0", "29", "4000", "soon", "off"])
def test_a_time_that_cannot_be_meant_is_refused(shop, days):
    with pytest.raises(company_settings.Refused):
        company_settings.change(shop.company, "keep_messages_days", days)


def test_a_file_is_deleted_but_for_the_picture_of_a_prescription(shop):
    sent, prescription = (files.keep(shop.company, b"picture", name, "image/png") for name in ("a", "b"))
    FollowUp.create(
        company=shop.company,
        serial=900,
        kind="question",
        due_at=clock.now(),
        phone=phone_of(shop.alice),
        media=sent,
    )
    Prescription.create(
        company=shop.company,
        serial=901,
        customer=shop.alice,
        prescribed_on=date(2027, 1, 31),
        media=prescription,
    )
    later(days=366)
    _all(shop.company)
    assert list(Media.select()) == [prescription]
    assert FollowUp.get().media is None
    with pytest.raises(FileNotFoundError):
        storage.read(sent.storage_name)
    assert storage.read(prescription.storage_name) == b"picture"


# ---- at Twilio


def _conversation(shop):
    say(shop.alice, "do you have insulin?")
    send_all()


def _ids():
    return {row.provider_id for table in (Message, InboundMessage) for row in table.select()}


def test_after_some_days_both_sides_are_emptied_at_twilio_once(shop):
    _conversation(shop)
    provider = _Provider()
    assert retention.redact(provider, shop.company, clock.now()) == 0
    later(days=4)
    retention.redact(provider, shop.company, clock.now())
    assert set(provider.emptied) == _ids() - {None}
    provider.emptied.clear()
    assert retention.redact(provider, shop.company, clock.now()) == 0
    assert not provider.emptied


def test_what_twilio_does_not_take_now_is_tried_again(shop):
    _conversation(shop)
    later(days=4)
    assert retention.redact(_Provider(SendError("away", uncertain=True)), shop.company, clock.now()) == 0
    provider = _Provider()
    retention.redact(provider, shop.company, clock.now())
    assert set(provider.emptied) == _ids() - {None}


def test_what_has_still_to_go_is_waited_for(shop):
    waiting = outbox.queue(phone_of(shop.alice), "address", key="held", address="12 MG Road")
    Message.update(send_after=clock.now() + timedelta(days=30)).where(Message.id == waiting.id).execute()
    say(shop.alice, "hello")
    later(days=4)
    provider = _Provider()
    retention.redact(provider, shop.company, clock.now())
    assert provider.emptied == [InboundMessage.get().provider_id]
    Message.update(state="delivered", provider_id="SMwent").where(Message.id == fresh(waiting).id).execute()
    retention.redact(provider, shop.company, clock.now())
    assert "SMwent" in provider.emptied


def test_a_shop_may_leave_them_at_twilio(shop):
    company_settings.change(shop.company, "redact_after_days", "off")
    _conversation(shop)
    later(days=30)
    provider = _Provider()
    assert retention.redact(provider, shop.company, clock.now()) == 0
