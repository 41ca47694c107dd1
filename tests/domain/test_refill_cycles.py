"""Supplies that follow each other: entered late, returned, dosed otherwise, told of, unanswered."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from database import db
from domain import refill_answers, refill_cycles, refills, undo
from domain.purchases import Sale
from models import Customer, Medicine, PrescribedMedicine, Prescription, PurchaseItem, RefillReminder
from tests.conversation import MORNING, Shop, fresh, say
from tests.refilling import open_ones, sold

TODAY = date(2027, 2, 1)


def buy(
    customer: Customer, days: int | None = 30, after: int = 0, name: str = "Metformin 500", **said: Any
) -> Sale:
    return sold(customer, name, days, after, **said)


def out() -> int | None:
    """On which day after the first of February the one open supply runs out."""
    reminders = open_ones()
    assert len(reminders) < 2
    return (reminders[0].runs_out_on - TODAY).days if reminders else None


def prescribe(shop: Shop, frequency: str, after: int) -> None:
    written = Prescription.create(
        company=shop.company,
        serial=shop.company.take_serials(),
        customer=shop.alice,
        prescribed_on=TODAY + timedelta(days=after),
    )
    medicine = Medicine.get(Medicine.name == "Metformin 500")
    PrescribedMedicine.create(
        prescription=written, medicine=medicine, medicine_name=medicine.name, frequency=frequency
    )
    refill_cycles.prescribed(fresh(shop.alice), [medicine], at=MORNING + timedelta(days=after))


@pytest.mark.parametrize("order", list(permutations(range(4))))
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_early_late_short_and_unmeasured_purchases_come_to_the_same_in_any_order(
    shop: Shop, order: tuple[int, ...]
) -> None:
    entered = [(-40, 30), (-25, 30), (-3, 5), (-60, None)]
    for number in order:
        after, days = entered[number]
        buy(shop.alice, days, after)
    assert out() == 25
    [reminder] = open_ones()
    assert reminder.purchase.purchased_on == TODAY - timedelta(days=3)
    assert reminder.supply_days == 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.lists(
        some.tuples(some.integers(-300, 0), some.none() | some.integers(1, 60)), min_size=1, max_size=5
    ),
    some.randoms(),
)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_whatever_the_order_of_entry_the_open_reminder_is_the_same(
    shop: Shop, bought: list[tuple[int, int | None]], random: Any
) -> None:
    seen = []
    for _ in range(2):
        random.shuffle(bought)
        with db.atomic() as transaction:
            for after, days in bought:
                buy(shop.alice, days, after)
            seen.append([(one.runs_out_on, one.reminder_on, one.supply_days) for one in open_ones()])
            transaction.rollback()
    assert seen[0] == seen[1]


def test_a_purchase_without_days_entered_first_still_ends_the_earlier_one(shop: Shop) -> None:
    buy(shop.alice, None, after=0)
    buy(shop.alice, 30, after=-10)
    assert open_ones() == []


def test_a_second_purchase_of_the_day_goes_on_from_the_first(shop: Shop) -> None:
    [first] = buy(shop.alice).reminders
    [second] = buy(shop.alice).reminders
    assert first != second and out() == 60


def test_a_returned_purchase_leaves_the_supply_before_it(shop: Shop) -> None:
    buy(shop.alice)
    late = buy(shop.alice, after=28)
    PurchaseItem.update(duration_days=0).where(PurchaseItem.purchase == late.purchase).execute()
    PurchaseItem.delete().where(PurchaseItem.purchase == late.purchase).execute()
    refill_cycles.taken_back(late.purchase, at=MORNING)
    assert out() == 30
    assert fresh(late.reminders[0]).ended_because == "returned"


def test_a_returned_purchase_that_was_the_only_one_leaves_nothing(shop: Shop) -> None:
    sale = buy(shop.alice)
    PurchaseItem.delete().where(PurchaseItem.purchase == sale.purchase).execute()
    refill_cycles.taken_back(sale.purchase, at=MORNING)
    assert open_ones() == []


def test_a_sale_that_is_undone_brings_the_old_ladder_back(shop: Shop) -> None:
    buy(shop.alice)
    say(shop.bob, "sale alice Metformin 500, 30 x 5 for 30 days")
    assert out() == 60
    say(shop.bob, "undo")
    assert out() == 30


def test_what_customers_told_us_stays_true_when_an_older_bill_is_entered(shop: Shop) -> None:
    buy(shop.alice)
    refill_answers.have_stock(open_ones(), 10, at=MORNING + timedelta(days=28))
    buy(shop.alice, after=-20)
    assert out() == 38
    buy(shop.alice, after=30)
    assert out() == 68


def test_who_counts_on_the_day_of_the_purchase_counts_what_was_bought(shop: Shop) -> None:
    buy(shop.alice)
    refill_answers.have_stock(open_ones(), 40, at=MORNING)
    assert out() == 40


def test_bought_without_a_bill_counts_when_the_next_bill_comes(shop: Shop) -> None:
    buy(shop.alice)
    refill_cycles.purchased(open_ones()[0], at=MORNING + timedelta(days=28))
    assert out() == 60
    buy(shop.alice, after=50)
    assert out() == 90


def test_a_new_dose_on_a_prescription_changes_what_is_left(shop: Shop) -> None:
    buy(shop.alice)
    prescribe(shop, "1-0-0", after=-1)
    prescribe(shop, "1-0-1", after=10)
    assert out() == 20
    assert open_ones()[0].reminder_on == TODAY + timedelta(days=15)


def test_brand_and_generic_continue_the_same_supply(shop: Shop) -> None:
    buy(shop.alice, name="Glucophage 500", brand="Glucophage", generic="Metformin")
    buy(shop.alice, name="Metformin 500", after=20)
    buy(shop.alice, name="Glucophage 500 tab", after=40)
    assert out() == 90


def test_two_cycles_without_an_answer_are_counted_and_an_answer_begins_anew(shop: Shop) -> None:
    for cycle in range(3):
        [reminder] = buy(shop.alice, after=30 * cycle).reminders
        assert reminder.silent_cycles == cycle
        RefillReminder.update(messages_sent=1).where(RefillReminder.id == reminder.id).execute()
    refills.responded(open_ones()[0], at=MORNING)
    assert open_ones()[0].silent_cycles == 0
    [after_answer] = buy(shop.alice, after=90).reminders
    assert after_answer.silent_cycles == 0


def test_taking_back_and_buying_again_makes_a_new_reminder(shop: Shop) -> None:
    sale = buy(shop.alice)
    PurchaseItem.delete().where(PurchaseItem.purchase == sale.purchase).execute()
    refill_cycles.taken_back(sale.purchase, at=MORNING)
    buy(shop.alice)
    assert out() == 30


def test_all_of_it_can_be_undone(shop: Shop) -> None:
    buy(shop.alice)
    with undo.recording() as changes:
        refill_cycles.purchased(open_ones()[0], at=MORNING + timedelta(days=28))
    undo.keep(shop.bob, "refill", changes)
    undo.take_back(shop.bob, MORNING)
    assert out() == 30
