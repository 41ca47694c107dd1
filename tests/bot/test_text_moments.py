"""When "tomorrow 5pm" is, said on a Saturday at three in the afternoon in India."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.moments import moment

INDIA = "Asia/Kolkata"
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=ZoneInfo(INDIA)).astimezone(UTC)


def read(words, now=NOW):
    """What `words` say, as "Sat 21 Nov 2026 17:00" in India, and the rest of them."""
    found = moment(words, now, INDIA)
    if found is None:
        return None
    return f"{found[0].astimezone(ZoneInfo(INDIA)):%a %d %b %Y %H:%M}", found[1]


@pytest.mark.parametrize(
    ("words", "when", "rest"),
    [
        ("tomorrow 5pm call back", "Sun 22 Nov 2026 17:00", "call back"),
        ("Tomorrow at 5 PM: bring the bill", "Sun 22 Nov 2026 17:00", "bring the bill"),
        ("tmrw 11", "Sun 22 Nov 2026 11:00", ""),
        ("kal 5 baje", "Sun 22 Nov 2026 17:00", ""),
        ("kal 5 baje ko phone karna", "Sun 22 Nov 2026 17:00", "phone karna"),
        ("kal subah 11 baje", "Sun 22 Nov 2026 11:00", ""),
        ("aaj shaam", "Sat 21 Nov 2026 18:00", ""),
        ("today evening", "Sat 21 Nov 2026 18:00", ""),
        ("tonight call", "Sat 21 Nov 2026 20:00", "call"),
        ("parso", "Mon 23 Nov 2026 10:00", ""),
        ("परसों शाम 5 बजे", "Mon 23 Nov 2026 17:00", ""),
        ("शाम ५ बजे परसों फोन", "Mon 23 Nov 2026 17:00", "फोन"),
        ("day after tomorrow 9am", "Mon 23 Nov 2026 09:00", ""),
        ("saadhe paanch baje", "Sat 21 Nov 2026 17:30", ""),
        ("5.30 pm tomorrow visit", "Sun 22 Nov 2026 17:30", "visit"),
        ("5-6pm tomorrow", "Sun 22 Nov 2026 17:00", ""),
        ("5 in the evening", "Sat 21 Nov 2026 17:00", ""),
        ("tomorrow noon", "Sun 22 Nov 2026 12:00", ""),
        ("tomorrow 12", "Sun 22 Nov 2026 12:00", ""),
        ("tonight 12", "Sun 22 Nov 2026 00:00", ""),
    ],
)
def test_days_and_times_in_words(words, when, rest):
    assert read(words) == (when, rest)


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("in 2 days", "Mon 23 Nov 2026 10:00"),
        ("after 3 days", "Tue 24 Nov 2026 10:00"),
        ("2 days", "Mon 23 Nov 2026 10:00"),
        ("do din baad", "Mon 23 Nov 2026 10:00"),
        ("दो दिन बाद", "Mon 23 Nov 2026 10:00"),
        ("in a week 4pm", "Sat 28 Nov 2026 16:00"),
        ("ek hafte baad", "Sat 28 Nov 2026 10:00"),
        ("next week", "Sat 28 Nov 2026 10:00"),
        ("next month", "Mon 21 Dec 2026 10:00"),
        ("in 2 hours", "Sat 21 Nov 2026 17:00"),
        ("after 30 min", "Sat 21 Nov 2026 15:30"),
        ("half an hour", "Sat 21 Nov 2026 15:30"),
        ("2 ghante baad", "Sat 21 Nov 2026 17:00"),
    ],
)
def test_a_distance_is_counted_from_now(words, when):
    assert read(words) == (when, "")


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("26 feb", "Fri 26 Feb 2027 10:00"),
        ("26th February 2027", "Fri 26 Feb 2027 10:00"),
        ("Feb 26", "Fri 26 Feb 2027 10:00"),
        ("26/2 11:30", "Fri 26 Feb 2027 11:30"),
        ("26-02-27", "Fri 26 Feb 2027 10:00"),
        ("26.2.2027", "Fri 26 Feb 2027 10:00"),
        ("2027-02-26 17:00", "Fri 26 Feb 2027 17:00"),
        ("२६ फ़रवरी", "Fri 26 Feb 2027 10:00"),
        ("26 feb 5", "Fri 26 Feb 2027 17:00"),
        ("5/6", "Sat 05 Jun 2027 10:00"),
        ("26th", "Thu 26 Nov 2026 10:00"),
        ("19 tarikh", "Sat 19 Dec 2026 10:00"),
        ("29 feb", "Tue 29 Feb 2028 10:00"),
    ],
)
def test_dates_are_day_first_and_the_year_is_the_near_one(words, when):
    assert read(words) == (when, "")


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("friday", "Fri 27 Nov 2026 10:00"),
        ("friday 5", "Fri 27 Nov 2026 17:00"),
        ("friday 5 call back", "Fri 27 Nov 2026 17:00"),
        ("next monday", "Mon 23 Nov 2026 10:00"),
        ("सोमवार", "Mon 23 Nov 2026 10:00"),
        ("somvar subah", "Mon 23 Nov 2026 10:00"),
        ("saturday", "Sat 28 Nov 2026 10:00"),
        ("saturday 5pm", "Sat 21 Nov 2026 17:00"),
        ("next saturday 5pm", "Sat 28 Nov 2026 17:00"),
        ("5pm", "Sat 21 Nov 2026 17:00"),
        ("2pm", "Sun 22 Nov 2026 14:00"),
        ("11 baje", "Sun 22 Nov 2026 11:00"),
        ("at 8", "Sat 21 Nov 2026 20:00"),
        ("subah", "Sun 22 Nov 2026 10:00"),
    ],
)
def test_bare_weekdays_and_times_are_the_next_ones(words, when):
    assert read(words)[0] == when


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("yesterday", "Fri 20 Nov 2026 10:00"),
        ("today 2pm", "Sat 21 Nov 2026 14:00"),
        ("today", "Sat 21 Nov 2026 10:00"),
        ("3 nov", "Tue 03 Nov 2026 10:00"),
        ("26 feb 2026", "Thu 26 Feb 2026 10:00"),
    ],
)
def test_a_past_moment_is_returned_as_said_for_the_caller_to_refuse(words, when):
    assert read(words)[0] == when


@pytest.mark.parametrize(
    "words",
    [
        "",
        "call back tomorrow",
        "may call back",
        "1 may be late",
        "marching on",
        "sunny",
        "31 feb",
        "31/4",
        "2/26",
        "32nd",
        "25:00",
        "17pm",
        "5",
        "5 tablets",
        "500",
        "2-3 days",
        "1/2 strip",
        "98765 43210",
        "कलम",
        "monthly",
        "@",
    ],
)
def test_words_that_do_not_begin_with_a_moment_are_none(words):
    assert read(words) is None


@pytest.mark.parametrize("words", ["tomorrow 2 strips ready", "tomorrow 30 tablets", "kal 2 x Dolo"])
def test_a_number_that_counts_things_is_not_an_hour(words):
    when, rest = read(words)
    assert when == "Sun 22 Nov 2026 10:00"
    assert words.endswith(rest)
    assert rest[0].isdigit()


def test_today_is_the_zone_s_today():
    just_past_midnight_in_india = datetime(2026, 11, 21, 18, 40, tzinfo=UTC)
    assert read("today 5pm", just_past_midnight_in_india)[0] == "Sun 22 Nov 2026 17:00"


def test_a_wall_time_keeps_its_hour_over_a_change_of_summer_time():
    before = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
    assert moment("tomorrow 5pm", before, "Europe/London") == (datetime(2026, 10, 25, 17, 0, tzinfo=UTC), "")


_WORDS = [
    "tomorrow",
    "kal",
    "5",
    "pm",
    "26",
    "feb",
    "at",
    "friday",
    "in",
    "2",
    "days",
    "शाम",
    "/",
    "-",
    ":",
    "30",
    "next",
    "99",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS)).map(" ".join)))
def test_any_text_is_a_moment_in_utc_with_less_text_left_or_none(text):
    found = moment(text, NOW, INDIA)
    assert found is None or (found[0].tzinfo is UTC and len(found[1]) < len(text))
