"""Real files that nobody of us made: each is read, or refused in one sentence, as a
careful person expects."""

import csv

import pytest

from sheets import reading
from sheets.unreadable import Unreadable
from tests.sheets.files import SHARED, read

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared files are not there")

# Either the code of the refusal, or (people taken, rows repeated, rows to mend, rows passed over). Where a
# file is
# refused with no_phones it was read: it simply lists no phones.
EXPECTED: dict[str, str | tuple[int, int, int, int]] = {
    "contacts/calamine_any_sheets.xlsx": "no_phones",
    "contacts/calamine_date_1904.xlsx": "no_phones",
    "contacts/calamine_merged_range.xls": "no_phones",
    "contacts/calamine_merged_range.xlsx": "no_phones",
    "contacts/calamine_strict_ooxml.xlsx": "no_phones",
    "contacts/calamine_table_in_middle.xlsx": "no_phones",
    "contacts/calamine_table_offset.xlsx": "no_phones",
    "contacts/calamine_whitespace_trim.xlsx": "no_phones",
    "contacts/phpss_blankcell.xlsx": "no_phones",
    "contacts/phpss_csv_NumberFormatTest.de.csv": "no_phones",
    "contacts/phpss_csv_empty.csv": "empty",
    "contacts/phpss_csv_escape.csv": "no_phones",
    "contacts/phpss_csv_no_delimiter.csv": "no_phones",
    "contacts/phpss_csv_premiere.utf16lebom.csv": "no_phones",
    "contacts/phpss_csv_premiere.utf32le.csv": "no_phones",
    "contacts/phpss_csv_premiere.utf8bom.csv": "no_phones",
    "contacts/phpss_csv_semicolon_separated.csv": "no_phones",
    # "PhoneNo 2" is no phone: 49 people to mend.
    "contacts/phpss_firstname_lastname_phone.xlsx": (0, 0, 49, 0),
    "contacts/phpss_without_cell_reference.xlsx": "no_phones",
    # Five people without a phone under a heading for phones.
    "contacts/poi_51626_store_list_empty.xlsx": (0, 0, 5, 0),
    "contacts/poi_SampleSS.txt": "no_phones",
    "contacts/poi_TwoSheetsOneHidden.xlsx": "no_phones",
    # Two sheets of customers abroad whose phones have no country code; one happens to be a landline in India.
    "contacts/poi_conditional_formatting_samples.xls": (7, 13, 17, 0),
    "contacts/poi_right-to-left.xlsx": "no_phones",
    "contacts/poi_testEXCEL_95.xls": "no_phones",
    # Ethiopian numbers without country code, of nine digits; the row of REQUIRED is passed over.
    "contacts/simple_patient_import_missing_headers.xlsx": (0, 0, 4, 1),
    "contacts/simple_patient_import_template.xlsx": (0, 0, 0, 1),
    "contacts/simple_patient_import_test.csv": (0, 0, 2, 1),
    "contacts/vcf_John_Doe_BLACK_BERRY.vcf": (0, 0, 1, 0),
    "contacts/vcf_John_Doe_GMAIL.vcf": (1, 0, 0, 0),
    "contacts/vcf_John_Doe_MAC_ADDRESS_BOOK.vcf": (1, 0, 0, 0),
    "contacts/vcf_John_Doe_MS_OUTLOOK.vcf": (1, 0, 0, 0),
    "contacts/vcf_gmail-single2.vcf": (0, 0, 1, 0),
    "contacts/vcf_thunderbird-MoreFunctionsForAddressBook-extension.vcf": (0, 0, 1, 0),
    "malicious/calamine_OOM_alloc3.xls": "damaged",
    "malicious/calamine_errors.xlsx": "empty",
    "malicious/calamine_issue_385.xls": "password",
    "malicious/calamine_issue_666_panic.xlsb": "empty",
    "malicious/calamine_malformed_format.xls": "no_phones",
    "malicious/calamine_pass_protected.xlsx": "password",
    "malicious/calamine_ptgexp-truncated-operand.xls": "no_phones",
    "malicious/calamine_too_small.xls": "no_phones",
    "malicious/calamine_vba.xlsm": "empty",
    "malicious/phpss_XEETestInvalidSimpleXML.xml": "wrong_type",
    "malicious/phpss_XEETestInvalidUTF-7_DoubleEncoded.xml": "wrong_type",
    "malicious/phpss_XEETestInvalidUTF-8.xml": "wrong_type",
    "malicious/phpss_fakewebservice.xlsx": "no_phones",
    "malicious/phpss_issue4037_1.4MB.xlsx": "no_phones",
    "malicious/phpss_octo#thorpe.xlsx": "no_phones",
    "malicious/poi_35897-type4.xls": "password",
    "malicious/poi_54764.xlsx": "damaged",
    "malicious/poi_CorePropertiesHasEntities.xlsx": "wrong_type",
    "malicious/poi_ExcelWithAttachments.xlsm": "no_phones",
    "malicious/poi_MalformedSSTCount.xlsx": "no_phones",
    "malicious/poi_SampleSS.ods": "no_phones",
    "malicious/poi_SampleSS.xml": "no_phones",
    "malicious/poi_SimpleMacro.xls": "no_phones",
    "malicious/poi_SimpleMacro.xlsm": "no_phones",
    "malicious/poi_WithEmbeded.xlsx": "no_phones",
    "malicious/poi_clusterfuzz-testcase-minimized-POIHSSFFuzzer-5285517825277952.xls": "no_phones",
    "malicious/poi_clusterfuzz-testcase-minimized-POIHSSFFuzzer-6322470200934400.xls": "damaged",
    "malicious/poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx": "empty",
    "malicious/poi_clusterfuzz-testcase-minimized-POIXSSFFuzzer-6123461607817216.xlsx": "damaged",
    "malicious/poi_clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx": "damaged",
    "malicious/poi_crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx": "password",
    "malicious/poi_duplicate-filename.xlsx": "empty",
    "malicious/poi_invalid_22bytes.xlsx": "damaged",
    "malicious/poi_noSharedStringTable.xlsx": "no_phones",
    "malicious/poi_password.xls": "password",
    "malicious/poi_poc-xmlbomb.xlsx": "damaged",
    "malicious/poi_poi-fuzz.xls": "no_phones",
    "malicious/poi_protected_passtika.xlsx": "password",
    "malicious/poi_sample-beta.xlsx": "damaged",
    "malicious/poi_xlsx-corrupted.xlsx": "damaged",
    "malicious/wrong_type_docx_named.xlsx": "wrong_type",
    "pdf/pdfplumber_empty.pdf": "empty",
    "pdf/pdfplumber_password-example.pdf": "password",
    "pdf/pypdf_encrypted-file.pdf": "password",
    "pdf/pypdf_encryption_r2-user-password.pdf": "password",
    "pdf/pypdf_encryption_r3-user-password.pdf": "password",
    "pdf/pypdf_encryption_r6-both-passwords.pdf": "password",
    "pdf/pypdf_encryption_r6-user-password.pdf": "password",
    "pdf/tabula_encrypted.pdf": "password",
}
# Tables and texts without a single phone in them.
WITHOUT_PHONES = (
    *("icdar_us-004", "icdar_us-039", "pdfplumber_WARN-Report-for-7-1-2015-to-03-25-2016"),
    *("pdfplumber_issue-140-example", "pdfplumber_issue-336-example", "pdfplumber_issue-466-example"),
    *("pdfplumber_nics-background-checks-2015-11", "pdfplumber_word365_structure", "pypdf_attachment"),
    *("pypdf_form", "pypdf_indirect-rotation", "pypdf_issue-297", "pypdf_missing_info", "pypdf_multilang"),
    *(
        "tabula_20_empty",
        "tabula_AnimalSounds",
        "tabula_MultiColumn",
        "tabula_arabic",
        "tabula_npe_issue_206",
    ),
    *("tabula_rotated_page", "tabula_sort_exception", "tabula_spanning_cells"),
    *("tabula_spreadsheet_no_bounding_frame", "tabula_us-020"),
)
EXPECTED |= {f"pdf/{name}.pdf": "no_phones" for name in WITHOUT_PHONES}


def outcome(data: bytes, name: str, region: str = "IN") -> str | tuple[int, ...]:
    """What became of a file, as in EXPECTED; a fault of our own is no outcome."""
    try:
        sheet, _ = read(data, file_name=name, region=region)
    except Unreadable as refusal:
        return f"our own fault: {refusal.facts['fault']}" if "fault" in refusal.facts else refusal.code
    return tuple(sheet.counts.values())


@pytest.mark.parametrize("path", EXPECTED)
def test_a_shared_file_is_read_or_refused_as_expected(path):
    assert outcome((SHARED / path).read_bytes(), path) == EXPECTED[path]


def test_no_shared_file_is_left_out():
    there = {
        f"{folder}/{path.name}"
        for folder in ("contacts", "malicious", "pdf")
        for path in (SHARED / folder).iterdir()
    }
    assert there - {"pdf/expected"} == set(EXPECTED)


@pytest.mark.parametrize("path", [path for path in EXPECTED if path.startswith("malicious/")])
def test_a_hostile_file_under_a_false_name_does_no_harm_either(path):
    data = (SHARED / path).read_bytes()
    assert outcome(data, "list.csv") == EXPECTED[path]
    assert outcome(data[: len(data) * 2 // 3], path) in {
        "damaged",
        "password",
        "wrong_type",
        "no_phones",
        "empty",
    }


@pytest.mark.parametrize(
    ("path", "region", "taken"),
    [
        ("contacts/simple_patient_import_test.csv", "ET", ["+251936528787", "+251927485753"]),
        ("contacts/vcf_John_Doe_MAC_ADDRESS_BOOK.vcf", "CA", ["+19055551234"]),
    ],
)
def test_numbers_without_country_code_belong_to_the_company_s_region(path, region, taken):
    _, rows = read((SHARED / path).read_bytes(), region=region)
    assert [row.phone for row in rows if row.status == "ok"][: len(taken)] == taken


def test_names_and_texts_of_vcards_are_whole():
    _, (row,) = read((SHARED / "contacts/vcf_John_Doe_GMAIL.vcf").read_bytes())
    assert row.name == "Mr. John Richter, James Doe Sr."
    assert "john.doe@ibm.com" in row.values


@pytest.mark.parametrize("name", ["utf16lebom", "utf32le", "utf8bom"])
def test_one_text_in_three_encodings_is_the_same_text(name):
    book = reading.read((SHARED / f"contacts/phpss_csv_premiere.{name}.csv").read_bytes())
    assert next(book.sheets[0].rows()) == ["première", "second", "troisième"]


def test_dates_of_1904_do_not_shift():
    book = reading.read((SHARED / "contacts/calamine_date_1904.xlsx").read_bytes())
    assert str(next(book.sheets[0].rows())[0]) == "2021-01-01"


def test_a_hidden_sheet_is_named_and_not_read():
    book = reading.read((SHARED / "contacts/poi_TwoSheetsOneHidden.xlsx").read_bytes())
    assert ([sheet.name for sheet in book.sheets], book.hidden) == (["Sheet2"], ("Sheet1",))


@pytest.mark.parametrize(
    ("name", "share"), [("tabula_MultiColumn", 1.0), ("tabula_spanning_cells", 1.0), ("tabula_us-020", 0.95)]
)
def test_the_cells_of_a_printed_table_are_found(name, share):
    book = reading.read((SHARED / f"pdf/{name}.pdf").read_bytes())
    found = {" ".join(cell.split()) for sheet in book.sheets for row in sheet.rows() for cell in row}
    with (SHARED / f"pdf/expected/{name}.csv").open() as expected:
        cells = [" ".join(cell.split()) for row in csv.reader(expected) for cell in row if cell.strip()]
    assert sum(1 for cell in cells if cell in found) >= share * len(cells)
