"""Reminders as purchases make and end them, and as staff list and mark them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from database import db
from domain import departures, follow_ups, purchases, refill_cycles, refills, supplies
from domain.bills import Bill, Item
from domain.errors import DomainError
from domain.people import of_customer
from domain.supplies import Event
from messaging import outbox
from models import Customer, FollowUp, Message, RefillReminder
from tests.conversation import MORNING, Shop, fresh, new_customer, open_other_shop, phone_of
from tests.refilling import open_ones, sold

TODAY = date(2027, 2, 1)


def queued_for(reminder: RefillReminder) -> Message:
    return outbox.queue(
        phone_of(reminder.customer),
        "refill_due",
        key=f"refill:{reminder.id}:due",
        kind="reminder",
        first_name="Alice",
        runs_out_on=reminder.runs_out_on,
    )


def test_thirty_days_from_the_first_of_february_stand_in_the_list_from_the_26th(shop: Shop) -> None:
    [reminder] = sold(shop.alice).reminders
    assert (reminder.runs_out_on, reminder.reminder_on) == (date(2027, 3, 3), date(2027, 2, 26))
    assert (reminder.next_step, reminder.next_step_on) == ("due", date(2027, 2, 28))


def test_supply_left_over_shifts_the_run_out(shop: Shop) -> None:
    sold(shop.alice)
    [reminder] = sold(shop.alice, after=20).reminders
    assert reminder.runs_out_on == TODAY + timedelta(days=60)


def test_a_purchase_ends_the_ladder_and_says_which(shop: Shop) -> None:
    [first] = sold(shop.alice).reminders
    sale = sold(shop.alice, after=28)
    first = fresh(first)
    assert (first.state, first.next_step) == ("ended", None)
    assert refills.ended_by(first) == sale.purchase


def test_brand_and_generic_are_one_supply(shop: Shop) -> None:
    sold(shop.alice, "Glucophage 500", brand="Glucophage", generic="Metformin")
    [reminder] = sold(shop.alice, "Metformin 500", after=20).reminders
    assert open_ones() == [reminder]
    assert reminder.runs_out_on == TODAY + timedelta(days=60)


def test_other_medicines_and_other_customers_are_left_alone(shop: Shop) -> None:
    sold(shop.alice)
    sold(shop.alice, "Telma 40", after=5)
    sold(new_customer(shop.company, "Ravi Kumar", "+919899912345"), after=5)
    assert len(open_ones()) == 3


def test_a_purchase_without_duration_ends_the_ladder_and_makes_none(shop: Shop) -> None:
    sold(shop.alice)
    sold(shop.alice, days=None, after=28)
    assert open_ones() == []


@pytest.mark.parametrize(
    ("name", "days"), [("Azithromycin 500", 30), ("Crocin 650", 14), ("Metformin 500", None)]
)
def test_short_courses_get_no_reminder(shop: Shop, name: str, days: int | None) -> None:
    assert sold(shop.alice, name, days).reminders == []


def test_a_short_course_gets_one_if_it_is_said(shop: Shop) -> None:
    assert len(sold(shop.alice, "Crocin 650", 10, remind=True).reminders) == 1


def test_a_few_days_more_of_what_is_taken_for_long_go_on(shop: Shop) -> None:
    sold(shop.alice)
    [reminder] = sold(shop.alice, days=10, after=29).reminders
    assert reminder.runs_out_on == TODAY + timedelta(days=40)


def test_two_lines_of_one_medicine_are_one_supply(shop: Shop) -> None:
    items = tuple(
        Item(name, 30, Decimal(5), duration_days=30) for name in ("Metformin 500", "metformin 500mg tab")
    )
    sale = purchases.record(of_customer(shop.alice), Bill(items, on=TODAY), staff=None, at=MORNING)
    assert [reminder.runs_out_on for reminder in sale.reminders] == [TODAY + timedelta(days=60)]


def test_a_purchase_entered_late_lengthens_the_open_supply(shop: Shop) -> None:
    [reminder] = sold(shop.alice).reminders
    sold(shop.alice, after=-10)
    assert open_ones() == [reminder]
    assert fresh(reminder).runs_out_on == TODAY + timedelta(days=50)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.integers(-60, 0), some.integers(15, 60)), min_size=1, max_size=5))
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_in_whatever_order_purchases_are_entered_it_runs_out_when_the_supply_does(
    shop: Shop, fills: list[tuple[int, int]]
) -> None:
    with db.atomic() as transaction:
        for after, days in fills:
            sold(shop.alice, days=days, after=after)
        [reminder] = open_ones()
        dated = [Event(TODAY + timedelta(days=after), supplies.BOUGHT, days) for after, days in fills]
        assert reminder.runs_out_on == supplies.runs_out_on(dated)
        transaction.rollback()


def test_who_asked_not_to_be_written_to_stands_in_the_list_only(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    phone.opted_out_at = MORNING
    phone.save()
    [reminder] = sold(shop.alice).reminders
    assert reminder.next_step is None
    assert refills.count_due(shop.company, reminder.reminder_on, 0) == 1


def test_a_customer_without_a_phone_stands_in_the_list_only(shop: Shop) -> None:
    nobody = Customer.create(company=shop.company, serial=shop.company.take_serials(), name="Old Mr Shah")
    [reminder] = sold(nobody).reminders
    assert (reminder.phone, reminder.next_step) == (None, None)


def test_the_due_list_holds_the_days_asked_for_and_all_that_is_overdue(shop: Shop) -> None:
    [overdue] = sold(shop.alice, "Telma 40", 15).reminders
    [soon] = sold(shop.alice, "Metformin 500", 30).reminders
    sold(shop.alice, "Atorva 10", 60)
    on = date(2027, 2, 20)
    assert [(line.reminder, line.days_left) for line in refills.due(shop.company, on, 0)] == [(overdue, -4)]
    assert [line.reminder for line in refills.due(shop.company, on, 6)] == [overdue, soon]
    assert refills.count_due(shop.company, on, 5) == 1


def test_the_due_list_of_another_pharmacy_is_its_own(shop: Shop) -> None:
    other, charlie = open_other_shop()
    sold(charlie)
    assert refills.due(shop.company, TODAY, 90) == []
    assert len(refills.due(other.company, TODAY, 90)) == 1


def test_bought_without_a_sale_the_same_supply_follows(shop: Shop) -> None:
    [reminder] = sold(shop.alice).reminders
    renewed = refill_cycles.purchased(reminder, at=MORNING + timedelta(days=35))
    assert fresh(reminder).ended_because == "purchased"
    assert renewed.runs_out_on == TODAY + timedelta(days=65)


def test_what_has_ended_cannot_be_marked(shop: Shop) -> None:
    [reminder] = sold(shop.alice).reminders
    refills.bought_elsewhere(reminder, at=MORNING)
    for mark in (refills.called, refills.responded, refill_cycles.purchased, refills.bought_elsewhere):
        with pytest.raises(DomainError, match="refill_ended"):
            mark(fresh(reminder), at=MORNING)


def test_a_death_ends_everything_and_a_later_sale_starts_nothing(shop: Shop) -> None:
    sold(shop.alice)
    departures.died(fresh(shop.alice), on=TODAY, at=MORNING)
    assert RefillReminder.get().ended_because == "died"
    assert sold(shop.alice, "Telma 40").reminders == []


def test_stop_ends_the_ladders_of_everybody_on_the_phone(shop: Shop) -> None:
    sold(shop.alice)
    sold(new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address), "Telma 40")
    refills.stopped(phone_of(shop.alice), at=MORNING)
    assert {reminder.ended_because for reminder in RefillReminder.select()} == {"stopped"}


def test_a_purchase_takes_back_what_still_waits_to_be_said(shop: Shop) -> None:
    [reminder] = sold(shop.alice).reminders
    message = queued_for(reminder)
    sold(shop.alice, after=28)
    assert (fresh(message).state, fresh(message).reason) == ("cancelled", "refill_ended")


def test_a_message_for_a_basket_stays_while_one_of_it_is_open(shop: Shop) -> None:
    [metformin] = sold(shop.alice).reminders
    [telma] = sold(shop.alice, "Telma 40").reminders
    message = queued_for(metformin)
    RefillReminder.update(whatsapp_sent_at=MORNING).execute()
    sold(shop.alice, after=28)
    assert fresh(message).state == "queued"
    refills.end(fresh(telma), "bought_elsewhere", MORNING)
    assert fresh(message).state == "cancelled"


def test_a_purchase_settles_the_tasks_about_the_refill(shop: Shop) -> None:
    sold(shop.alice)
    person = of_customer(shop.alice)
    for kind in ("keep_ready", "refill_call", "question"):
        follow_ups.raise_task(shop.company, kind, at=MORNING, person=person, cause=kind)
    sold(shop.alice, after=28)
    assert [task.kind for task in FollowUp.select().where(FollowUp.state == "open")] == ["question"]


def test_the_number_of_another_pharmacys_reminder_is_nobodys_here(shop: Shop) -> None:
    _, charlie = open_other_shop()
    [theirs] = sold(charlie).reminders
    with pytest.raises(DomainError, match="no_such_refill"):
        refills.numbered(shop.company, theirs.serial)


def test_the_due_list_tells_who_when_and_what_was_said(shop: Shop) -> None:
    [reminder] = sold(shop.alice).reminders
    refills.called(reminder, at=MORNING)
    [line] = refills.due(shop.company, date(2027, 3, 1), 0)
    assert (line.customer.name, line.customer.phone.address) == ("Alice Fernandes", "+919876543213")
    assert (line.days_left, line.is_whatsapp_sent, line.is_called, line.response) == (2, False, True, None)


@pytest.mark.parametrize(("days", "count"), [(0, 1), (7, 2), (14, 3), (30, 4)])
def test_the_usual_lists_look_so_many_days_ahead(shop: Shop, days: int, count: int) -> None:
    for number, supply in enumerate((15, 20, 28, 40)):
        sold(shop.alice, f"Medicine {number} 10mg", supply)
    assert len(refills.due(shop.company, date(2027, 2, 11), days)) == count


def test_the_due_list_goes_on_page_by_page(shop: Shop) -> None:
    for number in range(5):
        sold(shop.alice, f"Medicine {number} 10mg", 30 + number % 2)
    on, seen = date(2027, 3, 1), []
    page = refills.due(shop.company, on, 7, limit=2)
    while page:
        seen += page
        page = refills.due(shop.company, on, 7, limit=2, where=refills.Wanted(after=page[-1].key))
    assert seen == refills.due(shop.company, on, 7)
    assert len(seen) == 5


def test_the_due_list_of_who_has_not_answered_and_of_ones_own(shop: Shop) -> None:
    [answered] = sold(shop.alice, "Telma 40").reminders
    [silent] = sold(shop.alice).reminders
    refills.responded(answered, at=MORNING)
    on = date(2027, 3, 1)
    lines = refills.due(shop.company, on, 0, where=refills.Wanted(unanswered=True))
    assert [line.reminder for line in lines] == [silent]
    shop.alice.assigned_to = shop.meera
    shop.alice.save()
    assert refills.due(shop.company, on, 0, where=refills.Wanted(seen_by=shop.bob)) == []
    assert len(refills.due(shop.company, on, 0, where=refills.Wanted(seen_by=shop.meera))) == 2
