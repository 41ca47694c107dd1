"""Prescriptions: recorded whole or refused in words, with the visit they ask for."""

from datetime import timedelta

import pytest

import clock
from domain import care_follow_ups, prescriptions, undo
from domain.errors import DomainError
from domain.prescriptions import Prescribed
from models import AuditEntry, FollowUp, PrescribedMedicine, Prescription
from tests.caring import AMLODIPINE, newcomer, on, prescribe
from tests.conversation import MORNING, Shop, fresh, open_other_shop, open_shop

pytestmark = pytest.mark.usefixtures("database_url")


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def _refused(shop: Shop, *lines: Prescribed, **said) -> str:
    with pytest.raises(DomainError) as refusal:
        prescribe(shop, *lines, **said)
    assert not Prescription.select().exists()
    assert not FollowUp.select().exists()
    return refusal.value.code


def test_a_prescription_is_kept_with_its_medicines(shop):
    recorded = prescribe(shop, next_follow_up_on=on("2027-02-15"), repeats=2)
    [kept] = prescriptions.of(shop.alice, staff=shop.bob, at=MORNING)
    assert kept.prescription == recorded.prescription
    assert (kept.prescription.doctor_name, kept.prescription.repeats) == ("Dr Smith", 2)
    [line] = kept.medicines
    assert (line.medicine_name, line.frequency, line.duration_days) == ("Amlodipine 5", "Once daily", 30)


def test_the_visit_to_the_doctor_becomes_a_task_that_tells_nothing_medical(shop):
    recorded = prescribe(shop, next_follow_up_on=on("2027-02-15"))
    task = recorded.follow_up
    assert task is not None
    assert (task.kind, task.notes, task.customer) == (care_follow_ups.DOCTOR_VISIT, "", shop.alice)
    assert task.cause == f"prescription:{recorded.prescription.id}:2027-02-15"
    assert fresh(task).due_at.isoformat() == "2027-02-15T03:30:00+00:00"


def test_a_visit_long_past_is_history_and_no_task(shop):
    recorded = prescribe(shop, on=on("2026-10-01"), next_follow_up_on=on("2026-11-01"))
    assert recorded.follow_up is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"on": on("2027-02-02")}, "rx_date_future"),
        ({"on": on("2001-02-02")}, "rx_date_old"),
        ({"next_follow_up_on": on("2027-01-31")}, "follow_up_before"),
        ({"next_follow_up_on": on("2031-01-31")}, "follow_up_far"),
        ({"repeats": -1}, "rx_repeats"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(shop, said, code):
    assert _refused(shop, **said) == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Prescribed("Amlodipine", duration_days=0), "duration"),
        (Prescribed("Amlodipine", duration_days=-5), "duration"),
        (Prescribed("Amlodipine", quantity=-30), "quantity"),
        (Prescribed("Amlodipine", quantity=0), "quantity"),
        (Prescribed("500"), "unknown_medicine"),
    ],
)
def test_a_line_that_cannot_be_refuses_the_whole(shop, line, code):
    assert _refused(shop, AMLODIPINE, line) == code


def test_a_second_one_for_the_same_thing_in_the_same_days_is_refused_unless_meant(shop):
    first = prescribe(shop)
    with pytest.raises(DomainError, match="rx_repeated") as refusal:
        prescribe(shop, Prescribed("Telmisartan 40"))
    assert refusal.value.facts["serial"] == first.prescription.serial
    assert prescribe(shop, Prescribed("Telmisartan 40"), again=True).prescription.state == "active"


def test_the_next_prescription_of_the_same_medicine_takes_the_place_of_the_last(shop):
    first = prescribe(shop, next_follow_up_on=on("2027-03-10"))
    second = prescribe(shop, at=MORNING + timedelta(days=30))
    assert second.replaced == [first.prescription]
    assert fresh(first.prescription).state == "ended"
    assert fresh(first.follow_up).state == "dropped"
    assert second.warnings == []


def test_the_same_ingredient_twice_is_warned_of(shop):
    prescribe(shop)
    again = prescribe(
        shop, Prescribed("Telmisartan Amlodipine 40/5"), condition_name="Chest pain", again=True
    )
    [warned] = again.warnings
    assert (warned.kind, warned.what) == ("same_ingredient", "amlodipine")


def test_who_is_no_pharmacist_is_told_which_right_is_missing(shop):
    prescribe(shop)
    with pytest.raises(DomainError, match="medical_closed"):
        prescriptions.of(shop.alice, staff=newcomer(shop), at=MORNING)
    assert not AuditEntry.select().where(AuditEntry.action == "read_medical").exists()


def test_each_reading_is_recorded(shop):
    prescribe(shop)
    prescriptions.of(shop.alice, staff=shop.bob, at=MORNING)
    entry = AuditEntry.get()
    assert (entry.staff, entry.action, entry.subject) == (
        shop.bob,
        "read_medical",
        f"customer:{shop.alice.id}",
    )


def test_somebody_else_s_customer_stays_closed_to_support(shop):
    shop.alice.assigned_to = newcomer(shop)
    shop.alice.save()
    with pytest.raises(DomainError, match="not_your_customer"):
        prescribe(shop)


def test_another_pharmacy_finds_nothing(shop):
    prescribe(shop)
    other, _ = open_other_shop()
    with pytest.raises(DomainError, match="not_your_customer"):
        prescriptions.of(shop.alice, staff=other.bob, at=MORNING)


def test_undo_takes_it_back_whole(shop):
    with undo.recording() as changes:
        prescribe(shop, next_follow_up_on=on("2027-02-15"))
    undo.keep(shop.bob, "prescription", changes)
    undo.take_back(shop.bob, clock.now())
    for table in (Prescription, PrescribedMedicine, FollowUp):
        assert not table.select().exists()


def test_how_long_it_lasts_follows_from_quantity_and_frequency():
    assert prescriptions.supply_days(Prescribed("x", frequency="1-0-1", quantity=30)) == 15
    assert prescriptions.supply_days(Prescribed("x", frequency="SOS", quantity=30)) is None
