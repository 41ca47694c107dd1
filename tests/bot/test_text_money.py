"""Amounts as typed in India."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.money import LARGEST, amount


@pytest.mark.parametrize(
    ("written", "rupees"),
    [
        ("500", "500"),
        ("500.", "500"),
        ("0", "0"),
        ("8.5", "8.50"),
        ("₹1,250.50", "1250.50"),
        ("₹ 500", "500"),
        ("Rs. 500/-", "500"),
        ("Rs.500", "500"),
        ("rs 500 only", "500"),
        ("500 ka", "500"),
        ("500rs", "500"),
        ("500 rupees", "500"),
        ("INR 1,250", "1250"),
        ("1.5k", "1500"),
        ("2K", "2000"),
        ("2 lakh", "200000"),
        ("1.25 lakhs", "125000"),
        ("5 hazaar", "5000"),
        ("1,50,000", "150000"),
        ("150,000", "150000"),
        ("1,250,000", "1250000"),
        ("१,२५०", "1250"),
        ("₹ २ हज़ार", "2000"),
        ("५०० रुपये", "500"),
        ("99999999", "99999999"),
    ],
)
def test_amounts_are_read(written, rupees):
    assert amount(written) == Decimal(rupees)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "free",
        "five hundred",
        "-500",
        "₹-500",
        "+500",
        "5.125",
        "1,5,0",
        "12,34",
        "1.250,50",
        "1,50,00",
        ",500",
        "500,",
        "5e3",
        "1_000",
        "0x10",
        "½",
        "5²",
        "inf",
        "NaN",
        "9876543210",
        "999 lakh lakh",
        "1000 lakh",
        "500 600",
        "$500",
        "500 for Metformin",
        "30 days",
        "9" * 400,
    ],
)
def test_what_is_no_amount_is_none(written):
    assert amount(written) is None


def test_amounts_are_whole_paise():
    assert str(amount("8.5")) == "8.50"


@given(st.text())
def test_any_text_is_an_amount_in_bounds_or_none(text):
    assert 0 <= (amount(text) or 0) <= LARGEST


@given(st.decimals(0, LARGEST, places=2))
def test_what_is_written_with_two_decimals_comes_back(rupees):
    assert amount(f"₹{rupees}") == rupees
