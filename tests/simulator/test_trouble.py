"""Trouble on demand."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from requests.exceptions import ConnectionError, ReadTimeout
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.simulator.running import ALICE, Refused, Rewriting, eventually
from tests.simulator.shop import ACCOUNT, TOKEN


@pytest.fixture
def hurried(simulator):
    """The shop's client, but one that waits for an answer only for a moment."""
    usual = simulator.twilio
    simulator.twilio = Client(ACCOUNT, TOKEN, http_client=Rewriting(simulator.address, timeout=0.5))
    yield
    simulator.calm()
    simulator.twilio = usual


@pytest.mark.parametrize(("answer", "status", "code"), [("429", 429, 20429), ("500", 500, 20500)])
def test_the_next_creates_are_turned_away(simulator, answer, status, code):
    simulator.control("trouble", answer=answer, count=2)
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            simulator.send("Hello")
        assert (refused.value.status, refused.value.code) == (status, code)
    simulator.send("Hello")
    assert [entry["taken"] for entry in simulator.look("creates?message=7")] == [False, False, True]


def test_an_error_may_hide_that_the_message_was_taken(simulator):
    simulator.control("trouble", answer="500-taken")
    with pytest.raises(TwilioRestException):
        simulator.send("Hello")
    assert len(simulator.look("messages")) == 1


@pytest.mark.parametrize(("answer", "taken"), [("reset", 0), ("reset-taken", 1)])
def test_a_connection_breaks(simulator, answer, taken):
    simulator.control("trouble", answer=answer)
    with pytest.raises(ConnectionError, match="reset"):
        simulator.send("Hello")
    assert len(simulator.look("messages")) == taken


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("answer", "taken"), [("timeout", 0), ("timeout-taken", 1)])
def test_an_answer_does_not_come(simulator, answer, taken):
    simulator.control("trouble", answer=answer)
    with pytest.raises(ReadTimeout):
        simulator.send("Hello")
    assert len(simulator.look("messages")) == taken


def test_many_may_hang_while_others_are_served(simulator):
    simulator.control("trouble", answer="timeout", count=30, hang_seconds=60)
    hanging = [threading.Thread(target=_send_in_vain, args=[simulator]) for _ in range(30)]
    for thread in hanging:
        thread.start()
    eventually(lambda: simulator.look("trouble")["count"] == 0)
    simulator.send("Hello", message=8)
    simulator.calm()
    for thread in hanging:
        thread.join(20)
    assert [len(simulator.look(f"creates?message={message}")) for message in (7, 8)] == [30, 1]


def _send_in_vain(simulator):
    client = Client(ACCOUNT, TOKEN, http_client=Rewriting(simulator.address, timeout=60))
    callback = f"{simulator.shop.address}/whatsapp/status?message=7"
    with pytest.raises(ConnectionError):
        client.messages.create(
            to=f"whatsapp:{ALICE}", from_="whatsapp:+912240001122", body="Hello", status_callback=callback
        )


def test_a_create_is_refused_with_any_code(simulator):
    simulator.control("trouble", answer="refuse", code=21610)
    with pytest.raises(TwilioRestException) as refused:
        simulator.send("Hello")
    assert (refused.value.status, refused.value.code) == (400, 21610)


def test_a_message_fails_later_with_any_code(simulator):
    simulator.write("Hello")
    simulator.control("trouble", answer="fail", code=63018)
    assert simulator.ends_as(simulator.send("Hello"), "failed")["error_code"] == 63018


def test_answers_take_their_time(simulator):
    simulator.control("trouble", delay_ms=300)
    asked_at = datetime.now(UTC)
    simulator.send("Hello")
    assert datetime.now(UTC) - asked_at >= timedelta(milliseconds=300)


def test_reports_come_twice(simulator, shop):
    simulator.write("Hello")
    simulator.control("trouble", callbacks="doubled")
    message = simulator.send("Hello")
    eventually(lambda: len(shop.statuses(message.sid)) == 4)
    assert shop.statuses(message.sid) == ["sent", "sent", "delivered", "delivered"]


def test_reports_come_in_the_wrong_order(simulator, shop):
    simulator.control("phones", number=ALICE, name="Alice")
    simulator.write("Hello")
    simulator.control("trouble", callbacks="shuffled")
    message = simulator.send("Hello")
    eventually(lambda: len(shop.statuses(message.sid)) == 3)
    assert shop.statuses(message.sid) == ["read", "delivered", "sent"]


def test_reports_come_late(simulator, shop):
    simulator.write("Hello")
    simulator.control("trouble", callbacks="late", late_seconds=0.5)
    message = simulator.send("Hello")
    simulator.ends_as(message, "delivered")
    assert shop.statuses(message.sid) == []
    eventually(lambda: len(shop.statuses(message.sid)) == 2)


def test_reports_do_not_come(simulator, shop):
    simulator.write("Hello")
    simulator.control("trouble", callbacks="none")
    unheard = simulator.send("Hello")
    simulator.ends_as(unheard, "delivered")
    simulator.control("trouble", callbacks="normal")
    heard = simulator.send("Hello")
    eventually(lambda: shop.statuses(heard.sid) == ["sent", "delivered"])
    assert shop.statuses(unheard.sid) == []


def test_what_people_write_comes_twice(simulator, shop):
    simulator.control("trouble", inbound="doubled")
    message = simulator.write("Hello")
    eventually(lambda: len(shop.inbound) == 2)
    assert {form["MessageSid"] for form in shop.inbound} == {message["sid"]}


@pytest.mark.parametrize(
    "wish", [{"answer": "nonsense"}, {"count": -1}, {"callbacks": 3}, {"weather": "bad"}]
)
def test_trouble_that_does_not_exist_is_refused_and_changes_nothing(simulator, wish):
    before = simulator.look("trouble")
    with pytest.raises(Refused):
        simulator.control("trouble", delay_ms=5, **wish)
    assert simulator.look("trouble") == before
