"""Every refusal has one shape, names what is at fault and repeats nothing of what was sent."""

import json
import re

import pytest

from api.contract import sentences
from messaging import render
from tests.api.calling import Program

PATH = "/api/customers/quick-purchase"
SECRET = "SECRET-9988776655"
TAKEN = {"staff_code": "STAFF001", "name": "Jane Smith", "phone": "9811111111"}


def item(**changes):
    return {"medicine_name": "Metformin 500", "quantity": 30, "unit_price": 5} | changes


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"items": [item()]}, "phone"),
        ({"phone": SECRET, "items": [item()]}, "phone"),
        ({"phone": "9876500000", "items": []}, "items"),
        ({"phone": "9876500000", "items": [item(quantity=SECRET)]}, "items.0.quantity"),
        ({"phone": "9876500000", "items": [item(), item(duration_days=0)]}, "items.1.duration_days"),
        ({"phone": "9876500000", "items": [item(unit_price=None)]}, "items.0.unit_price"),
        ({"phone": "9876500000", "items": [item(total_amount=1)]}, "items.0.total_amount"),
        ({"phone": "9876500000", "items": [item(), item(total_amount=1)]}, "items.1.total_amount"),
        (
            {"phone": "9876500000", "items": [item(medicine_name=SECRET, unit_price=None)]},
            "items.0.unit_price",
        ),
        ({"phone": "9876500000", "items": [item()], "category": SECRET}, "category"),
        ({"phone": "9876500000", "items": [item()], "purchase_date": "2031-01-01"}, "purchase_date"),
        ({"phone": "9876500000", "items": [item()], "name": "a\x00b"}, "name"),
    ],
)
def test_an_invalid_request_names_the_field_and_not_what_was_sent(bob: Program, body, field):
    refused = bob.post(PATH, body)
    error = refused.json["error"]
    assert (refused.status_code, error["field"]) == (400, field)
    assert error.keys() == {"code", "message", "field"}
    assert SECRET not in refused.text


@pytest.mark.parametrize(
    ("method", "path", "body", "fault"),
    [
        ("POST", PATH, {"phone": "9876500000", "items": [item()], "staff_code": SECRET}, (404, "staff_code")),
        ("POST", "/api/customers/staff", TAKEN, (409, "staff_code")),
        ("GET", "/api/customers/contacts/999", None, (404, "contact_id")),
        ("GET", "/api/customers/reminders/999", None, (404, "reminder_id")),
        ("GET", "/api/customers/phone/9811199999", None, (404, "phone")),
    ],
)
def test_what_is_not_there_or_does_not_go_names_its_field_too(meera: Program, method, path, body, fault):
    refused = meera.send(method, path, body)
    assert (refused.status_code, refused.json["error"]["field"]) == fault
    assert SECRET not in refused.text


def test_every_sentence_for_programs_is_of_a_refusal_there_is():
    known = {path.name.split(".")[0] for path in render.FOLDER.glob("refused_*.txt")}
    assert {f"refused_{code}" for code in sentences.REFUSALS} <= known


def test_a_program_is_told_the_rule_and_not_how_it_is_written_in_python(bob: Program):
    body = {"phone": "9876500000", "name": "a\x00b", "items": [item(unit_price=10**9)]}
    for changes, words in (({}, "characters"), ({"name": "Ravi"}, "at most 10000000.")):
        message = bob.post(PATH, body | changes).json["error"]["message"]
        assert words in message
        assert not re.search(r"\\x|Decimal|Input|String", message)


def test_a_mark_of_the_byte_order_is_no_fault(bob: Program, client):
    body = b"\xef\xbb\xbf" + json.dumps({"phone": "9876500000", "items": [item()]}).encode()
    sent = client.post(PATH, data=body, headers=bob.headers | {"Content-Type": "application/json"})
    assert sent.status_code == 201


def test_a_name_nobody_knows_is_a_slip_of_the_pen(meera: Program, shop):
    refused = meera.send("PATCH", f"/api/customers/{shop.alice.serial}", {"alergies": SECRET})
    assert (refused.status_code, refused.json["error"]["field"]) == (400, "alergies")
    assert SECRET not in refused.text


def test_a_body_that_is_no_json_is_invalid_and_one_that_is_something_else_is_415(bob: Program, client):
    headers = bob.headers | {"Content-Type": "application/json"}
    assert client.post(PATH, data="{", headers=headers).json["error"]["code"] == "invalid"
    assert client.post(PATH, data="a=b", headers=bob.headers).status_code == 415


def test_without_a_token_nothing_is_told(client):
    refused = client.get("/api/customers/contacts")
    assert (refused.status_code, refused.json["error"]["code"]) == (401, "unauthorized")
    assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_what_is_not_there_and_what_cannot_be_done_there_are_told_apart(bob: Program):
    assert bob.get("/api/customers/contacts/999").json["error"]["code"] == "no_such_contact"
    assert bob.get("/api/nothing").json["error"]["code"] == "not_found"
    refused = bob.send("DELETE", "/api/customers/contacts")
    assert (refused.status_code, refused.json["error"]["code"]) == (405, "method_not_allowed")
    assert "GET" in refused.headers["Allow"]


def test_more_than_is_taken_is_413(bob: Program):
    body = {"phone": "9876500000", "items": [item()], "notes": "x" * 2_000_000}
    assert bob.post(PATH, body).json["error"]["code"] == "too_large"


def test_a_fault_of_ours_is_a_500_that_tells_nothing_of_our_inside(bob: Program, client, monkeypatch):
    monkeypatch.setitem(client.application.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("domain.purchases.record", lambda *_, **__: 1 / 0)
    refused = bob.post(PATH, {"phone": "9876500000", "items": [item()]})
    assert (refused.status_code, refused.json["error"]["code"]) == (500, "internal")
    assert "division" not in refused.text


def test_a_query_is_checked_like_a_body(bob: Program):
    for wrong in ("status=unheard", "limit=0", "limit=ten", "stauts=pending", "status=pending&status=yellow"):
        refused = bob.get(f"/api/customers/contacts?{wrong}")
        assert (refused.status_code, refused.json["error"]["field"]) == (400, wrong.partition("=")[0])
