"""Customers over HTTP."""

import pytest

from domain import refill_answers
from models import Phone
from tests.api.calling import Program, hire
from tests.conversation import MORNING, fresh, new_customer, phone_of
from tests.refilling import buy, open_ones


def test_a_phone_leads_to_its_primary_customer_and_the_others(bob: Program, shop):
    ravi = new_customer(shop.company, "Ravi Fernandes", shop.alice.phone.address)
    path = f"/api/customers/phone/{shop.alice.phone.address}"
    found = bob.get(path).json
    assert (found["id"], found["others"]) == (shop.alice.serial, [{"id": ravi.serial, "name": ravi.name}])
    assert bob.get(path, customer_id=ravi.serial).json["name"] == ravi.name
    assert bob.get(path, customer_id=999).status_code == 404


@pytest.mark.parametrize("spelling", ["98765 43213", "+91-98765-43213", "09876543213"])
def test_the_phone_may_be_spelled_in_any_way(bob: Program, shop, spelling):
    assert bob.get(f"/api/customers/phone/{spelling}").json["id"] == shop.alice.serial


def test_a_phone_of_nobody_is_not_found_and_not_repeated(bob: Program):
    refused = bob.get("/api/customers/phone/9811122233")
    assert (refused.status_code, refused.json["error"]["code"]) == (404, "nobody")
    assert "9811122233" not in refused.text


def test_what_is_sent_is_changed_and_the_rest_stays(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}"
    bob.send("PATCH", path, {"age": 61, "email": "alice@example.com"})
    changed = bob.send("PATCH", path, {"email": None, "name": None}).json
    assert (changed["age"], changed["email"], changed["name"]) == (61, None, shop.alice.name)


def test_customers_are_filtered(bob: Program, shop):
    ravi = new_customer(shop.company, "Ravi Kumar", "+919811122233")
    ravi.category = "generic_informed"
    ravi.save()
    for query in ({"name": "Ravi"}, {"category": "generic_informed"}, {"phone": "98111 22233"}):
        assert [row["id"] for row in bob.get("/api/customers/", **query).json] == [ravi.serial]


def test_only_who_deals_out_gives_a_customer_to_somebody(bob, meera: Program, shop):
    path = f"/api/customers/{shop.alice.serial}"
    refused = bob.send("PATCH", path, {"assigned_to": "STAFF002"})
    assert (refused.status_code, "contacts:assign" in refused.json["error"]["message"]) == (403, True)
    assert meera.send("PATCH", path, {"assigned_to": "STAFF002"}).json["assigned_to"] == "STAFF002"
    assert fresh(shop.alice).assigned_to == shop.bob


def test_only_managers_act_in_anothers_name(bob, meera: Program, shop):
    hire(shop.company, "STAFF003", "support", "+919000000003")
    bill = {
        "phone": "9811122233",
        "name": "Ravi",
        "staff_code": "STAFF003",
        "items": [{"medicine_name": "Metformin", "quantity": 1, "unit_price": 5}],
    }
    refused = bob.post("/api/customers/quick-purchase", bill)
    assert (refused.status_code, "staff:credit" in refused.json["error"]["message"]) == (403, True)
    assert meera.post("/api/customers/quick-purchase", bill).status_code == 201
    [bought] = meera.get("/api/customers/2/purchases").json
    assert (bought["staff_code"], bought["items"][0]["medicine_name"]) == ("STAFF003", "Metformin")


def test_the_profile_tells_and_takes_that_somebody_was_told_of_generics(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}"
    assert bob.get(path).json["generic_education_given"] is False
    assert bob.send("PATCH", path, {"generic_education_given": True}).json["generic_education_given"] is True
    assert bob.get(f"{path}/generic-education").json["told_by"] == "STAFF002"


def test_the_right_number_is_entered_in_any_spelling_and_reminders_go_there(bob: Program, shop):
    reminder = buy(shop.alice)
    refill_answers.wrong_number(phone_of(shop.alice), at=MORNING, cause="message:1")
    changed = bob.send(
        "PATCH", f"/api/customers/{shop.alice.serial}", {"phone": "98200 01111", "age": 61}
    ).json
    assert (changed["phone"], changed["age"]) == ("+919820001111", 61)
    [begun] = open_ones()
    assert (begun.phone.address, fresh(reminder).ended_because) == ("+919820001111", "wrong_number")


@pytest.mark.parametrize(
    ("phone", "status", "code"),
    [
        ("982", 400, "invalid"),
        ("98200 01111, 98200 02222", 400, "invalid"),
        ("98111 22233", 409, "customer_known"),
    ],
)
def test_a_number_that_cannot_be_theirs_is_refused_and_nothing_changed(
    bob: Program, shop, phone, status, code
):
    new_customer(shop.company, shop.alice.name, "+919811122233")
    refused = bob.send("PATCH", f"/api/customers/{shop.alice.serial}", {"phone": phone, "age": 61})
    assert (refused.status_code, refused.json["error"]["code"]) == (status, code)
    assert refused.json["error"]["field"] == "phone"
    assert (fresh(shop.alice).age, phone_of(fresh(shop.alice)).address) == (None, "+919876543213")


@pytest.mark.parametrize("said", [None, "98765 43213"])
def test_no_number_or_the_same_leaves_the_one_there_is(bob: Program, shop, said):
    changed = bob.send("PATCH", f"/api/customers/{shop.alice.serial}", {"phone": said, "age": 61}).json
    assert (changed["phone"], changed["age"]) == (shop.alice.phone.address, 61)


@pytest.mark.parametrize("phone", ["1800 123 456", "+91 1860 345 1234", "139"])
def test_a_service_number_is_nobodys_phone(bob: Program, meera: Program, shop, phone):
    bill = {
        "phone": phone,
        "name": "Ravi",
        "items": [{"medicine_name": "Dolo", "quantity": 1, "unit_price": 5}],
    }
    refused = [
        bob.post("/api/customers/quick-purchase", bill),
        bob.post("/api/customers/", {"phone": phone, "name": "Ravi", "category": "generic_informed"}),
        bob.send("PATCH", f"/api/customers/{shop.alice.serial}", {"phone": phone}),
        meera.send("PATCH", f"/api/customers/staff/{shop.bob.code}", {"phone": phone}),
    ]
    assert [(each.status_code, each.json["error"]["field"]) for each in refused] == [(400, "phone")] * 4
    assert not Phone.select().where(Phone.address.startswith("+911")).exists()
