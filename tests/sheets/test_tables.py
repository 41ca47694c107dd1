"""Where the contacts stand, and what each column is taken for, in the sheets that shops really have."""

import pytest

from sheets import mapping, reading, tables
from sheets.unreadable import Unreadable
from tests.sheets.files import HEADER, RAVI, SITA, people, read, rows_of, xlsx

BOTH = [("+919876543210", "Ravi"), ("+919876543211", "Sita")]


def taken(data: bytes, **how) -> dict[str, str]:
    """The letters of the columns by field, several joined."""
    sheet, _ = read(data, **how)
    shown: dict[str, str] = {}
    for field, letters, _ in sheet.tables[0].shown:
        shown[field] = shown.get(field, "") + letters
    return shown


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER, RAVI, SITA],
        [["Mobile", "Name"], RAVI[::-1], SITA[::-1]],
        [["Shree Medical"], ["Customers 2026"], [], HEADER, RAVI, SITA],
        [[], [], ["", "", *HEADER], ["", "", *RAVI], ["", "", *SITA]],
        [HEADER, RAVI, [], SITA],
        [HEADER, RAVI, *[[]] * 200, SITA],
        [HEADER, RAVI, HEADER, SITA],
        [RAVI, SITA],
        [["List of customers"], [], RAVI, SITA],
        [["Party", "Cell"], RAVI, SITA],
        [["Patient Name *", "Contact No. (required)"], RAVI, SITA],
        [["customerName", "mobileNo"], RAVI, SITA],
        [["NAME", "PH. NO."], RAVI, SITA],
        [["नाम", "मोबाइल नंबर"], RAVI, SITA],
        [["नाव", "भ्रमणध्वनी क्रमांक"], RAVI, SITA],
        [["பெயர்", "கைபேசி எண்"], RAVI, SITA],
        [["নাম", "মোবাইল নম্বর"], RAVI, SITA],
        [["નામ", "મોબાઈલ નંબર"], RAVI, SITA],
        [["పేరు", "ఫోన్"], RAVI, SITA],
        [["الاسم", "رقم الهاتف"], RAVI, SITA],
        [["Nom", "Téléphone"], RAVI, SITA],
        [["X", "Y"], RAVI, SITA],
        [["Contacts"], ["Ravi - 9876543210"], ["Sita 98765 43211"]],
        [HEADER, ["REQUIRED", "10 digits"], RAVI, SITA],
        [HEADER, RAVI, SITA, ["Total", 2]],
    ],
)
def test_the_two_people_are_found_wherever_they_stand(rows):
    assert people(xlsx(rows)) == BOTH


def test_a_merged_heading_over_two_phone_columns_heads_both():
    rows = [["Sr", "Name", "Mobile", ""], ["", "", "1", "2"], [1, "Ravi", 9876543210, 9876543212]]
    assert taken(xlsx(rows, merged=("C1:D1",))) == {"name": "B", "phone": "CD"}


def test_a_group_heading_above_the_headings_is_no_header():
    rows = [["Sr", "Contact details", "", ""], ["", "Name", "Mobile 1", "Mobile 2"], [1, *RAVI, 9876543212]]
    assert taken(xlsx(rows, merged=("B1:D1",))) == {"name": "B", "phone": "CD"}


def test_of_several_phone_columns_the_first_is_the_contacts_and_the_others_are_kept():
    header = ["Name", "Mobile 1", "Mobile 2", "WhatsApp No."]
    (row,) = rows_of(xlsx([header, ["Ravi", 9876543210, 9876543211, 9876543212]]))
    assert (row.phone, row.further) == ("+919876543210", ["+919876543211", "+919876543212"])
    assert row.beside == {"whatsapp": "+919876543212"}


def test_a_second_phone_steps_in_where_the_first_is_missing_or_wrong():
    rows = [["Name", "Mobile 1", "Mobile 2"], ["Ravi", "", 9876543210], ["Sita", "9.19E+11", 9876543211]]
    ravi, sita = rows_of(xlsx(rows))
    assert (ravi.phone, ravi.repairs) == ("+919876543210", [])
    assert (sita.phone, sita.repairs) == ("+919876543211", ["other_number_used"])


def test_a_column_of_second_choices_comes_after_the_mobile():
    header = ["Name", "Alternate No", "Landline", "Mobile"]
    assert taken(xlsx([header, ["Ravi", 9876543211, "02224134567", 9876543210]]))["phone"] == "DBC"


def test_a_landline_is_the_contacts_only_if_there_is_no_mobile():
    rows = [["Name", "Phone", "Mobile"], ["Ravi", "022-24134567", 9876543210], ["Sita", "022-24134568", ""]]
    ravi, sita = rows_of(xlsx(rows))
    assert (ravi.phone, ravi.further) == ("+919876543210", ["+912224134567"])
    assert (sita.phone, sita.kind) == ("+912224134568", "landline")


def test_phones_and_mails_in_one_column_are_told_apart():
    rows = [["Name", "Email / Phone"], ["Ravi", "ravi@example.com, 9876543210"], SITA]
    ravi, sita = rows_of(xlsx(rows))
    assert (ravi.phone, ravi.beside) == ("+919876543210", {"email": "ravi@example.com"})
    assert sita.phone == "+919876543211"


def test_a_country_code_in_its_own_column_is_used():
    rows = [["Name", "Country Code", "Phone"], ["Ravi", "+91", 9876543210], ["Ali", 971, "501234567"]]
    assert people(xlsx(rows)) == [("+919876543210", "Ravi"), ("+971501234567", "Ali")]


def test_a_column_of_countries_says_whose_numbers_they_are():
    rows = [["Name", "Country", "Phone"], ["Ravi", "India", "98765 43210"], ["Ali", "UAE", "501234567"]]
    rows += [["Maya", "Nepal", "9841234567"], ["Sita", "", 9876543211]]
    assert [phone for phone, _ in people(xlsx(rows))] == [
        "+919876543210",
        "+971501234567",
        "+9779841234567",
        "+919876543211",
    ]


def test_first_and_last_name_are_one_name():
    assert people(xlsx([["Last Name", "First Name", "Phone"], ["Kumar", *RAVI]])) == [
        ("+919876543210", "Ravi Kumar")
    ]


def test_everything_we_keep_about_a_person_is_taken():
    header = [
        "Name",
        "Mobile",
        "Address",
        "City",
        "PIN Code",
        "Age",
        "Sex",
        "Email ID",
        "Remarks",
        "DOB",
        "भाषा",
    ]
    cells = [*RAVI, "12 MG Road", "Pune", 411001, 52, "M", "r@example.com", "diabetic", "1974-02-01", "mr"]
    sheet, (row,) = read(xlsx([header, cells]))
    assert dict(zip(sheet.tables[0].fields, row.values, strict=True)) == {
        "address": "12 MG Road, Pune, 411001",
        "age": "52",
        "gender": "M",
        "email": "r@example.com",
        "notes": "diabetic",
        "birth_date": "1974-02-01",
        "language": "mr",
    }


def test_what_only_sounds_like_a_phone_or_a_name_is_left_alone():
    header = ["Invoice No", "Contact Date", "Contact Name", "Contact No", "Fax", "Doctor Name", "Phone Type"]
    cells = ["9876500001", "2026-02-01", "Ravi", 9876543210, "02224134567", "Dr Rao", "Android"]
    assert taken(xlsx([header, cells])) == {"name": "C", "phone": "D"}


def test_a_whatsapp_column_of_yes_and_no_holds_no_phones():
    rows = [["Name", "Mobile", "WhatsApp"], [*RAVI, "Yes"], [*SITA, "No"]]
    assert taken(xlsx(rows))["phone"] == "B"


def test_all_sheets_with_phones_are_read_and_the_others_named():
    sheet, rows = read(
        xlsx([HEADER, RAVI], [["Medicine", "Stock"], ["Dolo 650", 30]], [["Contact", "Person"], SITA[::-1]])
    )
    assert [(row.phone, sheet.tables[row.table].sheet) for row in rows] == [
        ("+919876543210", "S1"),
        ("+919876543211", "S3"),
    ]
    assert sheet.passed_over == ["S2"]


def test_a_sheet_without_headings_goes_on_where_the_last_one_ended():
    rows = rows_of(xlsx([["Name", "Mobile", "City"], [*RAVI, "Pune"]], [[*SITA, "Mumbai"]]))
    assert [(row.name, row.values) for row in rows] == [("Ravi", ("Pune",)), ("Sita", ("Mumbai",))]


def test_hidden_sheets_are_read_only_if_asked_for():
    data = xlsx([HEADER, RAVI], [HEADER, SITA], hidden=(2,))
    sheet, _ = read(data)
    assert (people(data), sheet.hidden) == (BOTH[:1], ["S2"])
    assert people(data, hidden=True) == BOTH


def test_rows_are_numbered_as_the_program_numbers_them():
    rows = rows_of(xlsx([["Customers"], [], ["", *HEADER], ["", *RAVI], [], ["", *SITA]]))
    assert [(row.number, row.status) for row in rows] == [(4, "ok"), (5, "skipped"), (6, "ok")]


def test_a_correction_by_letter_and_by_heading_is_followed():
    rows = [["A", "B", "C"], ["9876543211", "9876543210", "Ravi"]]
    wanted = mapping.parse_mapping("name = column C; phone = B, further phones = A")
    (row,) = rows_of(xlsx(rows), mapping=wanted)
    assert (row.phone, row.name, row.further) == ("+919876543210", "Ravi", ["+919876543211"])
    assert taken(xlsx([["Name", "Mobile", "Old no"], [*RAVI, 1]]), mapping={"name": "none"}) == {"phone": "B"}


def test_what_is_shown_can_be_sent_back_unchanged():
    data = xlsx([["Name", "Mobile 1", "Mobile 2", "City"], [*RAVI, 9876543211, "Pune"]])
    shown = "\n".join(
        f"{field} = column {letters}" for field, letters in taken(data).items() if len(letters) == 1
    )
    assert people(data, mapping=mapping.parse_mapping(shown)) == people(data)


@pytest.mark.parametrize(
    ("rows", "how", "code"),
    [
        ([["Medicine", "Stock"], ["Dolo 650", 30]], {}, "no_phones"),
        ([[]], {}, "empty"),
        ([HEADER, RAVI], {"mapping": {"name": "Q"}}, "unknown_column"),
    ],
)
def test_a_workbook_without_contacts_is_refused_with_the_reason(rows, how, code):
    with pytest.raises(Unreadable) as refusal:
        rows_of(xlsx(rows), **how)
    assert refusal.value.code == code


def test_a_heading_without_rows_is_a_table_without_contacts():
    sheet, rows = read(xlsx([HEADER]))
    assert (sheet.tables[0].header_row, rows, sheet.read) == (1, [], 0)


def test_a_ragged_csv_is_as_wide_as_its_widest_row():
    book = reading.read(b"Name,Mobile\nRavi,9876543210,diabetic\nSita\n")
    ((table, _),) = tables.find_tables(book, "IN")
    assert [column.letters for column in table.columns] == ["B", "A", "C"]
