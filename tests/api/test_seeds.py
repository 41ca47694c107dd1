"""The examples of the documents this API comes from, sent as they stand there."""

import io

import pytest

from domain import imports
from tests.api.calling import Program, hire
from tests.conversation import fresh, it_is, new_contact
from workers import intake

PURCHASE = {
    "phone": "9876543210",
    "name": "John Doe",
    "category": "first_time_prescription",
    "age": 45,
    "gender": "Male",
    "address": "123 Main St",
    "chronic_conditions": "Diabetes, Hypertension",
    "allergies": "Penicillin",
    "items": [
        {
            "medicine_name": "Metformin",
            "brand_name": "Glucophage",
            "generic_name": "Metformin HCl",
            "quantity": 30,
            "unit_price": 5.0,
            "total_amount": 150.0,
            "is_generic": False,
            "is_prescription": True,
            "duration_days": 30,
        }
    ],
}
STAFF = {"staff_code": "STAFF001", "name": "Jane Smith", "phone": "9876543210", "max_contacts_per_day": 20}


@pytest.fixture
def manager(client, shop) -> Program:
    """A shop whose codes are free for the documents' staff."""
    for member in (shop.bob, shop.meera):
        member.code = f"OLD{member.id}"
        member.save()
    return Program(client, shop.meera)


def test_a_quick_purchase_is_answered_with_the_fields_shown(manager: Program):
    answer = manager.post("/api/customers/quick-purchase", PURCHASE)
    shown = {
        "is_new_customer": True,
        "is_repeat_customer": False,
        "total_amount": 150.0,
        "refill_reminders_scheduled": 1,
        "message": "Purchase recorded successfully",
    }
    assert answer.status_code == 201
    assert shown.items() <= answer.json.items()
    assert isinstance(answer.json["customer_id"], int)


def test_staff_and_customer_may_have_the_same_phone(manager: Program):
    assert manager.post("/api/customers/staff", STAFF).status_code == 201
    bought = manager.post("/api/customers/quick-purchase", PURCHASE)
    found = manager.get("/api/customers/phone/9876543210")
    assert (found.status_code, found.json["id"]) == (200, bought.json["customer_id"])
    assert found.json["allergies"] == "Penicillin"


def test_the_second_purchase_is_a_repeat(manager: Program):
    for is_new in (True, False):
        answer = manager.post("/api/customers/quick-purchase", PURCHASE).json
        assert (answer["is_new_customer"], answer["is_repeat_customer"]) == (is_new, not is_new)


def test_pending_reminders_have_the_fields_shown(manager: Program):
    it_is("2024-01-01 10:00")
    bought = manager.post("/api/customers/quick-purchase", PURCHASE).json
    it_is("2024-01-23 10:00")
    [reminder] = manager.get("/api/customers/reminders/pending?days_ahead=3").json
    shown = {
        "customer_id": bought["customer_id"],
        "medicine_name": "Metformin",
        "reminder_date": "2024-01-26",
        "notification_sent": False,
        "customer_purchased": False,
    }
    assert shown.items() <= reminder.items()
    assert reminder["days_until_due"] == 8
    assert manager.get("/api/customers/reminders/pending?days_ahead=2").json == []


def test_a_reminder_is_sent(manager: Program):
    manager.post("/api/customers/quick-purchase", PURCHASE)
    [reminder] = manager.get("/api/customers/reminders/pending?days_ahead=30").json
    sent = manager.post(f"/api/customers/reminders/{reminder['id']}/notify")
    assert (sent.status_code, sent.json["status"]) == (200, "queued")


def test_a_button_pressed_twice_sends_one_reminder(manager: Program):
    manager.post("/api/customers/quick-purchase", PURCHASE)
    [reminder] = manager.get("/api/customers/reminders/pending?days_ahead=30").json
    path = f"/api/customers/reminders/{reminder['id']}/notify"
    assert manager.post(path).json["message_id"] == manager.post(path).json["message_id"]


def test_a_reminder_marked_as_purchased_has_ended_and_the_next_one_is_made(manager: Program):
    manager.post("/api/customers/quick-purchase", PURCHASE)
    [reminder] = manager.get("/api/customers/reminders/pending?days_ahead=30").json
    marked = manager.post(f"/api/customers/reminders/{reminder['id']}/mark", {"mark": "purchased"}).json
    assert (marked["status"], marked["customer_purchased"]) == ("ended", True)
    listed = manager.get(f"/api/customers/{reminder['customer_id']}/reminders").json
    assert [each["status"] for each in listed] == ["open", "ended"]


def test_a_call_counts_for_the_refills_that_are_due_and_for_no_later_one(manager: Program, shop):
    contact = new_contact(shop.company, "John Doe", "+919876543210")
    manager.post("/api/customers/quick-purchase", PURCHASE)
    called = {"interaction_type": "call", "call_successful": True}
    for day, is_made in (("2027-02-02", False), ("2027-02-27", True)):
        it_is(f"{day} 10:00")
        manager.post(f"/api/customers/contacts/{contact.serial}/interact", called)
        [reminder] = manager.get("/api/customers/reminders/pending?days_ahead=60").json
        assert reminder["call_made"] is is_made


def test_the_journey_from_contact_sheet_to_purchase(manager: Program, client, shop):
    jane = manager.post("/api/customers/staff", STAFF | {"phone": "9811111111"}).json
    assert jane["max_contacts_per_day"] == 20
    sheet = (io.BytesIO(b"phone,name\n9876543210,John Doe\n9876543211,Jane Smith\n"), "contacts.csv")
    taken = client.post("/api/customers/upload-contacts", data={"file": sheet}, headers=manager.headers)
    assert taken.status_code == 202
    while received := imports.claim():
        intake.take_in(received)
    listed = manager.get("/api/customers/contacts?status=pending").json
    john = next(row for row in listed if row["name"] == "John Doe")
    said = {
        "contact_id": john["id"],
        "staff_code": "STAFF001",
        "interaction_type": "call",
        "notes": "Customer interested in diabetes medicines",
        "customer_response": "Will visit tomorrow",
        "next_action": "Follow up if doesn't visit",
        "call_duration": 180,
        "call_successful": True,
    }
    talk = manager.post(f"/api/customers/contacts/{john['id']}/interact", said)
    assert said.items() <= talk.json.items()
    assert talk.json["contact_status"] == "contacted"
    bought = manager.post("/api/customers/quick-purchase", PURCHASE | {"category": "contact_sheet"}).json
    assert bought["was_contacted_before"]
    contact = manager.get(f"/api/customers/contacts/{john['id']}").json
    assert (contact["status"], contact["conversion_value"]) == ("converted", 150.0)
    assert contact["customer_id"] == bought["customer_id"]


def test_contacts_are_filtered_as_the_document_spells_it(manager: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    contact.phone.reach = "available"
    contact.phone.save()
    [found] = manager.get("/api/customers/contacts?status=pending&whatsapp_status=active").json
    assert (found["name"], found["whatsapp_status"]) == ("Anita Joshi", "available")


def test_a_contact_is_marked_yellow(manager: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    answer = manager.send("PUT", f"/api/customers/contacts/{contact.serial}/status?status=yellow")
    assert (answer.status_code, answer.json["status"]) == (200, "yellow")
    refused = manager.send("PUT", f"/api/customers/contacts/{contact.serial}/status?status=pending")
    assert (refused.status_code, refused.json["error"]["code"]) == (409, "move")
    assert fresh(contact).status == "yellow"


def test_contacts_are_dealt_out_and_stand_in_the_tasks(manager: Program, shop):
    jane = hire(shop.company, "STAFF001", "support", "+919811111111")
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    contact.phone.reach = "not_available"
    contact.phone.save()
    shop.bob.is_active = False
    shop.bob.save()
    assert manager.post("/api/customers/assign-contacts").json["assigned"] == 1
    [task] = manager.get(f"/api/customers/staff/{jane.code}/tasks").json
    assert (task["rank"], task["name"], task["contact_id"]) == (1, "Anita Joshi", contact.serial)


def test_a_follow_up_is_promised_and_ticked_off(manager: Program, shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919820001111")
    body = {"reminder_date": "2027-02-02T17:00:00", "notes": "call back"}
    made = manager.post(f"/api/customers/contacts/{contact.serial}/reminder", body)
    assert (made.status_code, made.json["name"], made.json["status"]) == (201, "Anita Joshi", "open")
    assert made.json["reminder_date"] == "2027-02-02T11:30:00Z"
    body["reminder_date"] = "2027-02-03"
    only_a_day = manager.post(f"/api/customers/contacts/{contact.serial}/reminder", body).json
    assert only_a_day["reminder_date"] == "2027-02-03T04:30:00Z"
    manager.post(f"/api/customers/follow-ups/{only_a_day['id']}/done")
    done = manager.post(f"/api/customers/follow-ups/{made.json['id']}/done")
    assert done.json["status"] == "done"
    assert manager.get("/api/customers/follow-ups").json == []


def test_a_customer_is_registered_with_the_profile_of_the_document(manager: Program):
    john = {
        "phone": "+919876543210",
        "name": "John Doe",
        "age": 45,
        "category": "regular_branded",
        "primary_doctor": "Dr. Smith",
        "doctor_phone": "+919876543211",
    }
    answer = manager.post("/api/customers", john)
    assert (answer.status_code, answer.json["status"]) == (201, "lead")
    assert john.items() <= answer.json.items()
    again = manager.post("/api/customers/", john)
    assert (again.status_code, again.json["error"]["code"]) == (409, "customer_known")


def test_a_slash_at_the_end_is_no_other_address(manager: Program):
    for path in ("/api/customers", "/api/customers/", "/api/customers/staff/"):
        assert manager.get(path).status_code == 200
