"""Lengths of calls and of supplies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.durations import LONGEST_CALL, LONGEST_SUPPLY, call_seconds, days, split_call_seconds


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("3m", 180),
        ("3 min", 180),
        ("3 mins.", 180),
        ("3 MINUTES", 180),
        ("90s", 90),
        ("90 sec", 90),
        ("3:20", 200),
        ("0:45", 45),
        ("1:02:03", 3723),
        ("1h 5m", 3900),
        ("1h5m", 3900),
        ("2m30s", 150),
        ("1.5 min", 90),
        ("३ मिनट", 180),
        ("0m", 0),
    ],
)
def test_the_length_of_a_call_is_in_seconds(written, seconds):
    assert call_seconds(written) == seconds


@pytest.mark.parametrize(
    "written", ["", "3", "3:75", "m", "3 months", "3 miles", "-3m", "99h", "3m answered", "1:2", "3mm"]
)
def test_what_is_no_length_of_a_call_is_none(written):
    assert call_seconds(written) is None


@pytest.mark.parametrize(
    ("words", "seconds", "rest"),
    [
        ("3m answered", 180, "answered"),
        ("1h 5m answered will come", 3900, "answered will come"),
        ("3 min, no answer", 180, "no answer"),
        ("answered 3m", None, "answered 3m"),
        ("3 strips wanted", None, "3 strips wanted"),
        ("", None, ""),
    ],
)
def test_a_leading_length_is_split_from_what_follows(words, seconds, rest):
    assert split_call_seconds(words) == (seconds, rest)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("30 days", 30),
        ("15d", 15),
        ("30d.", 30),
        ("a month", 30),
        ("month", 30),
        ("2 weeks", 14),
        ("1 mahina", 30),
        ("do mahine", 60),
        ("3 months", 90),
        ("for ten days", 10),
        ("about a week", 7),
        ("ek hafta", 7),
        ("pandrah din", 15),
        ("एक सप्ताह", 7),
        ("३० दिन", 30),
        ("30 दिन के लिए", 30),
        ("एक महीना", 30),
        ("half a month", 15),
        ("1 year", 365),
        ("30days", 30),
    ],
)
def test_a_supply_is_in_days(written, count):
    assert days(written) == count


@pytest.mark.parametrize(
    "written",
    [
        "",
        "30",
        "days",
        "day",
        "d",
        "0 days",
        "-5 days",
        "3000 days",
        "30 tablets",
        "1.5 months",
        "some days",
        "2-3 days",
    ],
)
def test_what_is_no_length_of_a_supply_is_none(written):
    assert days(written) is None


@given(st.text())
def test_any_text_is_a_length_in_bounds_or_none(text):
    assert 0 <= (call_seconds(text) or 0) <= LONGEST_CALL
    assert 1 <= (days(text) or 1) <= LONGEST_SUPPLY
    assert split_call_seconds(text)[0] is not None or split_call_seconds(text)[1] == text
