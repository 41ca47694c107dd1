"""Phones in cells, in every spelling that people and programs have for them."""

import json

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sheets.phones import LANDLINE, MOBILE, OTHER, calling_code, of_a_person, parse_cell
from sheets.quick import QuickReader
from tests.sheets.files import SHARED

RAVI = "+919876543210"

ONE_MOBILE = (
    "9876543210",
    "+91 98765 43210",
    "+919876543210",
    "0091-98765-43210",
    "0 98765 43210",
    "091 9876543210",
    "919876543210",
    "wa.me/919876543210",
    "https://wa.me/919876543210?text=hello",
    "https://api.whatsapp.com/send?phone=919876543210",
    "919876543210@s.whatsapp.net",
    "91-9876543210",
    "+91 (0) 98765 43210",
    "(+91) 98765.43210",
    "'9876543210",
    "'+919876543210",
    "\u00a098765\u00a043210",
    "98765\u201343210",
    "\u202a+91 98765 43210\u202c",
    "९८७६५४३२१०",
    "९८७६५ ४३२१०",
    "９８７６５４３２１０",
    "98 76 54 32 10",
    "9876543210.0",
    "9.876543210E+09",
    "9.19876543210E+11",
    "tel:+919876543210",
    "Mob. 9876543210",
    "98765/43210",
    "98765\n43210",
    "+91\n98765 43210",
    9876543210,
    9876543210.0,
    919876543210.0,
)


@pytest.mark.parametrize("cell", ONE_MOBILE)
def test_every_spelling_of_a_mobile_is_the_same_number(cell):
    read = parse_cell(cell, "IN")
    assert [tuple(phone) for phone in read.phones] == [(RAVI, MOBILE)]
    assert (read.text, read.problem) == ("", "")


@pytest.mark.parametrize(
    "cell",
    [
        "9876543210 / 9123456789",
        "9876543210,9123456789",
        "9876543210;9123456789",
        "9876543210 & 9123456789",
        "9876543210\n9123456789",
        "9876543210 9123456789",
        "98765 43210 91234 56789",
        "9876543210-9123456789",
        "9876543210 or 9123456789",
        "९८७६५४३२१० / ९१२३४५६७८९",
        "+91 98765-43210, +91 91234-56789",
    ],
)
def test_two_numbers_in_a_cell_come_in_their_order(cell):
    assert [phone.number for phone in parse_cell(cell, "IN").phones] == [RAVI, "+919123456789"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("9876543210 (wife)", "wife"),
        ("wife: 9876543210", "wife"),
        ("9876543210 Ramesh Kumar", "Ramesh Kumar"),
        ("ravi@example.com / 9876543210", "ravi@example.com"),
        ("9876543210 room 11", "room 11"),
    ],
)
def test_text_beside_a_number_is_kept(cell, text):
    read = parse_cell(cell, "IN")
    assert ([phone.number for phone in read.phones], read.text) == ([RAVI], text)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("9.19E+11", "rounded"),
        ("9.19877E+11", "rounded"),
        ("9,19E+11", "rounded"),
        (9.19e11, "rounded"),
        (919877000000, "rounded"),
        ("#######", "rounded"),
        ("", "no_phone"),
        (None, "no_phone"),
        ("-", "no_phone"),
        ("N/A", "no_phone"),
        ("ask her son", "not_a_phone"),
        (True, "not_a_phone"),
        ("98765", "too_short"),
        ("411001", "too_short"),
        ("98765432101", "too_long"),
        ("971501234567", "needs_country_code"),
        ("5555551234", "no_such_number"),
        ("+9876543210", "too_short"),
        (98765.5, "too_short"),
    ],
)
def test_what_cannot_be_a_phone_is_named_and_never_guessed(cell, problem):
    read = parse_cell(cell, "IN")
    assert (read.phones, read.problem) == ((), problem)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("+1 202-555-0143", "+12025550143"),
        ("+44 7911 123456", "+447911123456"),
        ("00971501234567", "+971501234567"),
        ("+977 984-1234567", "+9779841234567"),
    ],
)
def test_a_foreign_number_with_its_own_plus_stays_foreign(cell, number):
    assert [phone.number for phone in parse_cell(cell, "IN").phones] == [number]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("022-24134567", LANDLINE),
        (2224134567.0, LANDLINE),
        ("(080) 2345 6789", LANDLINE),
        ("8023456789", LANDLINE),
        ("98230 12345", MOBILE),
        ("1800 123 456", OTHER),
    ],
)
def test_landlines_are_told_from_mobiles(cell, kind):
    assert [phone.kind for phone in parse_cell(cell, "IN").phones] == [kind]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1800 123 456", "service_number"),
        ("1800-425-0123", "service_number"),
        (18604251188, "service_number"),
        ("+91 1800 123 456", "service_number"),
        ("Helpline 1800 123 456", "service_number"),
        ("+1 800 555 1234", "service_number"),
        ("139", "too_short"),
        ("1909", "too_short"),
        ("56161", "too_short"),
        ("022-24134567", ""),
        ("98230 12345", ""),
        # Numbers of the internet, and one that follows its person: both may be on WhatsApp.
        ("+44 56 1234 5678", ""),
        ("+44 70 1234 5678", ""),
    ],
)
def test_a_service_number_is_nobodys(cell, problem):
    assert of_a_person(cell, "IN").problem == problem


def test_a_service_number_beside_a_persons_stays_as_a_note():
    read = of_a_person("98765 43210 / 1800 123 456", "IN")
    assert ([phone.number for phone in read.phones], read.text) == ([RAVI], "+911800123456")


@pytest.mark.parametrize(
    ("cell", "code", "number"),
    [
        ("501234567", "971", "+971501234567"),
        ("0501234567", "971", "+971501234567"),
        ("(202) 555-0143", "1", "+12025550143"),
        ("9876543210", "91", RAVI),
        ("919876543210", "91", RAVI),
        ("+447911123456", "91", "+447911123456"),
    ],
)
def test_a_country_code_of_its_own_column_is_put_before_the_number(cell, code, number):
    assert [phone.number for phone in parse_cell(cell, "IN", code).phones] == [number]


@pytest.mark.parametrize(
    "cell", [91.0, "+91", "0091", "91", "IN", "in", "India (+91)", "India", "INDIA ", "भारत"]
)
def test_a_country_code_is_read_in_any_spelling(cell):
    assert calling_code(cell) == "91"


def test_the_region_is_the_one_that_is_asked_for():
    assert parse_cell("0936528787", "ET").phones[0].number == "+251936528787"
    assert parse_cell("936528787", "ET").phones[0].number == "+251936528787"


def test_a_number_that_is_none_in_the_stated_country_is_not_taken_for_one_of_ours():
    read = parse_cell("(171) 555-7788", "IN", "44")
    assert (read.phones, read.problem) == ((), "no_such_number")


@pytest.mark.parametrize(
    ("country", "code"),
    [("UAE", "971"), ("Nepal", "977"), ("नेपाल", "977"), ("United Kingdom", "44"), ("usa", "1"), ("Goa", "")],
)
def test_a_country_is_known_by_its_name(country, code):
    assert calling_code(country) == code


@pytest.mark.parametrize(
    ("cell", "second"),
    [
        ("98765-43210/11", "+919876543211"),
        ("98765 43210 / 211", "+919876543211"),
        ("98765 43210 & 43219", "+919876543219"),
        ("+91 98765 43210/1", "+919876543211"),
    ],
)
def test_the_end_of_a_second_number_behind_a_slash_is_that_number(cell, second):
    assert [phone.number for phone in parse_cell(cell, "IN").phones] == [RAVI, second]


_JOINTS = st.sampled_from(["", " ", "-", ".", "\u00a0", " - "])
_PREFIXES = st.sampled_from(["", "0", "91", "+91", "0091", "+91 ", "+91-", "(+91) ", "091 ", "+91 0"])
_SCRIPTS = st.sampled_from(["0123456789", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "٠١٢٣٤٥٦٧٨٩"])


def _is_mobile(national: int) -> bool:
    number = phonenumbers.parse(str(national), "IN")
    return phonenumbers.number_type(number) in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


@given(st.integers(6_000_000_000, 9_999_999_999), _PREFIXES, _JOINTS, st.integers(1, 9), _SCRIPTS)
def test_any_spelling_of_any_mobile_comes_out_the_same(national, prefix, joint, cut, script):
    assume(_is_mobile(national))
    digits = str(national)
    # ".0" at the end is what Excel adds to a number, so there a point is none of the person's.
    assume(joint != "." or digits[cut:].strip("0"))
    spelled = f"{prefix}{digits[:cut]}{joint}{digits[cut:]}".translate(str.maketrans("0123456789", script))
    assert [tuple(phone) for phone in parse_cell(spelled, "IN").phones] == [(f"+91{national}", MOBILE)]


@given(st.integers(6_000_000_000, 9_999_999_999).filter(lambda number: number % 1_000_000))
def test_a_number_cell_is_the_same_as_its_text(national):
    assume(_is_mobile(national))
    cells = (national, float(national), float(f"91{national}"), str(national), f"{national}.0")
    assert {parse_cell(cell, "IN").phones for cell in cells} == {((f"+91{national}", MOBILE),)}


@given(st.integers(1_000_000_000, 9_999_999_999))
def test_the_quick_reader_says_what_phonenumbers_says(national):
    quick = QuickReader("IN")
    answer = quick.read(str(national))
    number = phonenumbers.parse(str(national), "IN")
    if answer:
        assert answer == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert phonenumbers.is_valid_number(number)
        assert (answer in quick.landlines) == (not _is_mobile(national))
    else:
        assert not _is_mobile(national) or not phonenumbers.is_valid_number(number)


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.none() | st.dates())
def test_no_cell_whatever_stops_the_reader(cell):
    read = parse_cell(cell, "IN")
    assert bool(read.phones) != bool(read.problem)


@pytest.mark.skipif(not (SHARED / "phones").exists(), reason="the examples of libphonenumber are not there")
def test_the_examples_of_libphonenumber_come_out_right():
    examples = json.loads((SHARED / "phones" / "libphonenumber_examples.json").read_text())
    for example in examples["examples_IN"]:
        for spelling in ("e164", "national", "international", "rfc3966"):
            read = parse_cell(example[spelling], "IN")
            assert [phone.number for phone in read.phones] == [example["e164"]], example
    for region, national, e164 in examples["example_mobiles_world"]:
        assert [phone.number for phone in parse_cell(national, region).phones] == [e164], region
        assert [phone.number for phone in parse_cell(e164, "IN").phones] == [e164], region
    for region, e164 in examples["invalid_world"]:
        assert parse_cell(e164, "IN").phones == (), region
