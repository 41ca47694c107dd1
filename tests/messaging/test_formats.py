"""Values as they read in a message."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.money import amount
from messaging import formats

INDIA = "Asia/Kolkata"
TODAY = date(2026, 11, 21)
AFTERNOON = datetime(2026, 11, 21, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("150000"), "₹1,50,000"),
        (Decimal("8.5"), "₹8.50"),
        (Decimal("2500.00"), "₹2,500"),
        (Decimal("12345678.90"), "₹1,23,45,678.90"),
        (Decimal("0"), "₹0"),
        (Decimal("0.05"), "₹0.05"),
        (Decimal("-8.50"), "-₹8.50"),
        (300, "₹300"),
    ],
)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_rupees_are_grouped_in_lakhs_with_paise_only_where_there_are_any(value, text, language):
    assert formats.rupees(value, language) == text


@given(st.decimals(0, 99_999_999, places=2))
def test_rupees_we_write_can_be_typed_back(value):
    assert amount(formats.rupees(value)) == value


def test_a_date_is_written_day_first_in_each_language():
    assert formats.date(date(2027, 2, 26)) == "26 Feb 2027"
    assert formats.date(date(2026, 9, 5)) == "5 Sep 2026"
    assert formats.date(date(2027, 2, 26), "hi") == "26 फ़र॰ 2027"


@pytest.mark.parametrize(
    ("value", "english", "hindi"),
    [
        (date(2026, 11, 21), "today", "आज"),
        (date(2026, 11, 22), "tomorrow", "कल"),
        (date(2026, 11, 20), "yesterday", "शुक्रवार 20 नव॰"),
        (date(2026, 11, 27), "Friday 27 Nov", "शुक्रवार 27 नव॰"),
        (date(2027, 2, 26), "Friday 26 Feb", "शुक्रवार 26 फ़र॰"),
        (date(2027, 11, 21), "21 Nov 2027", "21 नव॰ 2027"),
    ],
)
def test_a_day_is_named_by_its_distance_from_today(value, english, hindi):
    assert formats.day(value, TODAY) == english
    assert formats.day(value, TODAY, "hi") == hindi


def test_a_time_is_that_of_the_zone():
    assert formats.time(AFTERNOON, INDIA) == "5:00 pm"
    assert formats.time(AFTERNOON, "UTC", "hi") == "11:30 am"


def test_a_moment_names_the_local_day_not_the_day_in_utc():
    late_in_utc = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
    assert formats.moment(late_in_utc, INDIA, AFTERNOON) == "tomorrow, 12:30 am"
    assert formats.moment(AFTERNOON, INDIA, AFTERNOON, "hi") == "आज, 5:00 pm"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("+919876543210", "98765 43210"),
        ("+912223456789", "022 2345 6789"),
        ("+442079460958", "+44 20 7946 0958"),
        ("IN.4711", "IN.4711"),
        ("", ""),
    ],
)
def test_a_phone_is_written_as_people_write_it(value, text):
    assert formats.phone(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 contacts"), (1, "1 contact"), (2, "2 contacts"), (120000, "1,20,000 contacts")]
)
def test_a_count_takes_the_word_that_fits(value, text):
    assert formats.count(value, "contact", "contacts") == text


def test_numbers_have_no_needless_zeros():
    assert [formats.number(value) for value in (Decimal("2.50"), Decimal("30"), 1500)] == [
        "2.5",
        "30",
        "1,500",
    ]


def test_every_filter_takes_a_language_and_an_unknown_one_is_english():
    assert formats.FILTERS["date"](date(2027, 2, 26), language="te") == "26 Feb 2027"
    assert {"rupees", "date", "day", "time", "moment", "phone", "count"} <= set(formats.FILTERS)
