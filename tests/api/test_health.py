"""Whoever watches the desk sees what stands still, and nothing about people."""

from datetime import timedelta

import pytest

import app
import clock
import config
import database
from desk_tables import Tick
from messaging import outbox
from models import InboundMessage, Message, Sender
from tests.conversation import later, new_phone, phone_of, say
from workers import queues


@pytest.fixture
def shop(shop, database_url, monkeypatch, tmp_path):
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    return shop


@pytest.fixture
def client(shop):
    return app.create_app().test_client()


def _wrong(client):
    answer = client.get("/readyz")
    assert answer.status_code == (503 if answer.json["wrong"] else 200)
    return answer.json["wrong"]


def _wait(shop, to=""):
    InboundMessage.create(
        provider_id="SM1",
        from_address="+919876500001",
        to_address=to or shop.sender.address,
        received_at=clock.now(),
    )


def test_a_desk_that_works_is_ready(client):
    assert _wrong(client) == []


def test_somebody_who_waits_for_long_is_seen(shop, client):
    _wait(shop)
    assert _wrong(client) == []
    later(minutes=10)
    assert _wrong(client) == ["unanswered"]


def test_a_message_to_a_number_that_is_not_ours_makes_nobody_wait(shop, client):
    _wait(shop, to="+919999999999")
    later(minutes=10)
    assert _wrong(client) == []


def test_a_message_that_should_have_gone_is_seen_one_that_is_held_is_not(shop, client):
    say(shop.alice, "hello")
    later(minutes=10)
    assert _wrong(client) == ["overdue"]
    Message.update(send_after=clock.now() + timedelta(hours=1)).execute()
    assert _wrong(client) == []


def test_a_clock_that_stands_still_is_seen(shop, client):
    Tick.create(job="sweep", ran_at=clock.machine_now() - timedelta(minutes=5))
    assert _wrong(client) == ["clock"]


def test_without_redis_it_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(config, "REDIS_URL", "redis://127.0.0.1:9")
    queues.connection.cache_clear()
    assert _wrong(client) == ["redis"]
    queues.connection.cache_clear()


def test_the_metrics_count_what_waits_and_what_went_wrong(shop, client):
    phone = new_phone(shop.company, "+919876012345")
    outbox.queue(phone, "answer_waits", key="one", kind="reminder", first_name="Ravi")
    failed = outbox.queue(phone, "answer_waits", key="two", kind="reminder", first_name="Ravi")
    gone = Message.update(state="failed", error_code=63024, claimed_at=clock.machine_now())
    gone.where(Message.id == failed.id).execute()
    Sender.update(held_until=clock.machine_now() + timedelta(hours=1)).execute()
    text = client.get("/metrics").text
    assert (
        'refilldesk_messages_waiting{kind="reminder",reason="template_not_approved",state="queued"} 1.0'
        in text
    )
    assert 'refilldesk_failures_last_hour{code="63024"} 1.0' in text
    assert f'refilldesk_sender_held{{sender="{shop.sender.id}"}} 1.0' in text
    assert "refilldesk_database_up 1.0" in text


def test_the_metrics_name_nobody(shop, client):
    say(shop.alice, "my sugar is high")
    text = client.get("/metrics").text
    assert 'refilldesk_inbound_last_hour{state="answered"} 1.0' in text
    assert phone_of(shop.alice).address.lstrip("+") not in text
    assert "sugar" not in text


def test_without_a_database_both_still_answer(shop, client, monkeypatch):
    present = database.db.obj
    database.db.initialize(database.SqliteDatabase("/nowhere/desk.db"))
    try:
        assert _wrong(client) == ["database"]
        assert "refilldesk_database_up 0.0" in client.get("/metrics").text
        assert client.get("/healthz").status_code == 200
    finally:
        database.db.initialize(present)


def test_who_needs_the_database_is_told_that_it_is_away(shop, client):
    present = database.db.obj
    database.db.initialize(database.SqliteDatabase("/nowhere/desk.db"))
    try:
        answer = client.post("/dev/clock", data={"move": "+1d"})
    finally:
        database.db.initialize(present)
    assert (answer.status_code, answer.json["error"]["code"]) == (503, "unavailable")


def test_what_stops_our_messages_is_named(shop, client):
    until = clock.machine_now() + timedelta(hours=1)
    Sender.update(stopped_by=63051, held_until=until, held_reason="twilio_63051").execute()
    answer = client.get("/readyz").json
    assert (answer["alarms"], answer["wrong"]) == ([63051], ["alarm"])


def test_messages_to_a_number_that_is_not_ours_are_counted(shop, client):
    _wait(shop, to="+912299999999")
    assert client.get("/readyz").json["not_ours"] == 1
