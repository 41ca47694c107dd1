"""Who has run out, and how late refills come."""

from datetime import timedelta

import pytest

from domain.reports import late, periods, scopes
from tests.conversation import new_customer, open_shop
from tests.covering import take
from tests.refilling import OUT, buy


@pytest.fixture
def shop(database_url):
    return open_shop()


@pytest.mark.parametrize(
    ("days", "counts"), [(-1, (0, 0, 0)), (0, (1, 0, 0)), (6, (1, 0, 0)), (7, (0, 1, 0)), (30, (0, 0, 1))]
)
def test_what_is_out_is_counted_by_how_long(shop, days, counts):
    buy(shop.alice)
    report = late.report(scopes.whole(shop.company), periods.last(30, OUT + timedelta(days=days)))
    assert report.overdue == counts


def test_the_last_to_run_out_stands_first(shop):
    buy(shop.alice, days=20)
    anil = new_customer(shop.company, "Anil Shah", "+919876500099")
    buy(anil)
    report = late.report(scopes.whole(shop.company), periods.last(30, OUT + timedelta(days=2)))
    assert [(line.reminder.customer.name, line.days) for line in report.newest] == [
        ("Anil Shah", 2),
        ("Alice Fernandes", 12),
    ]


def test_refills_on_time_are_told_in_per_cent(shop):
    take(shop.alice, (0, 30), (28, 30), (65, 30))
    report = late.report(scopes.whole(shop.company), periods.last(90, OUT + timedelta(days=60)))
    # The second came two days early, the third on day 65, five days after the sixtieth.
    assert (report.refills, report.on_time, report.mean_late_days) == (2, 50.0, 5)
