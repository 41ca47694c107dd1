"""Phones in the spellings people use, alone and before other words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text.phones import phone, split_phone

RAVI = "+919876543210"


@pytest.mark.parametrize(
    "written",
    [
        "9876543210",
        "98765 43210",
        "98765-43210",
        "98765.43210",
        "098765 43210",
        "0 98765 43210",
        "+91 98765 43210",
        "+91-98765-43210",
        "(+91) 98765 43210",
        "+91 (0) 98765 43210",
        "0091 98765 43210",
        "091 98765 43210",
        "919876543210",
        "९८७६५ ४३२१०",
        "৯৮৭৬৫৪৩২১০",
        "98765\u00a043210",
        "98765\u201143210",
        "\u202a+91 98765 43210\u202c",
        "tel:+919876543210",
        "whatsapp:+919876543210",
        "Mob. 98765 43210",
        " 98765 43210. ",
    ],
)
def test_every_spelling_of_a_phone_is_the_same_number(written):
    assert phone(written, "IN") == RAVI


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Ravi",
        "12345",
        "98765 4321",
        "98765 43210 500",
        "9876543210500",
        "9876543210 ext 5",
        "call 9876543210",
        "9876543210 and 9876543211",
        "1800FLOWERS",
        "₹9876543210",
        "-",
        "+",
        "+91",
        "9.87654321E+09",
    ],
)
def test_what_is_not_exactly_one_phone_is_none(written):
    assert phone(written, "IN") is None


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("+44 20 7946 0958", "IN", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("+971 50 123 4567", "IN", "+971501234567"),
        ("022 2345 6789", "IN", "+912223456789"),
    ],
)
def test_the_region_matters_only_to_national_spellings(written, region, number):
    assert phone(written, region) == number


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("98765 43210 interested, call again", "interested, call again"),
        ("+91-98765-43210", ""),
        ("0 98765 43210 no answer", "no answer"),
        ("९८७६५ ४३२१० बात हुई", "बात हुई"),
        ("98765 43210 500", "500"),
        ("98765 43210 10 Dolo 650 @ 2", "10 Dolo 650 @ 2"),
        ("+91 98765 43210 10 Dolo 650", "10 Dolo 650"),
        ("9876543210 3m answered", "3m answered"),
        ("98765 43210, 1250", "1250"),
        ("98765 43210: 1250", "1250"),
        ("98765 43210 - interested", "interested"),
        ("98765 43210 -500", "-500"),
        ("98765 43210\nwants it", "wants it"),
        ("098765-43210 ₹500", "₹500"),
        ("98765 43210 x 5", "x 5"),
    ],
)
def test_a_leading_phone_is_split_from_what_follows(words, rest):
    assert split_phone(words, "IN") == (RAVI, rest)


def test_a_number_that_begins_like_the_country_code_does_not_swallow_a_quantity():
    assert split_phone("9198765432 10 Dolo 650 @ 2", "IN") == ("+919198765432", "10 Dolo 650 @ 2")


@pytest.mark.parametrize(
    "words", ["", "Ravi 98765 43210", "#12 interested", "500", "12345 interested", "9876543210500 x"]
)
def test_words_that_do_not_begin_with_a_phone_stay_whole(words):
    assert split_phone(words, "IN") == (None, words)


@given(st.text())
@example("+" * 50)
@example("( ( ( ( 9")
def test_any_text_is_a_phone_or_none(text):
    assert (phone(text, "IN") or "+").startswith("+")
    assert len(split_phone(text, "IN")[1]) <= len(text)


@given(st.integers(6_000_000_000, 9_999_999_999), st.integers(1, 99_999))
def test_an_amount_after_any_mobile_number_is_left_alone(mobile, amount):
    assert split_phone(f"{mobile} {amount}", "IN")[0] in (f"+91{mobile}", None)
    assert split_phone(f"+91 {mobile} {amount}", "IN")[0] in (f"+91{mobile}", None)
