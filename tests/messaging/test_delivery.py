"""Claim, send, record: everything due goes, nothing goes twice."""

from datetime import timedelta
from threading import Thread

import pytest

import clock
import company_settings
import config
import database
from messaging import consent, delivery, outbox, reach, recording
from messaging.channels.base import SendError
from messaging.channels.memory import MemoryChannel
from models import ApprovedTemplate, Message, Sender
from tests.conversation import MORNING, fresh, it_is, later, new_phone, open_shop, phone_of, say
from tests.messaging.sending import queue, send


def test_what_is_due_goes_and_is_recorded(shop):
    message = queue(shop)
    [outgoing] = send().taken
    assert (outgoing.sender, outgoing.to) == (shop.sender.address, message.phone.address)
    assert outgoing.callback == f"{config.PUBLIC_URL}/whatsapp/status?message={message.id}"
    assert (fresh(message).state, fresh(message).attempts) == ("sent", 1)


def test_outside_the_window_the_template_goes_with_its_variables(shop):
    queue(shop)
    [outgoing] = send().taken
    assert (outgoing.body, outgoing.content_id) == ("", "HXanswer_waitsen")
    assert outgoing.variables == {"1": "Ravi", "2": "Asha Medicals"}


def test_inside_the_window_the_words_go(shop):
    say(shop.alice, "hello")
    [outgoing] = send().taken
    assert outgoing.body.startswith("Hello! This is Asha Medicals.")
    assert not outgoing.content_id


def test_what_is_not_due_stays(shop):
    message = queue(shop)
    Message.update(send_after=MORNING + timedelta(hours=1)).execute()
    assert not send().taken
    later(hours=1)
    assert len(send().taken) == 1
    assert fresh(message).state == "sent"


def test_sent_once_however_often_it_is_asked_for(shop):
    queue(shop)
    assert [len(send().taken) for _ in range(3)] == [1, 0, 0]


def test_what_one_has_claimed_is_nobody_else_s(shop):
    message = queue(shop)
    claims = [delivery.claim(shop.sender, 10, clock.now()) for _ in range(2)]
    assert [len(claimed) for claimed in claims] == [1, 0]
    assert fresh(message).state == "sending"


def test_a_claim_takes_no_more_than_it_is_asked_to(shop):
    for number in range(5):
        queue(shop, number)
    assert len(delivery.claim(shop.sender, 3, clock.now())) == 3


def test_two_that_drain_at_once_send_each_message_once(shop, database_url):
    for number in range(40):
        queue(shop, number)
    channels = [MemoryChannel(), MemoryChannel()]
    threads = [Thread(target=_drain, args=(channel,)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent_to = [outgoing.to for channel in channels for outgoing in channel.taken]
    assert (len(sent_to), len(set(sent_to))) == (40, 40)
    assert Message.select().where(Message.state == "sent").count() == 40


def _drain(channel):
    with database.connection():
        delivery.send_due(channel, lasting=20)
    if not database.is_postgresql():
        database.db.close()


def test_answers_go_before_reminders_and_reminders_before_offers(shop):
    for number, kind in enumerate(("promotion", "reminder", "staff_notice", "answer")):
        queue(shop, number, kind)
    consent.grant(new_phone(shop.company, "+919999900000"), consent.PROMOTIONS, "sheet")
    Message.update(state="queued", reason=None).execute()
    claimed = delivery.claim(shop.sender, 2, clock.now())
    assert [each.message.kind for each in claimed] == ["answer", "staff_notice"]


def test_what_the_rules_refuse_meanwhile_is_not_sent(shop):
    message = queue(shop)
    phone = message.phone
    phone.opted_out_at = MORNING
    phone.save()
    assert not send().taken
    assert (fresh(message).state, fresh(message).reason) == ("cancelled", "opted_out")


def test_what_must_wait_is_looked_at_again_later(shop):
    message = queue(shop)
    it_is("2027-02-01 22:00")
    assert not send().taken
    assert (fresh(message).reason, fresh(message).send_after) == (
        "quiet_hours",
        MORNING.replace(day=2, hour=8),
    )
    it_is("2027-02-02 08:00")
    assert len(send().taken) == 1


# ---- the daily limit


def test_the_daily_limit_holds_what_is_over_until_there_is_room(shop):
    company_settings.change(shop.company, "daily_limit", "2")
    for number in range(3):
        queue(shop, number)
    assert len(send().taken) == 2
    assert Message.get(Message.reason == "daily_limit").state == "queued"
    it_is("2027-02-02 11:01")
    assert len(send().taken) == 1


def test_nobody_counts_who_wrote_to_us(shop):
    company_settings.change(shop.company, "daily_limit", "1")
    say(shop.alice, "hello")
    queue(shop)
    assert len(send().taken) == 2


def test_another_sender_goes_on_meanwhile(shop):
    other = open_shop("Balaji Pharmacy", "+919812300000")
    say(other.alice, "hello")
    Sender.update(held_until=clock.machine_now() + timedelta(hours=1)).where(
        Sender.id == shop.sender.id
    ).execute()
    queue(shop)
    assert [outgoing.sender for outgoing in send().taken] == [other.sender.address]


def test_one_refusal_does_not_keep_the_others_back(shop):
    for number in range(3):
        queue(shop, number)

    def trouble(outgoing):
        if outgoing.to.endswith("1"):
            raise SendError("not on WhatsApp", 63024)

    assert len(send(MemoryChannel(trouble=trouble)).taken) == 2
    failed = Message.get(Message.state == "failed")
    assert failed.phone.reach == reach.NOT_AVAILABLE


def test_no_more_than_the_permitted_rate(shop):
    company_settings.change(shop.company, "rate", "10")
    for number in range(30):
        queue(shop, number)
    channel = MemoryChannel()
    delivery.send_due(channel, lasting=1)
    # One at once, ten a second, and what had gathered at the first look.
    assert 1 < len(channel.taken) <= 14


def test_a_sender_of_its_own_account_speaks_for_it(shop):
    Sender.update(account_sid="ACother", auth_token="other token").execute()
    queue(shop)
    [outgoing] = send().taken
    assert (outgoing.account.sid, outgoing.account.token) == ("ACother", "other token")


def test_a_phone_of_staff_gets_the_notice_that_may_be_written_first(shop):
    outbox.queue(
        phone_of(shop.bob),
        "contacts_assigned",
        key="assigned",
        kind="staff_notice",
        name="Bob D'Souza",
        count=3,
    )
    [outgoing] = send().taken
    assert (outgoing.content_id, outgoing.variables["1"]) == ("HXstaff_tasksen", "Bob")


def test_what_goes_to_one_phone_goes_one_after_the_other(shop):
    reach.heard_from(phone_of(shop.bob), clock.now())
    for number in range(3):
        outbox.queue(phone_of(shop.bob), "dropped", key=f"test:order:{number}")
    first = delivery.claim(shop.sender, 10, clock.now())
    assert [each.message.key for each in first] == ["test:order:0"]
    assert delivery.claim(shop.sender, 10, clock.now()) == []
    recording.taken([(first[0].message, "SM" + "1" * 32)])
    assert [each.message.key for each in delivery.claim(shop.sender, 10, clock.now())] == ["test:order:1"]


# ---- the language of a template


def _a_refill_in_hindi(shop):
    phone = new_phone(shop.company, "+919876050505")
    facts = {"first_name": "", "runs_out_on": MORNING.date()}
    return outbox.queue(phone, "refill_due", key="hindi", kind="reminder", language="hi", **facts)


def test_in_hindi_the_values_are_hindi_too(shop):
    _a_refill_in_hindi(shop)
    [outgoing] = send().taken
    assert (outgoing.content_id, outgoing.variables["1"]) == ("HXrefill_duehi", "जी")
    assert "फ़र" in outgoing.variables["3"]


def test_what_goes_as_the_english_template_carries_english_values(shop):
    ApprovedTemplate.update(status="pending").where(ApprovedTemplate.language == "hi").execute()
    _a_refill_in_hindi(shop)
    [outgoing] = send().taken
    assert outgoing.content_id == "HXrefill_dueen"
    assert outgoing.variables == {"1": "there", "2": "Asha Medicals", "3": "1 Feb 2027"}


def test_what_was_queued_before_values_had_a_language_goes_as_it_is(shop):
    message = queue(shop)
    Message.update(facts={"1": "Ravi", "2": "Asha"}).where(Message.id == message.id).execute()
    assert send().taken[0].variables == {"1": "Ravi", "2": "Asha"}


def test_what_was_written_for_other_words_waits_instead_of_saying_twilio_s_samples(shop):
    message = queue(shop)
    Message.update(facts={"en": {"1": "Ravi"}}).where(Message.id == message.id).execute()
    assert not send().taken
    assert (fresh(message).state, fresh(message).reason) == ("queued", "template_not_approved")


def test_in_a_talk_its_words_go_without_buttons(shop):
    say(shop.alice, "hello")
    facts = {"first_name": "Alice", "runs_out_on": MORNING.date()}
    message = outbox.queue(phone_of(shop.alice), "refill_due", key="due", kind="reminder", **facts)
    Message.update(facts={"en": {"1": "Alice"}}).where(Message.id == message.id).execute()
    [reminder] = [each for each in send().taken if "regular medicine" in each.body]
    assert not reminder.content_id and not reminder.variables


@pytest.mark.parametrize(
    ("at", "most", "least"),
    [("2027-02-01 20:30", 1800, 1700), ("2027-02-01 20:59:50", 60, 60)],
)
def test_what_waits_at_twilio_is_given_up_when_the_quiet_hours_begin(shop, at, most, least):
    it_is(at)
    queue(shop)
    [outgoing] = send().taken
    assert least <= outgoing.within <= most


def test_far_from_the_quiet_hours_it_may_wait_as_long_as_twilio_keeps_it(shop):
    queue(shop)
    assert [outgoing.within for outgoing in send().taken] == [None]


def test_an_answer_may_arrive_at_any_hour(shop):
    it_is("2027-02-01 20:30")
    say(shop.alice, "timings")
    assert {outgoing.within for outgoing in send().taken} == {None}
