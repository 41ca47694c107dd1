"""What is medical over HTTP: recorded as the documents show it, read by who may, each reading noted."""

import pytest

from models import AuditEntry
from tests.api.calling import Program, hire

PRESCRIPTION = {
    "prescription_date": "2027-01-15",
    "doctor_name": "Dr. Smith",
    "condition_name": "Hypertension",
    "is_chronic": True,
    "next_followup_date": "2027-02-15",
    "medicines": [
        {
            "medicine_name": "Amlodipine",
            "dosage": "5mg",
            "frequency": "Once daily",
            "duration_days": 30,
            "total_quantity_prescribed": 30,
        }
    ],
}
CONDITION = {
    "condition_name": "Type 2 Diabetes",
    "condition_type": "chronic",
    "severity": "moderate",
    "requires_monitoring": True,
    "monitoring_frequency": "monthly",
    "primary_medicine": "Metformin",
}


@pytest.fixture
def support(client, shop) -> Program:
    """Somebody who may not read what is medical."""
    return Program(client, hire(shop.company, "STAFF003", "support", "+919000000003"))


def read(shop) -> int:
    return AuditEntry.select().where(AuditEntry.subject == f"customer:{shop.alice.id}").count()


def test_a_prescription_is_recorded_and_listed_with_the_fields_shown(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}/prescriptions"
    made = bob.post(path, PRESCRIPTION)
    [listed] = bob.get(path).json
    for shown in (made.json, listed):
        line = shown["medicines"][0]
        assert PRESCRIPTION["medicines"][0].items() <= line.items()
        assert {**PRESCRIPTION, "medicines": 0}.items() <= {**shown, "medicines": 0}.items()
    assert made.status_code == 201
    assert read(shop) == 1


def test_a_prescription_that_is_there_already_is_a_conflict_unless_it_is_meant(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}/prescriptions"
    bob.post(path, PRESCRIPTION)
    assert bob.post(path, PRESCRIPTION).json["error"]["code"] == "rx_repeated"
    assert bob.post(path, PRESCRIPTION | {"again": True}).status_code == 201


def test_a_fault_in_a_line_of_a_prescription_names_it(bob: Program, shop):
    body = PRESCRIPTION | {
        "medicines": [{"medicine_name": "5 mg", "duration_days": 30}, {"medicine_name": "12"}]
    }
    refused = bob.post(f"/api/customers/{shop.alice.serial}/prescriptions", body)
    assert refused.json["error"]["field"] == "medicines.1.medicine_name"


def test_a_condition_is_recorded_and_listed_with_the_fields_shown(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}/medical-conditions"
    made = bob.post(path, CONDITION)
    [listed] = bob.get(path).json
    assert made.status_code == 201
    assert CONDITION.items() <= made.json.items()
    assert listed == made.json
    assert read(shop) == 1


def test_medical_text_of_a_customer_is_withheld_and_the_permission_named(bob, support: Program, shop):
    path = f"/api/customers/{shop.alice.serial}"
    bob.send("PATCH", path, {"allergies": "Penicillin", "age": 61})
    before = read(shop)
    shown = support.get(path).json
    assert (shown["allergies"], shown["missing_permission"], shown["age"]) == (None, "medical:read", 61)
    assert read(shop) == before
    assert bob.get(path).json["allergies"] == "Penicillin"
    assert read(shop) == before + 1


def test_medical_text_is_not_changed_by_whoever_may_not_read_it(support: Program, shop):
    refused = support.send("PATCH", f"/api/customers/{shop.alice.serial}", {"allergies": "none"})
    assert refused.status_code == 403
    assert "medical:read" in refused.json["error"]["message"]


def test_call_details_hold_the_script_without_what_may_not_be_read(bob, support: Program, shop):
    bob.post(f"/api/customers/{shop.alice.serial}/medical-conditions", CONDITION)
    path = f"/api/customers/{shop.alice.serial}/call-details"
    open_, closed = bob.get(path).json["script"], support.get(path).json["script"]
    assert "Diabetes" in open_["medical_summary"]
    assert "Diabetes" not in str(closed)
    assert (open_["missing_permission"], closed["missing_permission"]) == (None, "medical:read")


def test_how_a_condition_goes_is_noted_with_its_check_up_until_it_is_over(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}/medical-conditions"
    address = f"{path}/{bob.post(path, CONDITION).json['id']}"
    noted = bob.send(
        "PATCH", address, {"progress_note": "Sugar well kept", "last_checkup_date": "2027-01-28"}
    )
    assert [note["text"] for note in noted.json["progress_notes"]] == ["Sugar well kept"]
    assert noted.json["next_checkup_date"] == "2027-02-28"
    assert bob.send("PATCH", address, {"status": "resolved"}).json["status"] == "resolved"
    assert bob.send("PATCH", address, {}).json["error"]["field"] == "progress_note"
    assert bob.send("PATCH", f"{path}/999", {"status": "resolved"}).json["error"]["field"] == "condition_id"


def test_a_call_is_made_by_a_script_and_its_outcome_noted(bob: Program, shop):
    made = bob.post(f"/api/customers/{shop.alice.serial}/call-script")
    assert (made.status_code, made.json["priority"]) == (201, "low")
    assert [row["id"] for row in bob.get("/api/call-scripts/priority/low").json] == [made.json["id"]]
    said = {"outcome": "call_later", "call_back_at": "2027-02-02T17:00:00", "notes": "in a meeting"}
    noted = bob.send("PUT", f"/api/call-scripts/{made.json['id']}/outcome", said).json
    assert (noted["call_successful"], noted["follow_up"]["notes"]) == (None, "in a meeting")
    assert bob.get("/api/call-scripts/priority/low").json == []


def test_an_outcome_that_lies_in_the_past_names_its_field(bob: Program, shop):
    made = bob.post(f"/api/customers/{shop.alice.serial}/call-script").json
    said = {"outcome": "call_later", "call_back_at": "2026-02-02T17:00:00"}
    refused = bob.send("PUT", f"/api/call-scripts/{made['id']}/outcome", said)
    assert refused.json["error"]["field"] == "call_back_at"
