"""Bills of a billing program."""

from models import Contact, Purchase
from tests.api.calling import Program
from tests.conversation import fresh, new_contact

PATH = "/api/billing/bills"
BILL = {
    "bill_number": "INV-1",
    "phone": "9820001111",
    "name": "Anita Joshi",
    "customer_category": "generic_informed",
    "was_contacted_before": True,
    "total_amount": 150,
    "items": [{"medicine_name": "Metformin 500", "quantity": 30, "unit_price": 5, "duration_days": 30}],
}


def test_a_bill_converts_the_contact_and_plans_the_refill(bob: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    answer = bob.post(PATH, BILL)
    shown = {"bill_number": "INV-1", "contact_id": contact.serial, "contact_status": "converted"}
    assert answer.status_code == 201
    assert (shown | {"total_amount": 150, "refill_reminders_scheduled": 1}).items() <= answer.json.items()


def test_the_same_bill_again_changes_nothing(bob: Program):
    first, second = bob.post(PATH, BILL).json, bob.post(PATH, BILL).json
    assert (first["is_repeated"], second["is_repeated"]) == (False, True)
    assert first["purchase_id"] == second["purchase_id"]
    assert bob.post(PATH, BILL | {"phone": "9820002222"}).json["error"]["code"] == "bill_number_taken"


def test_a_total_that_does_not_add_up_is_refused(bob: Program):
    refused = bob.post(PATH, BILL | {"total_amount": 151})
    assert (refused.status_code, refused.json["error"]["field"]) == (400, "total_amount")
    assert not Purchase.select().exists()


def test_a_visit_without_a_purchase_makes_the_contact_yellow(bob: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    answer = bob.post(PATH, {"phone": "9820001111", "visited_but_no_purchase": True}).json
    assert (answer["purchase_id"], answer["contact_status"]) == (None, "yellow")
    assert fresh(contact).status == "yellow"


def test_a_stranger_who_buys_nothing_becomes_a_yellow_contact(bob: Program):
    bob.post(PATH, {"phone": "9820001111", "name": "Anita", "visited_but_no_purchase": True})
    assert (Contact.get().name, Contact.get().status) == ("Anita", "yellow")


def test_nobody_buys_something_and_nothing(bob: Program):
    refused = bob.post(PATH, BILL | {"visited_but_no_purchase": True})
    assert refused.json["error"]["field"] == "visited_but_no_purchase"


def test_what_a_billing_program_says_besides_is_passed_over_and_told(bob: Program):
    bill = BILL | {"gst": 18, "items": [BILL["items"][0] | {"hsn_code": "3004", "batch": None}]}
    besides = ["gst", "items.0.batch", "items.0.hsn_code"]
    assert bob.post(PATH, bill).json["ignored_fields"] == besides
    answer = bob.post("/api/customers/quick-purchase", {**bill, "category": "generic_informed"})
    ours = {"bill_number", "customer_category", "was_contacted_before", "total_amount"}
    assert (answer.status_code, set(answer.json["ignored_fields"])) == (201, {*besides, *ours})
