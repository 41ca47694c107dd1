"""The description of the API and its page."""

import json
import re

import pytest
from pydantic import TypeAdapter

import config
from api.resources import RESOURCES
from domain import access
from messaging import webhook_calls
from messaging.webhooks import EVENTS

WORDS = (config.ROOT / "docs" / "api.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

ENDPOINTS = [endpoint for resource in RESOURCES for endpoint in resource.endpoints]


@pytest.fixture
def described(client):
    return client.get("/api/openapi.json").json


def test_every_endpoint_is_described_with_its_errors_and_an_answer(described):
    operations = [each for methods in described["paths"].values() for each in methods.values()]
    assert len(operations) == len(ENDPOINTS)
    for operation in operations:
        assert operation["summary"]
        assert {"400", "401", "403", "404", "429", "500"} <= operation["responses"].keys()
        assert operation["responses"].keys() & {"200", "201", "202", "204"}


@pytest.mark.parametrize(
    "endpoint", ENDPOINTS, ids=lambda endpoint: f"{endpoint.tag}.{endpoint.function.__name__}"
)
def test_the_example_of_an_answer_is_one_this_endpoint_could_give(described, endpoint):
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", endpoint.path)
    operation = described["paths"][path][endpoint.method.lower()]
    example = operation["responses"][str(endpoint.status)]["content"]["application/json"]["example"]
    given = TypeAdapter(endpoint.result).validate_json(json.dumps(example))
    assert given
    if endpoint.body is not None:
        sent = operation["requestBody"]["content"]["application/json"]["example"]
        assert TypeAdapter(endpoint.body).validate_json(json.dumps(sent), strict=True)


def test_no_example_is_left_over(described):
    all_of_them = [*described["paths"].values(), *described["webhooks"].values()]
    names = {each["operationId"] for methods in all_of_them for each in methods.values()}
    kept = json.loads((config.ROOT / "api/contract/examples.json").read_text(encoding="utf-8"))
    assert kept.keys() <= names


def test_every_parameter_says_what_it_is(described):
    operations = [each for methods in described["paths"].values() for each in methods.values()]
    parameters = [each for operation in operations for each in operation["parameters"] if "name" in each]
    assert not [each["name"] for each in parameters if not each.get("description")]


def test_every_name_is_used_once(described):
    names = [each["operationId"] for methods in described["paths"].values() for each in methods.values()]
    assert len(names) == len(set(names))


def test_nothing_refers_to_what_is_not_there(client, described):
    parts = set(re.findall(r'"#/components/([^"]+)"', client.get("/api/openapi.json").text))
    assert parts
    for part in parts:
        kind, name = part.split("/")
        assert name in described["components"][kind]


def test_amounts_and_durations_tell_their_units(described):
    for name, schema in described["components"]["schemas"].items():
        for field, about in schema.get("properties", {}).items():
            if re.search(r"amount|price|value|_purchases$|duration|_days$", field):
                assert re.search(r"[Rr]upees|[Ss]econds|[Dd]ays", str(about)), (name, field)


def test_the_page_tells_of_every_endpoint_and_fetches_nothing(client):
    page = client.get("/api/docs").text
    for endpoint in ENDPOINTS:
        assert f'id="{endpoint.tag}.{endpoint.function.__name__}"' in page
    assert not re.findall(r'(?:src|href)="https?:|@import|url\(', page)


def test_every_link_of_the_page_leads_somewhere(client):
    page = client.get("/api/docs").text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_the_words_about_it_name_every_permission_and_event_and_the_pauses(shop):
    named = set(re.findall(r"`(\w+[:.]\w+)`", WORDS))
    assert set(access.permissions(shop.meera)) | set(EVENTS) <= named
    hours = [3600 * each for each in (1, 2, 4, 8, 8)]
    assert webhook_calls.PAUSES == (5, 30, 120, 600, 1800, *hours)
    assert "5 s, 30 s, 2, 10 and 30 minutes, 1, 2, 4, 8 and 8 hours" in WORDS
