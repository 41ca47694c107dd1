"""How often something is looked at, and the day that follows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import monitoring


@pytest.mark.parametrize(
    ("said", "every"),
    [
        ("monthly", (1, "month")),
        ("Every month", (1, "month")),
        ("every 3 months", (3, "month")),
        ("quarterly", (3, "month")),
        ("half-yearly", (6, "month")),
        ("every 6 months", (6, "month")),
        ("once a year", (12, "month")),
        ("every other week", (2, "week")),
        ("every 10 days", (10, "day")),
        ("now and then", None),
        ("every 0 days", None),
        ("", None),
    ],
)
def test_words_are_an_interval(said, every):
    assert monitoring.interval(said) == every


@pytest.mark.parametrize(
    ("day", "said", "following"),
    [
        ("2027-01-31", "monthly", "2027-02-28"),
        ("2028-01-31", "monthly", "2028-02-29"),
        ("2028-02-29", "yearly", "2029-02-28"),
        ("2027-11-30", "every 3 months", "2028-02-29"),
        ("2027-02-26", "weekly", "2027-03-05"),
    ],
)
def test_the_next_time_is_a_real_day(day, said, following):
    assert monitoring.next_after(date.fromisoformat(day), said) == date.fromisoformat(following)


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), count=st.integers(1, 36))
def test_the_next_time_is_later_and_in_the_month_meant(day, count):
    following = monitoring.next_after(day, f"every {count} months")
    assert following is not None
    assert following > day
    assert (following.year - day.year) * 12 + following.month - day.month == count
