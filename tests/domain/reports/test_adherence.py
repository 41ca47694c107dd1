"""PDC, MPR, late refills and persistence, each vector with its arithmetic."""

from datetime import date, timedelta

import pytest

from domain.reports import adherence, periods, scopes
from models import Customer
from tests.conversation import fresh, new_customer, open_other_shop, open_shop
from tests.covering import START, take

# Ninety days, from 1 February to 1 May.
WINDOW = periods.last(90, START + timedelta(days=89))


@pytest.fixture
def shop(database_url):
    return open_shop()


def measured(customer: Customer) -> tuple[float | None, float | None]:
    [found] = adherence.of_customer(customer, WINDOW)
    return round(found.pdc, 3), round(found.mpr, 3)


@pytest.mark.parametrize(
    ("bought", "pdc", "mpr"),
    [
        # The three vectors of the published comparison: 90/90, 75/90, 75/90; bought 120, 90, 90 of 90.
        ([(0, 30), (20, 30), (40, 30), (60, 30)], 1.0, 1.333),
        ([(0, 30), (45, 30), (60, 30)], 0.833, 1.0),
        ([(0, 30), (20, 30), (75, 30)], 0.833, 1.0),
        # CMA7 carries over what was left: bought at -10, ten days used, so 0-20 and then 40-70: 50/90;
        # only the second fill was bought in the window: 30/90.
        ([(-10, 30), (40, 30)], 0.556, 0.333),
        # Sixty days at -20 cover 0-40, the next thirty bought on day 30 wait until 40: 70/90.
        ([(-20, 60), (30, 30)], 0.778, 0.333),
        # The window begins with the first fill, on day 45: 45 of 45 days, sixty bought.
        ([(45, 30), (75, 30)], 1.0, 1.333),
        # Ran out before the window and never came back: 0/90.
        ([(-90, 30), (-60, 30)], 0.0, 0.0),
        # What reaches beyond the end does not count: 80-90 is 10, with 0-30: 40/90; bought 60.
        ([(0, 30), (80, 30)], 0.444, 0.667),
    ],
)
def test_the_days_covered_by_hand(shop, bought, pdc, mpr):
    take(shop.alice, *bought)
    assert measured(shop.alice) == (pdc, mpr)


def test_a_switch_to_the_generic_is_one_supply(shop):
    from domain import medicines

    medicines.find_or_create(shop.company, "Glucophage 500", brand="Glucophage", generic="Metformin")
    take(shop.alice, (0, 30), name="Glucophage 500")
    take(shop.alice, (30, 30), (60, 30))
    assert measured(shop.alice) == (1.0, 1.0)


def test_the_days_after_a_death_are_not_asked_about(shop):
    from domain import coverage

    take(shop.alice, (0, 30), (30, 15))
    alice = fresh(shop.alice)
    alice.died_on = START + timedelta(days=45)
    alice.save()
    coverage.renew(alice)
    assert measured(shop.alice) == (1.0, 1.0)


def test_another_dose_ends_the_old_one_and_is_measured_by_itself(shop):
    take(shop.alice, (0, 30), (30, 30))
    take(shop.alice, (40, 30), (70, 30), name="Metformin 1000")
    # The old one is asked about for 40 days, all covered, and 60 were bought: 1.5.
    # The new one for 50, and 60 were bought: 1.2.
    found = {row.drug: (row.pdc, row.mpr) for row in adherence.of_customer(shop.alice, WINDOW)}
    assert found == {"metformin 500": (1.0, 1.5), "metformin 1000": (1.0, 1.2)}


@pytest.mark.parametrize("name", ["Azithral 500", "Metformin 500"])
def test_short_courses_are_no_adherence(shop, name):
    take(shop.alice, (0, 5), (30, 5), name=name)
    assert adherence.of_customer(shop.alice, WINDOW) == []


def test_one_fill_is_not_asked_about(shop):
    take(shop.alice, (0, 30))
    assert adherence.report(scopes.whole(shop.company), WINDOW).total.supplies == 0


def test_the_shop_by_drug(shop):
    anil = new_customer(shop.company, "Anil Shah", "+919876500099")
    take(shop.alice, (0, 30), (30, 30), (60, 30))
    take(anil, (0, 30), (45, 30))
    take(anil, (0, 30), (30, 30), (60, 30), name="Atorva 10")
    report = adherence.report(scopes.whole(shop.company), WINDOW)
    metformin, atorva = report.drugs
    # Alice 90/90, Anil 60/90: the mean is 0.833, one of two reaches 80 %.
    assert (metformin.drug, metformin.supplies, round(metformin.pdc, 3), metformin.adherent) == (
        "metformin 500",
        2,
        0.833,
        1,
    )
    assert (atorva.drug, atorva.pdc) == ("atorva 10", 1.0)
    assert (report.customers, report.total.supplies, report.total.adherent) == (2, 3, 2)


def test_late_refills_are_counted_with_their_days(shop):
    take(shop.alice, (0, 30), (33, 30), (60, 15), (90 - 8, 30))
    total = adherence.report(scopes.whole(shop.company), WINDOW).total
    # Out on 30 and came on 33: three late; out on 63 + 15 = 78 and came on 82: four late.
    assert (total.refills, total.late_refills, total.mean_late_days) == (3, 2, 3.5)


def test_nobody_is_nothing_rather_than_perfect(shop):
    total = adherence.report(scopes.whole(shop.company), WINDOW).total
    assert (total.supplies, total.pdc, total.mean_late_days) == (0, None, None)


@pytest.mark.parametrize(
    ("bought", "kept"),
    [
        # Never more than thirty days without, up to day 180 and thirty days beyond.
        ([(0, 90), (100, 90)], 1),
        # Out on 90 and back on 121: 31 days without.
        ([(0, 90), (121, 90)], 0),
        # Out on day 150 and never back.
        ([(0, 150)], 0),
        # Out on day 180: not before it.
        ([(0, 180)], 1),
        # A gap that begins after day 180 is of a later day.
        ([(0, 180), (230, 30)], 1),
    ],
)
def test_a_therapy_is_kept_without_a_gap_of_more_than_thirty_days(shop, bought, kept):
    take(shop.alice, *bought)
    found = adherence.persistence(scopes.whole(shop.company), START + timedelta(days=240))
    assert (found.begun, found.kept) == (1, kept)


def test_support_sees_their_own_customers_and_sales_managers_the_teams(shop):
    take(shop.alice, (0, 30), (30, 30))
    alice = fresh(shop.alice)
    alice.assigned_to = shop.bob
    alice.save()
    lata = type(shop.bob).create(
        company=shop.company, code="S9", name="Lata", phone="+919800000009", role="sales_manager"
    )
    seen = [adherence.report(scopes.of(who), WINDOW).customers for who in (shop.meera, shop.bob, lata)]
    assert seen == [1, 1, 0]


def test_another_pharmacy_sees_nothing_of_it(shop):
    take(shop.alice, (0, 30), (30, 30))
    other, _ = open_other_shop()
    assert adherence.report(scopes.whole(other.company), WINDOW).customers == 0


def test_the_dates_of_a_period_may_not_be_reversed():
    from domain.errors import DomainError

    with pytest.raises(DomainError, match="dates_reversed"):
        periods.between(date(2027, 2, 2), date(2027, 2, 1), date(2027, 3, 1))
