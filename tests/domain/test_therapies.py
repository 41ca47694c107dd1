"""Covered days by the published definitions, each vector worked by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import medicines, therapies
from domain.therapies import Fill

START = date(2027, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def fills(*bought: tuple[int, int], name: str = "Metformin 500") -> list[Fill]:
    """So many days of it, on those days of the window."""
    return [Fill(day(on), days, medicines.identity(name), 1) for on, days in bought]


def covered(spans: tuple[therapies.Span, ...], until: int) -> int:
    return sum(max(0, (min(span.ends_on, day(until)) - span.begins_on).days) for span in spans)


@pytest.mark.parametrize(
    ("bought", "days_covered", "out"),
    [
        # Each fill waits for the one before: 0-30, 30-60, 60-90, 90-120.
        ([(0, 30), (20, 30), (40, 30), (60, 30)], 90, 120),
        # 0-30, fifteen days without, 45-75, and 75-105 of which fifteen lie in the window: 30 + 45.
        ([(0, 30), (45, 30), (60, 30)], 75, 105),
        # 0-30, 30-60, fifteen days without, 75-105: 60 + 15. Unshifted 20-50 would give 65.
        ([(0, 30), (20, 30), (75, 30)], 75, 105),
        # Two bills on one day are one fill of sixty days.
        ([(0, 30), (0, 30)], 60, 60),
    ],
)
def test_what_is_left_over_shifts_the_next_fill(bought, days_covered, out):
    spans = therapies.spans(fills(*bought))
    assert covered(spans, 90) == days_covered
    assert spans[-1].ends_on == day(out)


def test_a_late_fill_knows_how_many_days_were_without():
    assert [span.late_days for span in therapies.spans(fills((0, 30), (20, 30), (75, 30)))] == [0, 0, 15]


def test_a_brand_and_its_generic_are_one_supply():
    glucophage = Fill(day(30), 30, medicines.Identity("metformin", "500mg", ""), 2)
    [course] = therapies.courses([*fills((0, 30)), glucophage])
    assert (course.drug, course.medicine_id, course.spans[-1].ends_on) == ("metformin 500", 2, day(60))


def test_another_strength_ends_the_one_before_it():
    courses = therapies.courses(fills((0, 30)) + fills((20, 30), (50, 30), name="Metformin 1000"))
    ended = {course.drug: course.until_on for course in courses}
    assert ended == {"metformin 500": day(20), "metformin 1000": None}


def test_two_strengths_taken_side_by_side_both_go_on():
    courses = therapies.courses(
        fills((0, 30), (30, 30), name="Thyroxine 50") + fills((0, 30), (30, 30), name="Thyroxine 25")
    )
    assert [course.until_on for course in courses] == [None, None]


def test_a_fill_without_a_strength_goes_on_with_what_was_bought_before_it():
    courses = therapies.courses(
        fills((0, 30)) + fills((40, 30), name="Metformin 1000") + fills((35, 5), (70, 30), name="Metformin")
    )
    assert {course.drug: len(course.spans) for course in courses} == {"metformin 500": 2, "metformin 1000": 2}


def test_death_ends_it():
    [course] = therapies.courses(fills((0, 30)), died_on=day(10))
    assert course.until_on == day(10)


NAMES = ("Metformin 500", "Metformin", "Metformin 1000", "Metformin 500mg tablets", "Atorva 10")
BOUGHT = st.tuples(st.integers(0, 400), st.integers(1, 90), st.sampled_from(NAMES))


@given(st.lists(BOUGHT, max_size=25), st.randoms())
def test_the_order_of_entry_changes_nothing(bought, random):
    entered = [fill for on, days, name in bought for fill in fills((on, days), name=name)]
    shuffled = entered.copy()
    random.shuffle(shuffled)
    assert therapies.courses(shuffled) == therapies.courses(entered)


@given(st.lists(BOUGHT, min_size=1, max_size=25))
def test_no_day_is_covered_twice_and_none_is_lost(bought):
    entered = [fill for on, days, name in bought for fill in fills((on, days), name=name)]
    courses = therapies.courses(entered)
    for course in courses:
        assert all(one.ends_on <= next_.begins_on for one, next_ in pairwise(course.spans))
    assert sum(span.days for course in courses for span in course.spans) == sum(days for _, days, _ in bought)
