"""Other programs hear of what happens here: signed, once it is committed, again when they did not answer."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import standardwebhooks

import config
from clock import machine_now, now
from database import db
from desk_tables import Webhook, WebhookCall
from domain import contacts, deliveries
from messaging import webhook_calls, webhooks
from messaging.channels import webhook as channel
from models import Sender
from tests.conversation import Shop, fresh, new_contact, open_other_shop
from tests.refilling import buy


class Receiver(ThreadingHTTPServer):
    """A billing program: notes what it is told and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Listening)
        self.status = 204
        self.heard: list[tuple[dict[str, str], str]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hook?of=desk"


class _Listening(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((dict(self.headers.items()), body))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def secret(shop: Shop, receiver: Receiver) -> str:
    return webhooks.add(shop.company, "billing", receiver.url, list(webhooks.EVENTS), allows_private=False)[1]


def passed(**time: float) -> None:
    """So long ago everything that waits was put off."""
    WebhookCall.update(try_after=machine_now() - timedelta(**time)).execute()


def test_a_purchase_is_told_and_the_signature_is_the_standards(shop, receiver, secret) -> None:
    buy(shop.alice)
    assert webhook_calls.call_due() == 1
    [(headers, body)] = receiver.heard
    told = standardwebhooks.Webhook(secret).verify(body, headers)
    assert (told["type"], told["data"]["customer_id"]) == ("purchase.recorded", shop.alice.serial)
    assert told["data"]["items"] == [
        {"medicine_name": "Metformin 500", "quantity": 30, "unit_price": 5, "total_amount": 150}
    ]
    assert "Alice" not in body


def test_a_conversion_and_a_change_of_status_are_told(shop, receiver, secret) -> None:
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    contacts.mark_yellow(contact, at=now())
    contacts.convert(contact, at=now(), staff=shop.bob, value=Decimal(450))
    webhook_calls.call_due()
    told = [json.loads(body) for _, body in receiver.heard]
    moves = [(one["type"], one["data"].get("previous"), one["data"]["status"]) for one in told]
    assert sorted(moves) == [
        ("contact.converted", None, "converted"),
        ("contact.status_changed", "pending", "yellow"),
        ("contact.status_changed", "yellow", "converted"),
    ]


def test_an_alarm_is_told_once_by_a_way_that_does_not_lead_over_twilio(shop, receiver, secret) -> None:
    hour = timedelta(hours=1)
    Sender.update(stopped_by=63020, held_until=machine_now() + hour).execute()
    for _ in range(2):
        deliveries.note(now())
    webhook_calls.call_due()
    [(_, body)] = receiver.heard
    assert json.loads(body)["data"] == {"kind": "sender_stopped", "code": 63020}


def test_what_was_rolled_back_is_not_told(shop, receiver, secret) -> None:
    with db.atomic() as changes:
        buy(shop.alice)
        changes.rollback()
    assert webhook_calls.call_due() == 0


def test_another_company_hears_nothing(shop, receiver, secret) -> None:
    _, charlie = open_other_shop()
    buy(charlie)
    assert webhook_calls.call_due() == 0


def test_who_does_not_answer_is_called_again_later_with_the_same_id_for_a_day(shop, receiver, secret) -> None:
    receiver.status = 503
    buy(shop.alice)
    for _ in webhook_calls.PAUSES:
        assert webhook_calls.call_due() == 1
        assert webhook_calls.call_due() == 0
        passed()
    assert webhook_calls.call_due() == 1
    passed()
    assert webhook_calls.call_due() == 0
    assert (WebhookCall.get().state, WebhookCall.get().outcome) == ("failed", "503")
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    assert timedelta(hours=23) < timedelta(seconds=sum(webhook_calls.PAUSES)) < timedelta(hours=25)


def test_who_answers_at_last_is_called_no_more(shop, receiver, secret) -> None:
    receiver.status = 500
    buy(shop.alice)
    webhook_calls.call_due()
    receiver.status = 200
    passed()
    webhook_calls.call_due()
    passed()
    assert webhook_calls.call_due() == 0
    assert fresh(WebhookCall.get()).state == "done"


def test_who_is_gone_is_called_for_nothing_any_more(shop, receiver, secret) -> None:
    receiver.status = 410
    buy(shop.alice)
    webhook_calls.call_due()
    assert not Webhook.get().is_active
    buy(shop.alice)
    assert webhook_calls.call_due() == 0


def test_a_redirect_is_not_followed(shop, receiver, secret) -> None:
    receiver.status = 302
    buy(shop.alice)
    webhook_calls.call_due()
    assert (len(receiver.heard), WebhookCall.get().state) == (1, "waiting")


def test_a_call_whose_worker_died_is_made_again(shop, receiver, secret) -> None:
    buy(shop.alice)
    long_ago = machine_now() - webhook_calls.LEASE * 2
    WebhookCall.update(state="calling", claimed_at=long_ago).execute()
    assert webhook_calls.call_due() == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/hook",
        "https://127.0.0.1/hook",
        "https://10.0.0.8/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.8]/hook",
        "https://localhost/hook",
        "http://93.184.215.14/hook",
        "https://user:word@93.184.215.14/hook",
        "ftp://93.184.215.14/hook",
        "hook",
    ],
)
def test_in_production_private_networks_and_open_letters_are_refused(monkeypatch, url: str) -> None:
    monkeypatch.setattr(config, "SIMULATED", False)
    with pytest.raises(channel.Forbidden):
        channel.check(url, allows_private=False)


def test_a_private_network_may_be_allowed_but_not_without_https(monkeypatch) -> None:
    monkeypatch.setattr(config, "SIMULATED", False)
    assert channel.check("https://10.0.0.8/hook", allows_private=True) == "10.0.0.8"
    with pytest.raises(channel.Forbidden):
        channel.check("http://10.0.0.8/hook", allows_private=True)


def test_address_secret_and_what_is_told_are_encrypted(shop, receiver, secret) -> None:
    buy(shop.alice)
    kept = db.execute_sql("SELECT url, secret FROM webhook").fetchall()
    kept += db.execute_sql("SELECT body FROM webhook_call").fetchall()
    assert not [word for word in (receiver.url, secret, "Metformin") if word in str(kept)]
