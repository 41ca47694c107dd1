"""The arithmetic of supplies: month ends, leap years, zones, left-overs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import refill_plan
from domain.refill_plan import Step
from models import Company, RefillReminder

# Rows that are never saved still ask the clock, which asks the database.
pytestmark = [
    pytest.mark.usefixtures("database_url"),
    pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True),
]

DAY = date(2027, 2, 1)


def company(**settings: object) -> Company:
    return Company(name="Asha Medicals", settings=settings)


def reminder(out: date, **settings: object) -> RefillReminder:
    begun = RefillReminder(company=company(**settings), messages_sent=0)
    refill_plan.put_on_ladder(begun, out, after=out - timedelta(days=30))
    return begun


def test_it_stands_in_the_due_list_five_days_before_it_runs_out() -> None:
    assert reminder(date(2027, 3, 3)).reminder_on == date(2027, 2, 26)
    assert reminder(date(2028, 3, 2)).reminder_on == date(2028, 2, 26)


def test_the_ladder_stands_around_the_run_out() -> None:
    out = date(2027, 3, 3)
    assert refill_plan.ladder(company(), out) == [
        Step("due", date(2027, 2, 28)),
        Step("overdue", date(2027, 3, 5)),
        Step("call", date(2027, 3, 8)),
        Step("last", date(2027, 3, 24)),
    ]


def test_every_number_of_the_ladder_is_a_setting() -> None:
    out = date(2027, 3, 10)
    set_otherwise = company(
        remind_days_before=7, overdue_days_after=0, call_days_after=30, last_days_after=20, show_days_before=9
    )
    assert [step.on for step in refill_plan.ladder(set_otherwise, out)] == [
        date(2027, 3, 3),
        date(2027, 3, 10),
        date(2027, 3, 30),
        date(2027, 4, 9),
    ]
    assert reminder(out, show_days_before=9).reminder_on == date(2027, 3, 1)


def test_a_late_evening_in_utc_is_tomorrow_in_india() -> None:
    assert refill_plan.today(company(), datetime(2027, 2, 28, 18, 29, tzinfo=UTC)) == date(2027, 2, 28)
    assert refill_plan.today(company(), datetime(2027, 2, 28, 18, 30, tzinfo=UTC)) == date(2027, 3, 1)


def test_of_several_steps_that_are_due_only_the_newest_counts() -> None:
    late = reminder(DAY)
    assert refill_plan.reached(late, DAY - timedelta(days=4)) is None
    assert refill_plan.reached(late, DAY) == Step("due", DAY - timedelta(days=3))
    assert refill_plan.reached(late, DAY + timedelta(days=3)) == Step("overdue", DAY + timedelta(days=2))


def test_a_step_more_than_a_week_old_is_not_made_up_for() -> None:
    late = reminder(DAY)
    assert refill_plan.reached(late, DAY + timedelta(days=12)) == Step("call", DAY + timedelta(days=5))
    assert refill_plan.reached(late, DAY + timedelta(days=13)) is None
    assert refill_plan.following(late, DAY + timedelta(days=13)) == Step("last", DAY + timedelta(days=21))


def test_after_the_last_message_comes_silence() -> None:
    assert refill_plan.following(reminder(DAY), DAY + timedelta(days=21)) is None


def test_when_the_messages_of_a_cycle_are_used_up_only_the_call_is_left() -> None:
    spent = reminder(DAY, messages_per_cycle=1)
    spent.messages_sent = 1
    assert [step.name for step in refill_plan.steps_from_now(spent)] == ["call"]


def test_what_a_customer_asked_for_goes_although_the_messages_are_used_up() -> None:
    spent = reminder(DAY, messages_per_cycle=1)
    spent.messages_sent = 1
    refill_plan.go_on_with(spent, Step("later", DAY))
    assert refill_plan.reached(spent, DAY) == Step("later", DAY)


def test_who_has_not_answered_two_cycles_gets_fewer_messages() -> None:
    quiet = reminder(DAY)
    quiet.silent_cycles, quiet.messages_sent = 2, 1
    assert [step.name for step in refill_plan.steps_from_now(quiet)] == ["call"]
    quiet.silent_cycles = 1
    assert len(refill_plan.steps_from_now(quiet)) == 4


def test_when_silence_counts_is_a_setting() -> None:
    quiet = reminder(DAY, silent_cycles=None, messages_when_silent=2)
    quiet.silent_cycles = 9
    assert refill_plan.most_messages(quiet) == 3
    quiet.company.settings = {"silent_cycles": 5, "messages_when_silent": 2}
    assert refill_plan.most_messages(quiet) == 2


def test_a_cycle_is_silent_if_we_wrote_and_nobody_answered() -> None:
    before = reminder(DAY)
    before.silent_cycles = 1
    assert refill_plan.silent_cycles_after(before) == 1
    before.messages_sent = 2
    assert refill_plan.silent_cycles_after(before) == 2
    before.answered_at = datetime(2027, 2, 1, tzinfo=UTC)
    assert refill_plan.silent_cycles_after(before) == refill_plan.silent_cycles_after(None) == 0
