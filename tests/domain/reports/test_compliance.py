"""Whether care is kept up: follow-ups, chronic conditions, supply."""

from datetime import timedelta

from domain import care_follow_ups, follow_ups
from domain.reports import compliance, periods, scopes
from models import MedicalCondition
from tests.conversation import MORNING
from tests.refilling import BOUGHT, buy

LATER = MORNING + timedelta(days=20)
PERIOD = periods.last(30, LATER.date())


def plan(shop, kind: str, days: int, name: str) -> int:
    on = MORNING.date() + timedelta(days=days)
    return care_follow_ups.plan(shop.alice, kind, on, cause=name, at=MORNING).serial


def test_follow_ups_are_done_or_overdue(shop):
    done = plan(shop, "doctor_visit", 5, "one")
    plan(shop, "doctor_visit", 6, "two")
    plan(shop, "lab_test", 40, "not due yet")
    follow_ups.done(shop.company, done, staff=shop.bob, at=LATER)
    report = compliance.report(scopes.whole(shop.company), PERIOD, LATER)
    assert (report.follow_ups.due, report.follow_ups.done, report.follow_ups.overdue) == (2, 1, 1)
    assert report.kinds["doctor_visit"].rate == 50.0
    assert report.kinds["lab_test"].rate is None


def test_customers_with_a_chronic_condition_are_supplied_or_out(shop):
    MedicalCondition.create(company=shop.company, serial=800, customer=shop.alice, name="Diabetes")
    buy(shop.alice)
    whole = scopes.whole(shop.company)
    early, late = (periods.last(30, BOUGHT + timedelta(days=days)) for days in (10, 31))
    figures = [compliance.report(whole, period, LATER).chronic for period in (early, late)]
    assert [(one.customers, one.supplied, one.out) for one in figures] == [(1, 1, 0), (1, 0, 1)]


def test_who_has_nothing_chronic_is_not_among_them(shop):
    buy(shop.alice)
    assert compliance.report(scopes.whole(shop.company), PERIOD, LATER).chronic.customers == 0
