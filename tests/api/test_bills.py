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


def test_a_bill_may_be_spelled_as_a_purchase_is(bob: Program):
    bill = BILL | {
        "customer_name": BILL["name"],
        "customer_phone": BILL["phone"],
        "purchase_date": "2027-01-31",
    }
    spelled = {name: value for name, value in bill.items() if name not in ("name", "phone")}
    answer = bob.post(PATH, spelled).json
    assert answer["ignored_fields"] == []
    sale = Purchase.get()
    assert (sale.customer.name, sale.purchased_on.isoformat()) == ("Anita Joshi", "2027-01-31")


def test_the_price_of_one_tablet_of_a_strip_is_not_rounded_before_it_is_multiplied(bob: Program):
    line = {"medicine_name": "Metformin 500", "quantity": 15, "unit_price": 2.0607}
    bill = BILL | {"items": [line], "total_amount": 30.91}
    assert bob.post(PATH, bill).json["total_amount"] == 30.91


def test_a_bill_may_be_rounded_off_to_a_rupee_and_its_lines_are_what_counts(bob: Program):
    line = {"medicine_name": "Metformin 500", "quantity": 15, "unit_price": 2.06}
    assert bob.post(PATH, BILL | {"items": [line], "total_amount": 31}).json["total_amount"] == 30.9
    assert bob.post(PATH, BILL | {"items": [line], "total_amount": 32, "bill_number": "2"}).status_code == 400


def test_a_day_still_to_come_is_the_fault_of_the_bills_own_field(bob: Program):
    assert bob.post(PATH, BILL | {"bill_date": "2031-01-01"}).json["error"]["field"] == "bill_date"
