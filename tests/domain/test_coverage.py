"""Covered days are kept up to date by every way a purchase comes or goes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clock
from domain import coverage, departures, erasure, medicines, purchases
from domain.bills import Bill, Item
from domain.people import of_customer
from models import Medicine, PurchaseItem
from report_tables import CoveredSpan, Therapy
from tests.conversation import MORNING, fresh, it_is, later, new_customer, open_shop, say
from tests.covering import is_as_reckoned_anew, known
from tests.refilling import BOUGHT, buy


@pytest.fixture
def shop(database_url):
    it_is("2027-03-01 10:00")
    return open_shop()


def test_a_sale_is_covered_at_once(shop):
    buy(shop.alice)
    [therapy] = Therapy.select()
    assert (therapy.drug, therapy.first_on, therapy.runs_out_on) == (
        "metformin 500",
        BOUGHT,
        date(2027, 3, 3),
    )


def test_a_bill_entered_late_takes_its_place(shop):
    buy(shop.alice, on=date(2027, 2, 20))
    buy(shop.alice, on=date(2027, 1, 25))
    spans = CoveredSpan.select().order_by(CoveredSpan.begins_on)
    assert [(span.begins_on, span.late_days) for span in spans] == [
        (date(2027, 1, 25), 0),
        (date(2027, 2, 24), 0),
    ]


def test_what_is_taken_back_is_covered_no_more(shop):
    sale = f"sale #{shop.alice.serial} Metformin 500 30 x 5 for 30 days"
    say(shop.bob, sale)
    before = known()
    say(shop.bob, f"{sale}; Atorva 10 15 x 8 for 15 days")
    assert known() != before
    say(shop.bob, "undo")
    assert known() == before


def test_what_was_bought_without_a_bill_counts_and_can_be_taken_back(shop):
    reminder = buy(shop.alice)
    before = known()
    say(shop.bob, f"refill #{reminder.serial} purchased")
    assert Therapy.get().fills == 2
    say(shop.bob, "undo")
    assert known() == before


def test_the_first_sale_to_somebody_new_can_be_taken_back(shop):
    say(shop.bob, "sale 98200 01111 Sunita Rane: Metformin 500 30 x 5 for 30 days")
    assert known()
    say(shop.bob, "undo")
    assert not known()


def test_a_brand_that_turns_out_to_be_a_generic_is_counted_with_it(shop):
    buy(shop.alice)
    buy(shop.alice, "Glycomet 500", on=date(2027, 3, 3))
    medicines.find_or_create(shop.company, "Glycomet 500", generic="Metformin")
    coverage.catch_up()
    [therapy] = Therapy.select()
    assert (therapy.drug, therapy.fills) == ("metformin 500", 2)


def test_purchases_from_before_covered_days_were_kept_are_caught_up_with_once(shop):
    buy(shop.alice)
    Therapy.delete().execute()
    assert coverage.catch_up() == 1
    assert known()
    assert coverage.catch_up() == 0


def test_after_an_erasure_the_figures_equal_the_purchases_that_stay(shop):
    reminder = buy(shop.alice)
    say(shop.bob, f"refill #{reminder.serial} purchased")
    erasure.erase(of_customer(fresh(shop.alice)), at=clock.now())
    assert Therapy.get().fills == 1
    assert is_as_reckoned_anew(shop.company)


def test_what_came_back_is_covered_no_more(shop):
    buy(shop.alice)
    PurchaseItem.delete().where(PurchaseItem.customer == shop.alice).execute()
    coverage.renew(shop.alice)
    assert not known()


def test_a_death_ends_what_is_asked_about_until_it_turns_out_a_mistake(shop):
    buy(shop.alice)
    died_on = date(2027, 2, 20)
    departures.died(fresh(shop.alice), on=died_on, at=MORNING)
    assert Therapy.get().until_on == died_on
    departures.lives(fresh(shop.alice), at=MORNING)
    assert Therapy.get().until_on is None


def test_of_two_customers_only_the_buyer_is_reckoned_anew(shop):
    anil = new_customer(shop.company, "Anil Shah", "+919876500099")
    buy(shop.alice)
    buy(anil)
    others = Therapy.get(Therapy.customer == anil).id
    buy(shop.alice, on=date(2027, 2, 20))
    assert Therapy.get(Therapy.customer == anil).id == others


SALES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["Metformin 500", "Glycomet 500", "Metformin", "Metformin 1000", "Azithral 500"]),
        st.integers(0, 120),
        st.sampled_from([5, 15, 30, 60]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SALES)
def test_whatever_is_sold_and_taken_back_equals_reckoning_from_scratch(shop, sales):
    people = [shop.alice, new_customer(shop.company, "Anil Shah", "+919876500099")]
    for who, name, back, days, is_undone in sales:
        bill = Bill((Item(name, 30, Decimal(5), duration_days=days),), on=date(2027, 3, 1) - timedelta(back))
        purchases.record(of_customer(fresh(people[who])), bill, staff=None, at=it_is("2027-03-01 10:00"))
        if is_undone:
            say(shop.bob, f"sale #{people[who].serial} {name} 30 x 5 for {days} days")
            say(shop.bob, "undo")
            later(minutes=1)
    coverage.catch_up()
    assert is_as_reckoned_anew(shop.company)
    assert Medicine.select().count()
