"""Reports over HTTP; what they count is told in tests/domain/reports."""

import pytest

from tests.api.calling import Program
from tests.api.test_seeds import PURCHASE
from tests.conversation import new_contact

REPORTS = "/api/customers/analytics"


@pytest.fixture
def bought(bob: Program, shop):
    new_contact(shop.company, "John Doe", "+919811112222")
    return bob.post("/api/customers/quick-purchase", PURCHASE | {"phone": "9811112222"}).json


def test_a_conversion_report_has_the_figures_of_the_document(meera: Program, bought):
    report = meera.get(f"{REPORTS}/conversion-report?start_date=2027-01-01&end_date=2027-02-28").json
    figures = {"total_contacts": 1, "contacted": 1, "converted": 1, "conversion_rate": 100}
    assert (
        figures | {"total_conversion_value": 150, "average_conversion_value": 150}
    ).items() <= report.items()
    assert report["by_staff"][0]["staff_code"] == "STAFF002"


def test_customers_are_counted_by_category_with_what_they_buy(meera: Program, bought):
    report = meera.get(f"{REPORTS}/customer-analytics").json
    assert report["customers_by_category"]["first_time_prescription"] == 2
    assert report["top_medicines"] == [{"medicine_name": "Metformin", "times_sold": 1, "total_amount": 150}]
    assert report["generic_adoption_rate"] == 0


def test_a_day_is_summed_up(meera: Program, bought):
    today, before = (
        meera.get(f"{REPORTS}/daily-summary?target_date={day}").json for day in ("2027-02-01", "2027-01-31")
    )
    assert (today["sales"], today["sales_value"], before["sales"]) == (1, 150, 0)


def test_compliance_and_calls_are_reported(meera: Program, bought):
    assert meera.get("/api/analytics/prescription-compliance").json["follow_ups"]["due"] == 0
    assert meera.get("/api/analytics/call-effectiveness").json["by_priority"].keys() == {
        "high",
        "medium",
        "low",
    }


def test_sales_by_day_are_for_managers(bob, meera: Program, bought):
    [day] = meera.get("/api/analytics/sales").json["days"]
    assert (day["date"], day["bills"], day["total_amount"]) == ("2027-02-01", 1, 150)
    refused = bob.get("/api/analytics/sales")
    assert (refused.status_code, "reports:read" in refused.json["error"]["message"]) == (403, True)


def test_a_period_that_ends_before_it_begins_is_refused(meera: Program):
    refused = meera.get(f"{REPORTS}/conversion-report?start_date=2027-02-01&end_date=2027-01-01")
    assert (refused.status_code, refused.json["error"]["field"]) == (400, "start_date")
