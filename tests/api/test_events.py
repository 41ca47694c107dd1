"""What other programs are told is what the description of the webhooks says, and what docs/api.md says."""

import json
import re
from decimal import Decimal

import jsonschema_rs
import pytest

import config
from api.contract.webhooks import name_of
from api.events import EVENTS
from clock import now
from desk_tables import WebhookCall
from domain import contacts, deliveries, refill_answers, reservations
from messaging import webhooks
from models import ApprovedTemplate, Sender
from tests.conversation import MORNING, approve_everything, fresh, later, new_contact
from tests.refilling import after, buy

WORDS = (config.ROOT / "docs" / "api.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def listening(shop):
    webhooks.add(
        shop.company, "all", "https://programs.example/", list(webhooks.EVENTS), allows_private=False
    )
    return shop


@pytest.fixture
def described(client):
    return client.get("/api/openapi.json").json


def _told() -> list[dict]:
    return [json.loads(call.body) for call in WebhookCall.select().order_by(WebhookCall.id)]


def _fit(described, *names: str) -> None:
    """All that was told is as described, and of each of `names` something was."""
    told = _told()
    assert {each["type"] for each in told} == set(names)
    for each in told:
        body = described["webhooks"][each["type"]]["post"]["requestBody"]["content"]["application/json"]
        schema = {**body["schema"], "components": described["components"]}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(each)


def test_all_events_are_described(described):
    assert [name_of(event) for event in EVENTS] == list(webhooks.EVENTS)
    assert list(described["webhooks"]) == sorted(webhooks.EVENTS)


def test_a_purchase_and_an_order_are_told_as_described(listening, described):
    reminder = buy(listening.alice)
    refill_answers.keep_ready([fresh(reminder)], at=MORNING, cause="message:1")
    reservations.reserve(fresh(reminder), staff=listening.bob, at=MORNING)
    buy(listening.alice, on=after(0))
    reservations.reserve(buy(listening.alice, "Atorva 10"), staff=listening.bob, at=MORNING)
    _fit(described, "purchase.recorded", "order.changed")


@pytest.mark.parametrize("value", [None, Decimal("450.50")])
def test_a_contact_is_told_as_described(listening, described, value):
    contact = new_contact(listening.company, "Anita Joshi", "+919820001111")
    contacts.mark_yellow(contact, at=now())
    contacts.convert(contact, at=now(), staff=listening.bob if value else None, value=value)
    _fit(described, "contact.status_changed", "contact.converted")


@pytest.mark.parametrize("status", ["rejected", "paused", "disabled", "stopped"])
def test_alarms_are_told_as_described(listening, described, status):
    Sender.update(stopped_by=63020, held_until=later(hours=1)).execute()
    approve_everything(listening.company)
    ApprovedTemplate.update(status=status).where(ApprovedTemplate.name == "refill_due").execute()
    deliveries.note(now())
    deliveries.tell_of_unknown_errors(listening.company, {63999: 7}, now())
    kinds = {each["data"]["kind"] for each in _told()}
    assert kinds == {"sender_stopped", f"template_{status}", "unknown_error"}
    _fit(described, "alarm.raised")


def test_the_examples_are_as_described(described):
    for name, methods in described["webhooks"].items():
        body = methods["post"]["requestBody"]["content"]["application/json"]
        schema = {**body["schema"], "components": described["components"]}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(body["example"])
        assert body["example"]["type"] == name


def test_the_words_name_each_field_that_is_told(described):
    rows = dict(re.findall(r"^\| `(\w+\.\w+)` \|.*\| (.*) \|$", WORDS, re.MULTILINE))
    schemas = described["components"]["schemas"]
    for event in EVENTS:
        data = json.dumps(schemas[event.__name__]["properties"]["data"])
        told = set(re.findall(r"schemas/(\w+)", data))
        fields = {field for name in told for field in schemas[name]["properties"]}
        if "items" in fields:
            fields |= schemas["LineSold"]["properties"].keys()
        assert set(re.findall(r"`(\w+)`", rows[name_of(event)])) == fields


def test_the_page_shows_each_event(client):
    page = client.get("/api/docs").text
    assert not [name for name in webhooks.EVENTS if f'id="webhook-{name}"' not in page]
