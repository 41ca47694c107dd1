"""One row that nobody can work with, for instance because its key was lost, holds up none of the others."""

import shutil
from datetime import timedelta

import pytest
from jinja2 import UndefinedError
from peewee import Value

import config
import spool
from bot import arrivals, conversation
from domain import deliveries, follow_ups, materials, people, refill_ladder
from encryption import Unreadable
from messaging import render
from messaging.channels.base import SendError
from messaging.channels.memory import MemoryChannel
from models import Contact, FollowUp, InboundMessage, Message, Phone
from tests.conversation import (
    MORNING,
    approve_everything,
    fresh,
    it_is,
    new_customer,
    open_other_shop,
)
from tests.end_to_end.sheets import sheet
from tests.importing import take_in
from tests.messaging.sending import queue, send
from tests.refilling import buy
from workers.jobs import follow_ups_due, refills_due


@pytest.fixture
def shop(shop):
    approve_everything(shop.company)
    return shop


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """Breaks a template as a slip of the pen would, for the length of a test."""
    folder = tmp_path / "messages"
    shutil.copytree(render.FOLDER, folder)
    monkeypatch.setattr(render, "FOLDER", folder)
    caches = (render._compiled, render._environment, render.approved)
    for cache in caches:
        cache.cache_clear()
    yield lambda name: (folder / f"{name}.txt").write_text("Hello {{ nobodys_name }}, all is well.")
    for cache in caches:
        cache.cache_clear()


def _poison(row, field):
    """As it is when the key it was written under is gone."""
    table = type(row)
    table.update({field: Value("torn", converter=False)}).where(table.id == row.id).execute()


def _write(shop, number, body):
    address = f"+91987650000{number}"
    fields = {"provider_id": f"SM{number}", "from_address": address, "to_address": shop.sender.address}
    arrivals.store_message({**fields, "body": body}, MORNING)


# ---- going out


def test_a_message_nobody_can_read_fails_and_the_others_go(shop):
    messages = [queue(shop, number) for number in range(3)]
    _poison(messages[1], Message.body)
    assert len(send().taken) == 2
    rows = Message.select(Message.state, Message.reason).order_by(Message.id)
    assert [(row.state, row.reason) for row in rows] == [
        ("sent", None),
        ("failed", "unreadable"),
        ("sent", None),
    ]


def test_a_bug_met_by_one_message_leaves_it_uncertain_and_records_the_others(shop, caplog):
    messages = [queue(shop, number) for number in range(3)]

    def trouble(outgoing):
        if outgoing.to == messages[1].phone.address:
            raise KeyError("a bug")

    assert len(send(MemoryChannel(trouble=trouble)).taken) == 2
    assert [fresh(message).state for message in messages] == ["sent", "uncertain", "sent"]
    assert f"message {messages[1].id} could not be handed over" in caplog.text


def test_a_message_twilio_refuses_fails_with_its_code_and_the_others_go(shop):
    messages = [queue(shop, number) for number in range(3)]

    def trouble(outgoing):
        if outgoing.to == messages[1].phone.address:
            raise SendError("refused", 21617)

    assert len(send(MemoryChannel(trouble=trouble)).taken) == 2
    states = [(fresh(message).state, fresh(message).error_code) for message in messages]
    assert states == [("sent", None), ("failed", 21617), ("sent", None)]


# ---- coming in


def test_words_nobody_can_read_are_apologised_for_and_everybody_else_is_answered(shop):
    for number in range(3):
        _write(shop, number, "timings")
    _poison(InboundMessage.get(InboundMessage.provider_id == "SM1"), InboundMessage.body)
    assert conversation.answer_all() == 2
    for _ in range(conversation.TRIES - 1):
        assert conversation.answer_all() == 0
    states = [row.state for row in InboundMessage.select(InboundMessage.state).order_by(InboundMessage.id)]
    assert states == ["answered", "failed", "answered"]
    assert Message.get(Message.template == "apology").phone.address == "+919876500001"
    assert FollowUp.select().where(FollowUp.kind == "question").count() == 1


def test_a_phone_nobody_can_read_keeps_no_other_waiting(shop):
    for number in range(3):
        _write(shop, number, "timings")
    conversation._know_phones()
    _poison(Phone.get(Phone.address == "+919876500000"), Phone.asking)
    assert conversation.answer_all() == 2


def test_a_spooled_form_that_does_not_fit_is_kept_aside_and_the_next_are_taken_in(
    shop, monkeypatch, tmp_path
):
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    said = {"from_address": "+919876500001", "to_address": shop.sender.address, "body": "hello"}
    spool.put(arrivals.inbound(said))
    spool.put({"kind": "report", "at": "", "fields": {"of": "another release"}})
    spool.put({"words": "of nobody"})
    spool.put(arrivals.inbound({**said, "provider_id": "SM10"}))
    assert arrivals.take_in_spooled() == 1
    assert InboundMessage.get().provider_id == "SM10"
    assert (spool.waiting(), spool.aside()) == (0, 3)


# ---- what falls due


def test_a_promise_nobody_can_read_keeps_no_other_from_being_told(shop):
    due = MORNING + timedelta(hours=1)
    person = people.of_customer(shop.alice)
    first, second = (follow_ups.remind(person, due, "call", staff=shop.bob, at=MORNING) for _ in range(2))
    _poison(first, FollowUp.notes)
    with pytest.raises(Unreadable):
        follow_ups.tell_due(shop.company, due)
    assert FollowUp.select(FollowUp.notified_at).where(FollowUp.id == second.id).get().notified_at


def test_a_phone_nobody_can_read_keeps_no_other_from_its_reminder(shop):
    other = new_customer(shop.company, "Ravi Pawar", "+919876500077")
    for customer in (shop.alice, other):
        buy(customer)
    _poison(shop.alice.phone, Phone.asking)
    with pytest.raises(Unreadable):
        refill_ladder.remind_due(shop.company, it_is("2027-02-28 10:00"))
    assert [row.phone_id for row in Message.select(Message.phone)] == [other.phone_id]


def test_an_outcome_nobody_can_take_in_keeps_no_other_from_it(shop):
    messages = [queue(shop, number) for number in range(3)]
    send()
    _poison(messages[0], Message.body)
    with pytest.raises(Unreadable):
        deliveries.note(MORNING)
    left = Message.select(Message.id).where(Message.outcome.is_null(False))
    assert [row.id for row in left] == [messages[0].id]


def test_a_contact_nobody_can_read_keeps_no_other_from_the_materials(shop):
    received = take_in(shop, sheet(60)[1], "walk-ins.csv", consent_basis="at the counter")
    assert received.state == "published"
    _poison(Contact.select(Contact.id).order_by(Contact.id).first(), Contact.consent_basis)
    with pytest.raises(Unreadable):
        materials.send(MORNING)
    assert Message.select().where(Message.template == "store_materials").count() == 59


def test_a_template_that_raises_stops_nothing_but_itself(shop, broken):
    broken("refill_due")
    buy(shop.alice)
    promise = follow_ups.remind(
        people.of_customer(shop.alice), MORNING + timedelta(days=1), "call", staff=shop.bob, at=MORNING
    )
    it_is("2027-02-28 10:00")
    with pytest.raises(UndefinedError):
        refills_due.run()
    follow_ups_due.run()
    assert [row.template for row in Message.select()] == ["follow_up_due"]
    assert fresh(promise).notified_at


def test_one_company_s_trouble_is_not_another_s(shop):
    other, charlie = open_other_shop()
    for customer in (shop.alice, charlie):
        buy(customer)
    _poison(shop.alice.phone, Phone.asking)
    it_is("2027-02-28 10:00")
    with pytest.raises(Unreadable):
        refills_due.run()
    assert [row.company_id for row in Message.select(Message.company)] == [other.company.id]
