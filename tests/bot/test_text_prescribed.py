"""One line of chat read as a prescription."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import described, prescribed
from bot.text.prescribed import Line

TODAY = date(2027, 2, 1)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Amlodipine 5 once daily 30 days 30 tabs", Line("Amlodipine 5", "once daily", 30, 30)),
        ("Metformin 500 mg 1-0-1 x 1 month", Line("Metformin 500 mg", "1-0-1", 30)),
        ("Telma AM 40/5 OD 15d", Line("Telma AM 40/5", "OD", 15)),
        ("Crocin 650 SOS", Line("Crocin 650", "SOS")),
        ("Febuxostat 40 1 tab od 30 days", Line("Febuxostat 40", "1 tab od", 30)),
        (
            "Paracetamol 650 1 tab every 6 hours 3 days 12 tabs",
            Line("Paracetamol 650", "1 tab every 6 hours", 3, 12),
        ),
        ("Insulin glargine 10 units at night 30 days", Line("Insulin glargine", "10 units at night", 30)),
        ("Ecosprin 75", Line("Ecosprin 75")),
        ("Vitamin D3 60k once a week 8 weeks", Line("Vitamin D3 60k", "once a week", 56)),
        ("Eltroxin 2 tablets every 3 days 60 days", Line("Eltroxin", "2 tablets every 3 days", 60)),
        ("Amlodipine 5 OD -5 days", Line("Amlodipine 5", "OD", -5)),
    ],
)
def test_a_medicine_with_how_often_how_long_and_how_many(said, line):
    assert prescribed.line(said) == line


@pytest.mark.parametrize(
    ("head", "both"),
    [
        ("Dr Smith Hypertension", ("Dr Smith", "Hypertension")),
        ("Dr. Anil Kumar, Type 2 Diabetes", ("Dr Anil Kumar", "Type 2 Diabetes")),
        ("Dr Anil Kumar Sharma Type 2 Diabetes", ("Dr Anil Kumar Sharma", "Type 2 Diabetes")),
        ("Dr Smith for back pain", ("Dr Smith", "back pain")),
        ("Dr Smith", ("Dr Smith", "")),
        ("Fever", ("", "Fever")),
        ("डॉ शर्मा", ("Dr शर्मा", "")),
        ("Dr X Y Z", None),
    ],
)
def test_where_the_doctor_ends_and_the_condition_begins(head, both):
    assert prescribed.doctor_and_condition(head) == both


def test_the_rest_of_the_line_is_understood():
    said = prescribed.prescription(
        "Dr Rao Gout: Febuxostat OD; follow up on 3/3; repeats 2; dated 20 jan; acute, notes: see ECG",
        TODAY,
    )
    assert (said.follow_up_on, said.repeats, said.on) == (date(2027, 3, 3), 2, date(2027, 1, 20))
    assert (said.is_chronic, said.notes) == (False, "see ECG")


def test_a_mark_forgotten_before_the_follow_up_does_no_harm():
    said = prescribed.prescription("Dr Rao, Gout: Dolo BD 7 days followup 15 Feb", TODAY)
    assert (said.lines, said.follow_up_on) == ([Line("Dolo", "BD", 7)], date(2027, 2, 15))


def test_a_day_that_is_none_is_kept_as_it_was_said():
    assert prescribed.prescription("Dr Rao: Dolo BD; followup 31 Feb", TODAY).unread == (
        "follow_up",
        "31 Feb",
    )


@given(st.text(max_size=80))
def test_nothing_that_is_typed_breaks_it(text):
    prescribed.prescription(text, TODAY)
    described.condition(text, TODAY)


def test_a_condition_with_all_that_is_said_of_it():
    said = described.condition(
        "Asthma chronic, severe, since 2019, last check 10 Jan, next check 10 April, on Budecort, weak",
        TODAY,
    )
    assert (said.name, said.kind, said.severity) == ("Asthma", "chronic", "severe")
    assert (said.diagnosed_on, said.last_on, said.next_on) == (
        date(2019, 1, 1),
        date(2027, 1, 10),
        date(2027, 4, 10),
    )
    assert (said.medicine, said.notes) == ("Budecort", "weak")


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (
            "Metformin 500 BD 30 days, Telma 40 OD 30 days",
            [Line("Metformin 500", "BD", 30), Line("Telma 40", "OD", 30)],
        ),
        (
            "Metformin 500 1-0-1 after food, Telma 40 1-0-0, 30 days",
            [Line("Metformin 500", "1-0-1 after food"), Line("Telma 40", "1-0-0", 30)],
        ),
        ("Amlodipine 5, once daily, 30 days, 30 tabs", [Line("Amlodipine 5", "once daily", 30, 30)]),
        ("Metformin 500 BD, after food, 30 days", [Line("Metformin 500", "BD after food", 30)]),
        ("Telma 40 OD, in the morning", [Line("Telma 40", "OD in the morning")]),
    ],
)
def test_a_comma_parts_medicines_where_each_says_how_often(said, lines):
    assert prescribed.prescription(f"Dr Rao, BP: {said}", TODAY).lines == lines


@pytest.mark.parametrize(
    "said",
    [
        "check every 3 months on Metformin",
        "check every 3 months, on Metformin",
        "on Metformin, check every 3 months",
    ],
)
def test_how_often_it_is_checked_ends_where_the_medicine_begins(said):
    read = described.condition(f"Type 2 Diabetes chronic moderate {said}", TODAY)
    assert (read.frequency, read.medicine) == ("every 3 months", "Metformin")
