"""Every row is accounted for, once, with its number and its reason."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets import reading, rows, tables
from sheets.suspicion import longest_run, suspicious
from tests.sheets.files import HEADER, RAVI, SITA, read, rows_of, xlsx
from tests.sheets.test_reading import CSV


def account(data: bytes) -> list[tuple[int, str, str]]:
    """Number, status and code of every row."""
    return [(row.number, row.status, row.code) for row in rows_of(data)]


def test_each_row_ends_as_what_it_is():
    cells = [
        ["Customers of 2026"],
        ["Sr", *HEADER],
        [1, *RAVI],
        [2, "Ravi K", "+91 98765 43210"],
        [3, "Gita", "9.19E+11"],
        [4, "Mina", ""],
        [],
        ["Sr", *HEADER],
        [5, *SITA],
        ["", "Total", 4],
    ]
    assert account(xlsx(cells)) == [
        (3, "ok", ""),
        (4, "duplicate", "duplicate_in_file"),
        (5, "invalid", "rounded"),
        (6, "invalid", "no_phone"),
        (7, "skipped", "blank"),
        (8, "skipped", "repeated_header"),
        (9, "ok", ""),
        (10, "skipped", "total_line"),
    ]


def test_a_repetition_names_the_row_and_the_table_it_repeats():
    *_, again = rows_of(xlsx([HEADER, SITA, RAVI], [HEADER, ["Ravi again", "09876543210"]]))
    assert (again.status, again.first, again.number, again.table) == ("duplicate", (0, 3), 2, 1)


def test_rows_without_a_phone_are_no_repetitions_of_each_other():
    assert [status for _, status, _ in account(xlsx([HEADER, ["Ravi", ""], ["Sita", ""]]))] == [
        "invalid",
        "invalid",
    ]


def test_a_row_that_is_not_taken_comes_with_its_cells():
    (row,) = rows_of(xlsx([["Sr", *HEADER, "City"], [7, "Gita", "98765", "Pune"]]))
    assert row.cells == ["7", "Gita", "98765", "Pune"]


def test_a_service_number_makes_no_contact_but_does_not_stand_in_the_way_of_a_persons():
    columns = ["Name", "Mobile", "Office Phone"]
    shops = ["Shop", "1800 123 456", ""]
    ravi, sita = ["Ravi", "1800 123 456", 9876543210], ["Sita", "", "022-24134567"]
    found = rows_of(xlsx([columns, shops, ravi, sita]))
    assert [(row.status, row.code, row.phone) for row in found] == [
        ("invalid", "service_number", ""),
        ("ok", "", "+919876543210"),
        ("ok", "", "+912224134567"),
    ]
    assert (found[0].cells, found[1].further) == (shops, [])
    assert found[1].beside == {"notes": "1800 123 456"}


def test_blank_cells_say_nothing():
    (row,) = rows_of(xlsx([[*HEADER, "City", "Age"], [*RAVI, "  ", None]]))
    assert row.values == ("", "")


def test_names_are_kept_as_they_are_written_but_for_needless_space():
    (row,) = rows_of(xlsx([HEADER, ["  Ravi \n Kumar  (क्ष)  O’Neil ५ ", 9876543210]]))
    assert row.name == "Ravi Kumar (क्ष) O’Neil ५"


def test_counts_and_repairs_are_told_when_the_rows_are_through():
    cells = [
        HEADER,
        ["Ravi", "9876543210.0"],
        ["Sita", "9876543211 / 9876543212"],
        ["Gita", "9876543213 (son)"],
    ]
    sheet, _ = read(xlsx([*cells, RAVI, ["Mina", "x"]]))
    assert dict(sheet.counts) == {"ok": 3, "duplicate": 1, "invalid": 1, "skipped": 0}
    assert dict(sheet.repairs) == {"decimal": 1, "several_phones": 1, "text_beside": 1}
    assert sheet.read == 5


def test_a_long_list_keeps_its_numbers_across_chunks():
    data = b"Name,Mobile\n" + b"".join(
        b"P%d,%d\n" % (place, 6_000_000_000 + place * 617) for place in range(5000)
    )
    read_rows = rows_of(data)
    assert [row.number for row in read_rows] == list(range(2, 5002))
    assert [row.name for row in read_rows] == [f"P{place}" for place in range(5000)]


_CELLS = st.one_of(
    st.sampled_from(
        ["", None, "Ravi", "9876543210", "98765 43211", 9876543212.0, "Total", "Name", "Mobile", "x, y"]
    ),
    st.text(max_size=12),
    st.integers(6_000_000_000, 9_999_999_999),
    st.floats(allow_nan=False),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_CELLS, max_size=4), max_size=20))
def test_the_counts_always_add_up(cells):
    sheet = reading.Workbook("xlsx", [tables.Sheet("S1", lambda: iter([HEADER, *RAVIS, *map(list, cells)]))])
    done = list(rows.rows(tables.find_tables(sheet, "IN"), "IN"))
    below = [*RAVIS, *cells]
    last = max(place for place, row in enumerate(below) if any(map(tables.plain, row)))
    assert [row.number for row in done] == list(range(2, last + 3))
    assert {row.status for row in done} <= {"ok", "duplicate", "invalid", "skipped"}
    taken = [row.phone for row in done if row.status == "ok"]
    assert len(taken) == len(set(taken))
    assert all(row.phone in taken for row in done if row.status == "duplicate")
    assert all(bool(row.code) != (row.status == "ok") for row in done)


RAVIS = [["Ravi", 9876543210]]


def test_a_file_read_twice_is_read_the_same():
    assert rows_of(CSV.encode()) == rows_of(CSV.encode())


@pytest.mark.parametrize(
    ("numbers", "looks_made"),
    [
        ([9_876_500_000 + place for place in range(30)], True),
        ([9_876_500_000 + place * 5 for place in range(30)], True),
        ([9_876_500_000 + place for place in range(9)], True),
        ([9_876_500_000 + place for place in range(5)], False),
        ([9_876_500_000 + place * place * 977 for place in range(300)], False),
        ([], False),
    ],
)
def test_long_runs_of_consecutive_numbers_look_machine_made(numbers, looks_made):
    assert suspicious([f"+91{number}" for number in reversed(numbers)]) is looks_made


def test_a_run_is_counted_where_it_is_longest():
    pieces = itertools.chain(range(100, 103), range(500, 507), [900])
    assert longest_run(f"+{number}" for number in pieces) == 7


def test_a_machine_made_list_is_told_by_the_file_that_holds_it():
    data = b"Name,Mobile\n" + b"".join(b"P,%d\n" % (9_876_500_000 + place) for place in range(40))
    sheet, _ = read(data)
    assert sheet.suspicious
