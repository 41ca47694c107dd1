"""What comes in by SMS, and what Twilio's own opt-out has answered already."""

import pytest

import company_settings
import config
from bot import conversation
from messaging import sms
from messaging.channels.memory import MemoryChannel
from models import ConsentEvent, FollowUp, InboundMessage, Message
from tests.bot.signing import post
from tests.conversation import approve_everything, fresh, phone_of, say, send_all

NUMBER = "+14155550100"


@pytest.fixture
def shop(shop):
    """It is written to by SMS too."""
    approve_everything(shop.company)
    company_settings.change(shop.company, "sms", "on")
    company_settings.change(shop.company, "sms_sender", NUMBER)
    sms.sender_of(shop.company)
    return shop


def _write(client, who, body, **fields):
    """An SMS as Twilio tells of it; returns what became of it."""
    form = {"MessageSid": f"SM{InboundMessage.select().count()}", "From": who, "To": NUMBER, "Body": body}
    assert post(client, {**form, "AccountSid": config.TWILIO_ACCOUNT_SID, **fields}).status_code == 200
    conversation.answer_all()
    return InboundMessage.select().order_by(InboundMessage.id.desc()).get()


def _ledger(shop):
    rows = ConsentEvent.select().where(ConsentEvent.phone == shop.alice.phone)
    return [(row.category, row.granted, row.method, row.words) for row in rows]


def test_stop_by_sms_stops_everything_and_twilio_has_answered(shop, client):
    assert _write(client, shop.alice.phone.address, "Stop ").state == "answered"
    assert phone_of(shop.alice).opted_out_at
    assert _ledger(shop) == [("everything", False, "provider", "Stop")]
    assert not send_all().taken


def test_stop_in_hindi_is_obeyed_and_confirmed_by_sms(shop, client):
    _write(client, shop.alice.phone.address, "बंद करो")
    assert phone_of(shop.alice).opted_out_at
    [outgoing] = send_all().taken
    assert (outgoing.channel, outgoing.sender) == ("sms", NUMBER)


def test_a_customer_who_writes_by_sms_is_answered_by_sms_in_plain_words(shop, client):
    _write(client, shop.alice.phone.address, "timings")
    [outgoing] = send_all().taken
    assert outgoing.channel == "sms" and "*" not in outgoing.body


def test_an_sms_opens_no_window_and_proves_nothing_of_whatsapp(shop, client):
    _write(client, shop.alice.phone.address, "hello")
    phone = phone_of(shop.alice)
    assert (phone.last_inbound_at, phone.reach) == (None, "unknown")


def test_nobody_commands_by_sms(shop, client):
    _write(client, shop.bob.phone, "staff remove STAFF001")
    assert fresh(shop.meera).is_active
    assert not Message.select().where(Message.template == "staff_removed").exists()


def test_what_reached_a_number_of_the_messaging_service_is_ours(shop, client):
    service = "MG" + "c" * 32
    company_settings.change(shop.company, "sms_sender", service)
    sms.sender_of(shop.company)
    fields = {"To": "+14155559999", "MessagingServiceSid": service}
    assert _write(client, shop.alice.phone.address, "STOP", **fields).state == "answered"


@pytest.mark.parametrize(
    "fields",
    [{"From": "sms:+919876543213"}, {"From": "AX-NOTICE"}, {"To": "whatsapp:+919876543210"}, {"From": ""}],
)
def test_what_is_no_sms_is_refused(shop, client, fields):
    form = {"MessageSid": "SM1", "From": "+919876543213", "To": NUMBER, "Body": "x", **fields}
    assert post(client, {**form, "AccountSid": config.TWILIO_ACCOUNT_SID}).status_code == 400


# ---- Twilio's Advanced Opt-Out, on WhatsApp


@pytest.mark.parametrize(("kind", "body"), [("STOP", "enough"), ("stop", "STOP")])
def test_twilio_s_stop_is_a_stop_with_its_evidence_in_whatever_words(shop, kind, body):
    said = say(shop.alice, body, answered_by_provider=True, opt_out_type=kind.upper())
    assert (said, bool(phone_of(shop.alice).opted_out_at)) == ("", True)
    assert _ledger(shop) == [("everything", False, "provider", body)]


def test_twilio_s_start_is_a_start_with_its_evidence(shop):
    say(shop.alice, "STOP")
    said = say(shop.alice, "begin", answered_by_provider=True, opt_out_type="START")
    assert (said, phone_of(shop.alice).opted_out_at) == ("", None)
    assert _ledger(shop)[-1] == ("everything", True, "provider", "begin")


def test_help_is_not_answered_twice_and_becomes_nobody_s_task(shop):
    assert say(shop.alice, "help", answered_by_provider=True, opt_out_type="HELP") == ""
    assert not FollowUp.select().exists() and not Message.select().exists()


def test_staff_get_our_help_all_the_same(shop):
    assert "tasks" in say(shop.bob, "help", answered_by_provider=True, opt_out_type="HELP")


def test_the_kind_comes_with_the_form(shop, client):
    form = {"MessageSid": "SM1", "From": f"whatsapp:{shop.alice.phone.address}", "Body": "enough"}
    form |= {"To": f"whatsapp:{shop.sender.address}", "AccountSid": config.TWILIO_ACCOUNT_SID}
    post(client, {**form, "OptOutType": "STOP"})
    conversation.answer_all()
    assert phone_of(shop.alice).opted_out_at
    assert send_all().taken == MemoryChannel().taken
