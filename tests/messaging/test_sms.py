"""SMS in place of what WhatsApp could not bring: once, in few words, under the same rules."""

import pytest

import company_settings
from domain import deliveries
from messaging import approved, consent, outbox, outcomes, render, sms
from messaging.channels.base import SendError
from models import Contact, FollowUp, Message, Phone, Sender
from tests.conversation import (
    MORNING,
    fresh,
    it_is,
    later,
    new_contact,
    new_phone,
    open_other_shop,
    phone_of,
    say,
)
from tests.messaging.sending import on_its_way, send
from tests.refilling import buy

NUMBER = "+14155550100"


@pytest.fixture
def with_sms(shop):
    company_settings.change(shop.company, "sms", "on")
    company_settings.change(shop.company, "sms_sender", NUMBER)
    return shop


def _remind(shop, phone=None, **facts):
    phone = phone or new_phone(shop.company, "+919876055555")
    facts = {"first_name": "Ravi", "runs_out_on": MORNING.date(), **facts}
    return outbox.queue(phone, "refill_due", key="refill:1:due", kind="reminder", **facts)


def _is_not_on_whatsapp(message, code=63024):
    Message.update(state="sending", attempts=1).where(Message.id == message.id).execute()
    outcomes.not_taken(fresh(message), SendError("not there", code))
    return Message.get_or_none(Message.key == f"sms:{message.key}")


@pytest.mark.parametrize("code", [63003, 63024])
def test_who_is_not_on_whatsapp_gets_an_sms(with_sms, code):
    _is_not_on_whatsapp(_remind(with_sms), code)
    [outgoing] = send().taken
    assert (outgoing.channel, outgoing.sender, outgoing.to) == ("sms", NUMBER, "+919876055555")
    assert outgoing.body == (
        "Asha Medicals: your regular medicine lasts until about 1 Feb 2027. Call us and we keep the next "
        "supply ready. Reply STOP to stop."
    )
    assert not outgoing.content_id


def test_who_is_known_not_to_be_on_whatsapp_gets_it_at_once(with_sms):
    phone = new_phone(with_sms.company, "+919876055555")
    Phone.update(reach="not_available").where(Phone.id == phone.id).execute()
    assert _remind(with_sms, fresh(phone)).state == "cancelled"
    assert [outgoing.channel for outgoing in send().taken] == ["sms"]


def test_it_is_said_once_however_often_whatsapp_refuses(with_sms):
    message = _remind(with_sms)
    first, again = _is_not_on_whatsapp(message), _is_not_on_whatsapp(message)
    assert first == again
    assert len(send().taken) == 1 and not send().taken


def test_without_the_company_s_wish_nothing_goes_by_sms(shop):
    assert _is_not_on_whatsapp(_remind(shop)) is None
    company_settings.change(shop.company, "sms_sender", NUMBER)
    assert sms.instead_of(Message.get()) is None
    assert not Sender.select().where(Sender.channel == "sms").exists()


def test_in_hindi_and_never_with_the_name_of_a_medicine(with_sms):
    phone = new_phone(with_sms.company, "+919876055555")
    facts = {"first_name": "", "runs_out_on": MORNING.date(), "medicines": "Metformin"}
    message = outbox.queue(phone, "refill_due_named", key="n", kind="reminder", language="hi", **facts)
    body = _is_not_on_whatsapp(message).body
    assert body.startswith("Asha Medicals: आपकी नियमित दवाई लगभग") and "Metformin" not in body


def test_a_notice_to_staff_says_that_something_waits(with_sms):
    facts = {"name": "Bob D'Souza", "count": 3}
    message = outbox.queue(phone_of(with_sms.bob), "contacts_assigned", key="a", kind="staff_notice", **facts)
    assert _is_not_on_whatsapp(message).body.startswith("Hello Bob, something waits for you at Asha Medicals")


def test_a_person_without_a_number_or_a_message_without_words_gets_none(with_sms):
    hidden = new_phone(with_sms.company, "IN.1234567890")
    assert _is_not_on_whatsapp(_remind(with_sms, hidden)) is None
    assert _is_not_on_whatsapp(on_its_way(with_sms)[0]) is None


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ({"opted_out_at": MORNING}, "cancelled", "opted_out"),
        ({"reminders_allowed": False}, "cancelled", "no_consent"),
        ({"wrong_number": True}, "cancelled", "wrong_number"),
        ({"paused_until": MORNING.replace(day=9)}, "queued", "paused"),
    ],
)
def test_the_rules_are_the_same(with_sms, change, state, reason):
    message = _remind(with_sms)
    Phone.update(**change).where(Phone.id == message.phone_id).execute()
    waiting = _is_not_on_whatsapp(message)
    assert (waiting.state, waiting.reason) == (state, reason)
    assert not send().taken


def test_at_night_it_waits_for_the_morning(with_sms):
    message = _remind(with_sms)
    it_is("2027-02-01 22:00")
    assert _is_not_on_whatsapp(message).reason == "quiet_hours"
    assert not send().taken
    it_is("2027-02-02 08:00")
    assert len(send().taken) == 1


def test_a_stop_while_it_waits_stops_it(with_sms):
    message = _remind(with_sms)
    it_is("2027-02-01 22:00")
    waiting = _is_not_on_whatsapp(message)
    consent.opt_out(waiting.phone, "keyword", "STOP")
    assert fresh(waiting).reason == "opted_out"


def test_an_sms_that_arrives_says_nothing_of_whatsapp(with_sms):
    waiting = _is_not_on_whatsapp(_remind(with_sms))
    send()
    for status in ("sent", "delivered"):
        outcomes.report(waiting.id, fresh(waiting).provider_id, status, None)
    assert (fresh(waiting).state, waiting.phone.reach) == ("delivered", "not_available")
    assert fresh(waiting.phone).reach == "not_available"


def test_a_messaging_service_sends_it_where_one_is_set(with_sms):
    service = "MG" + "a" * 32
    company_settings.change(with_sms.company, "sms_sender", service)
    _is_not_on_whatsapp(_remind(with_sms))
    assert send().taken[0].sender == service


def test_another_company_s_number_is_not_used(with_sms):
    other, _ = open_other_shop()
    Sender.create(company=other.company, channel="sms", address=NUMBER)
    assert _is_not_on_whatsapp(_remind(with_sms)) is None


@pytest.mark.parametrize("typed", ["98765", "whatsapp:+14155550100", "MG123", "+0123", "ASHAMD"])
def test_what_cannot_send_sms_is_refused(shop, typed):
    with pytest.raises(company_settings.Refused, match="sms_sender takes a number"):
        company_settings.change(shop.company, "sms_sender", typed)


def test_one_number_may_send_both_ways(with_sms):
    company_settings.change(with_sms.company, "sms_sender", with_sms.sender.address)
    _is_not_on_whatsapp(_remind(with_sms))
    assert send().taken[0].sender == with_sms.sender.address
    assert Sender.select().count() == 2


# ---- what the rest of the desk makes of it


def test_staff_call_about_a_refill_only_where_no_sms_goes_either(with_sms):
    reminder = buy(with_sms.alice)
    phone = phone_of(with_sms.alice)
    facts = {"first_name": "Alice", "runs_out_on": MORNING.date()}
    message = outbox.queue(phone, "refill_due", key=f"refill:{reminder.id}:due", kind="reminder", **facts)
    waiting = _is_not_on_whatsapp(message)
    deliveries.note(MORNING)
    assert not FollowUp.select().exists()
    Message.update(state="sending").where(Message.id == waiting.id).execute()
    outcomes.not_taken(fresh(waiting), SendError("no", 30005))
    deliveries.note(MORNING)
    assert FollowUp.get().kind == "refill_call"


def test_materials_that_arrived_by_sms_have_arrived(with_sms):
    contact = new_contact(with_sms.company, "Ravi", "+919876066666")
    consent.grant(contact.phone, consent.PROMOTIONS, "sheet")
    facts = {"first_name": "Ravi", "offer": "", "address": ""}
    message = outbox.queue(
        contact.phone, "store_materials", key=f"materials:{contact.id}", kind="promotion", **facts
    )
    waiting = _is_not_on_whatsapp(message)
    send()
    outcomes.report(waiting.id, fresh(waiting).provider_id, "delivered", None)
    for _ in range(2):
        deliveries.note(later(minutes=1))
    assert fresh(contact).materials_state == "delivered" and Contact.get().materials_sent_at


@pytest.mark.parametrize(("language", "said"), [("en", "by SMS, because"), ("hi", "SMS से, क्योंकि")])
def test_why_tells_that_it_went_by_sms(with_sms, language, said):
    with_sms.bob.language = language
    with_sms.bob.save()
    reminder = buy(with_sms.alice)
    message = outbox.queue(
        phone_of(with_sms.alice),
        "refill_due",
        key=f"refill:{reminder.id}:due",
        kind="reminder",
        first_name="Alice",
        runs_out_on=MORNING.date(),
    )
    waiting = _is_not_on_whatsapp(message)
    send()
    assert said in say(with_sms.bob, f"why #{waiting.serial}")
    assert "Metformin" in say(with_sms.bob, f"why #{waiting.serial}")


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_sms_uses_only_what_its_message_carries(language):
    with_words = [entry for entry in approved.APPROVED.values() if entry.sms]
    assert len(with_words) > 5
    for entry in with_words:
        carried = render.approved(entry.name, language).expressions
        assert set(render.approved(entry.sms, language).expressions) <= set(carried), entry.name
