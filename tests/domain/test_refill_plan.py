"""The arithmetic of supplies: month ends, leap years, zones, left-overs."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain import refill_plan
from domain.refill_plan import Step
from models import Company, RefillReminder

DAY = date(2027, 2, 1)
FILLS = some.lists(
    some.tuples(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(1, 120)), min_size=1
)


def company(**settings: object) -> Company:
    return Company(name="Asha Medicals", settings=settings)


def reminder(out: date, **settings: object) -> RefillReminder:
    begun = RefillReminder(company=company(**settings), messages_sent=0)
    refill_plan.put_on_ladder(begun, out, after=out - timedelta(days=30))
    return begun


def day_of(fills: list[tuple[int, int]]) -> int:
    """The day of the vectors of the published definitions: fills are (day, supply)."""
    dated = [(DAY + timedelta(days=day), days) for day, days in fills]
    return (refill_plan.runs_out_on(dated) - DAY).days


@pytest.mark.parametrize(
    ("fills", "out"),
    [
        ([(0, 30), (20, 30), (40, 30), (60, 30)], 120),
        ([(0, 30), (45, 30), (60, 30)], 105),
        ([(0, 30), (20, 30), (75, 30)], 105),
        ([(0, 30)], 30),
        ([(0, 30), (0, 30)], 60),
        ([(0, 30), (30, 30)], 60),
    ],
)
def test_supply_left_over_shifts_the_run_out(fills: list[tuple[int, int]], out: int) -> None:
    assert day_of(fills) == out


@given(FILLS, some.randoms())
def test_the_run_out_does_not_depend_on_the_order_of_entry(
    fills: list[tuple[date, int]], random: Random
) -> None:
    shuffled = list(fills)
    random.shuffle(shuffled)
    assert refill_plan.runs_out_on(shuffled) == refill_plan.runs_out_on(fills)


@given(FILLS)
def test_the_run_out_lies_between_the_last_supply_and_all_of_them_after_the_last_day(
    fills: list[tuple[date, int]],
) -> None:
    out = refill_plan.runs_out_on(fills)
    last_on = max(on for on, _ in fills)
    assert all(on + timedelta(days=days) <= out for on, days in fills)
    assert out <= last_on + timedelta(days=sum(days for _, days in fills))


@given(FILLS, some.tuples(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(1, 120)))
def test_one_purchase_more_never_lets_it_run_out_earlier(
    fills: list[tuple[date, int]], one: tuple[date, int]
) -> None:
    assert refill_plan.runs_out_on([*fills, one]) >= refill_plan.runs_out_on(fills)


@pytest.mark.parametrize(
    ("bought", "days", "out", "shown"),
    [
        (date(2027, 2, 1), 30, date(2027, 3, 3), date(2027, 2, 26)),
        (date(2028, 2, 1), 30, date(2028, 3, 2), date(2028, 2, 26)),
        (date(2027, 1, 31), 30, date(2027, 3, 2), date(2027, 2, 25)),
        (date(2028, 2, 29), 365, date(2029, 2, 28), date(2029, 2, 23)),
        (date(2027, 12, 15), 30, date(2028, 1, 14), date(2028, 1, 9)),
    ],
)
def test_month_ends_and_leap_years(bought: date, days: int, out: date, shown: date) -> None:
    assert refill_plan.runs_out_on([(bought, days)]) == out
    assert reminder(out).reminder_on == shown


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
