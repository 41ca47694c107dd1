"""Conditions: recorded, watched and followed over time."""

from datetime import datetime, timedelta

import pytest

from domain import conditions, follow_ups
from domain.errors import DomainError
from models import FollowUp, MedicalCondition
from tests.caring import describe, newcomer, on
from tests.conversation import MORNING, Shop, fresh, open_shop

pytestmark = pytest.mark.usefixtures("database_url")


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def test_a_watched_condition_has_its_next_checkup_as_a_task(shop):
    condition = describe(
        shop, severity="moderate", monitoring_frequency="monthly", primary_medicine="Metformin"
    )
    assert (condition.requires_monitoring, condition.next_checkup_on) == (True, on("2027-03-01"))
    task = FollowUp.get()
    assert (task.kind, task.cause) == ("lab_test", f"condition:{condition.id}:2027-03-01")


def test_one_that_is_not_watched_has_no_task(shop):
    assert describe(shop).requires_monitoring is False
    assert not FollowUp.select().exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "2"}, "condition_name"),
        ({"kind": "odd"}, "condition_kind"),
        ({"severity": "terrible"}, "condition_severity"),
        ({"monitoring_frequency": "now and then"}, "monitoring_frequency"),
        ({"diagnosed_on": on("2027-02-02")}, "condition_date_future"),
        ({"next_checkup_on": on("2027-01-02")}, "checkup_past"),
        ({"next_checkup_on": on("2037-01-02")}, "follow_up_far"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(shop, said, code):
    with pytest.raises(DomainError) as refusal:
        describe(shop, **said)
    assert refusal.value.code == code
    assert not MedicalCondition.select().exists()


def test_the_same_condition_is_not_kept_twice(shop):
    first = describe(shop)
    with pytest.raises(DomainError, match="condition_known") as refusal:
        describe(shop, "type 2  diabetes")
    assert refusal.value.facts["serial"] == first.serial


def test_progress_is_noted_with_day_and_author(shop):
    condition = describe(shop, notes="HbA1c 8.1")
    conditions.note_progress(condition, "fasting 130", staff=shop.bob, at=MORNING + timedelta(days=9))
    assert fresh(condition).progress == [
        {"on": "2027-02-01", "by": "STAFF002", "text": "HbA1c 8.1"},
        {"on": "2027-02-10", "by": "STAFF002", "text": "fasting 130"},
    ]


def test_a_checkup_done_plans_the_next_and_settles_the_task(shop):
    condition = describe(shop, monitoring_frequency="every 3 months")
    first = FollowUp.get()
    at = MORNING + timedelta(days=80)
    following = conditions.checkup_done(condition, on("2027-04-20"), staff=shop.bob, at=at)
    assert (fresh(first).state, condition.next_checkup_on) == ("done", on("2027-07-20"))
    assert following is not None
    assert following.state == "open"


def test_a_task_ticked_off_by_done_plans_the_next_by_itself(shop):
    condition = describe(shop, monitoring_frequency="monthly")
    at = MORNING + timedelta(days=28)
    follow_ups.done(shop.company, FollowUp.get().serial, staff=shop.bob, at=at)
    assert [conditions.catch_up(shop.company, at), conditions.catch_up(shop.company, at)] == [1, 0]
    assert fresh(condition).next_checkup_on == on("2027-04-01")


def test_nothing_is_planned_for_what_is_over(shop):
    condition = describe(shop, monitoring_frequency="monthly")
    conditions.resolve(condition, staff=shop.bob, at=MORNING)
    assert (fresh(condition).state, FollowUp.get().state) == ("resolved", "dropped")


def test_who_is_no_pharmacist_neither_reads_nor_writes(shop):
    devi, condition = newcomer(shop), describe(shop)
    with pytest.raises(DomainError, match="medical_closed"):
        conditions.of(shop.alice, staff=devi, at=MORNING)
    with pytest.raises(DomainError, match="medical_closed"):
        conditions.note_progress(condition, "fine", staff=devi, at=MORNING)


def test_the_moment_is_india_s_not_utc_s(shop):
    late = datetime.fromisoformat("2027-02-01T22:00:00+00:00")
    assert describe(shop, at=late, monitoring_frequency="weekly").next_checkup_on == on("2027-02-09")
