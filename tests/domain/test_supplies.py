"""The arithmetic of supplies: left-overs, doses, month ends, leap years, in whatever order they are known."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain import supplies
from domain.supplies import BOUGHT, DOSED, HAS, Event

DAY = date(2027, 2, 1)
DAYS = some.dates(date(2020, 1, 1), date(2030, 1, 1))
DOSES = some.none() | some.fractions(min_value=Fraction(1, 7), max_value=6, max_denominator=7)
BOUGHT_ONCE = some.builds(Event, DAYS, some.just(BOUGHT), some.integers(1, 120), DOSES)
EVENTS = some.lists(
    BOUGHT_ONCE
    | some.builds(Event, DAYS, some.just(HAS), some.integers(0, 120))
    | some.builds(Event, DAYS, some.just(DOSED), some.just(0), DOSES),
    min_size=1,
)
FILLS = some.lists(some.builds(Event, DAYS, some.just(BOUGHT), some.integers(1, 120)), min_size=1)


def bought(after: int, days: int, per_day: Fraction | int | None = None) -> Event:
    return Event(DAY + timedelta(days=after), BOUGHT, days, Fraction(per_day) if per_day else None)


def day_of(*events: Event) -> int:
    """On which day after the first of February it runs out."""
    return (supplies.runs_out_on(list(events)) - DAY).days


@pytest.mark.parametrize(
    ("fills", "out"),
    [
        ([(0, 30), (20, 30), (40, 30), (60, 30)], 120),
        ([(0, 30), (45, 30), (60, 30)], 105),
        ([(0, 30), (20, 30), (75, 30)], 105),
        ([(0, 30)], 30),
        ([(0, 30), (0, 30)], 60),
        ([(0, 30), (30, 30)], 60),
        ([(0, 90), (5, 30), (10, 30)], 150),
    ],
)
def test_supply_left_over_shifts_the_run_out(fills: list[tuple[int, int]], out: int) -> None:
    assert day_of(*(bought(*fill) for fill in fills)) == out


@pytest.mark.parametrize(
    ("on", "days", "out"),
    [
        (date(2027, 2, 1), 30, date(2027, 3, 3)),
        (date(2028, 2, 1), 30, date(2028, 3, 2)),
        (date(2027, 1, 31), 30, date(2027, 3, 2)),
        (date(2028, 2, 29), 365, date(2029, 2, 28)),
        (date(2027, 12, 15), 30, date(2028, 1, 14)),
    ],
)
def test_month_ends_and_leap_years(on: date, days: int, out: date) -> None:
    assert supplies.runs_out_on([Event(on, BOUGHT, days)]) == out


def test_twice_the_dose_halves_what_is_left() -> None:
    assert day_of(bought(0, 30, 1), bought(10, 30, 2)) == 10 + 10 + 30


def test_half_the_dose_makes_what_is_left_last_twice_as_long() -> None:
    assert day_of(bought(0, 30, 2), bought(10, 30, 1)) == 10 + 40 + 30


def test_a_prescription_with_another_dose_changes_what_is_left_only() -> None:
    doubled = Event(DAY + timedelta(days=10), DOSED, per_day=Fraction(2))
    assert day_of(bought(0, 30, 1), doubled) == 20
    assert day_of(bought(0, 30), doubled) == 30
    too_late = Event(DAY + timedelta(days=40), DOSED, per_day=Fraction(2))
    assert day_of(bought(0, 30, 1), too_late) == 30


def test_what_customers_say_they_have_counts_from_that_day() -> None:
    has_ten = Event(DAY + timedelta(days=28), HAS, 10)
    assert day_of(bought(0, 30), has_ten) == 38
    assert day_of(bought(0, 30), has_ten, bought(30, 30)) == 68


def test_days_that_are_not_whole_are_cut_off() -> None:
    assert day_of(bought(0, 10, 2), bought(5, 10, 3)) == 5 + 3 + 10


@given(EVENTS, some.randoms())
def test_the_run_out_does_not_depend_on_the_order_of_entry(events: list[Event], random: Random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert supplies.runs_out_on(shuffled) == supplies.runs_out_on(events)


@given(FILLS)
def test_the_run_out_lies_between_the_last_supply_and_all_of_them_after_the_last_day(
    fills: list[Event],
) -> None:
    out = supplies.runs_out_on(fills)
    assert all(fill.on + timedelta(days=fill.days) <= out for fill in fills)
    assert out <= max(fill.on for fill in fills) + timedelta(days=sum(fill.days for fill in fills))


@given(FILLS, some.builds(Event, DAYS, some.just(BOUGHT), some.integers(1, 120)))
def test_one_purchase_more_never_lets_it_run_out_earlier(fills: list[Event], one: Event) -> None:
    assert supplies.runs_out_on([*fills, one]) >= supplies.runs_out_on(fills)


@given(EVENTS, some.integers(1, 400))
def test_days_that_pass_before_the_first_purchase_move_everything(events: list[Event], later: int) -> None:
    moved = [Event(one.on + timedelta(days=later), one.kind, one.days, one.per_day) for one in events]
    assert supplies.runs_out_on(moved) == supplies.runs_out_on(events) + timedelta(days=later)
