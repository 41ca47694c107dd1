"""Every kind of file, known by its content: the two people in it are always the same."""

import codecs

import pytest

from sheets.unreadable import Unreadable
from tests.sheets import pages
from tests.sheets.files import (
    HEADER,
    RAVI,
    SITA,
    ods,
    people,
    read,
    rows_of,
    with_part,
    xls,
    xlsx,
    xml_2003,
    zipped,
)

BOTH = [("+919876543210", "Ravi"), ("+919876543211", "Sita")]
ROWS = [["Name", "Mobile"], ["Ravi", "9876543210"], ["Sita", "98765 43211"]]
CSV = "Name,Mobile\r\nRavi,9876543210\r\nSita,98765 43211\r\n"
VCF = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;Ra=
vi;;;
TEL;CELL:9876543210
TEL;HOME;FAX:02224134567
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Sita
item1.TEL;type=CELL:+91 98765
  43211
NOTE:one line\\nand another
END:VCARD
"""
HTML = """<html><table><tr><th>Name<th>Mobile</tr><tr><td>Ravi</td><td>9876543210</td></tr>
<tr><td>Sita</td><td>98765<br>43211</td></tr></table></html>"""

KINDS = {
    "xlsx": xlsx([HEADER, RAVI, SITA]),
    "xls": xls([HEADER, RAVI, SITA]),
    "ods": ods(ROWS),
    "csv": CSV.encode(),
    "csv with its mark": codecs.BOM_UTF8 + CSV.encode(),
    "utf-16": CSV.encode("utf-16"),
    "utf-16 big": codecs.BOM_UTF16_BE + CSV.encode("utf-16-be"),
    "utf-16 without mark": CSV.encode("utf-16-le"),
    "utf-16 big without mark": CSV.encode("utf-16-be"),
    "utf-32": CSV.encode("utf-32"),
    "utf-32 without mark": CSV.encode("utf-32-le"),
    "semicolons": CSV.replace(",", ";").encode(),
    "tabs": CSV.replace(",", "\t").encode(),
    "bars": CSV.replace(",", "|").encode(),
    "stated delimiter": b"sep=;\r\n" + CSV.replace(",", ";").encode(),
    "old Mac line ends": CSV.replace("\r\n", "\r").encode(),
    "Unix line ends": CSV.replace("\r\n", "\n").encode(),
    "quoted": CSV.replace("Ravi", '"Ravi"').encode(),
    "a quotation mark never closed": CSV.replace("Ravi", '"Ravi').encode(),
    "zero bytes within": CSV.replace("Sita", "Si\x00ta").encode(),
    "vcf": VCF.encode(),
    "web page": HTML.encode(),
    "web page that calls itself XML": f'<?xml version="1.0"?><!DOCTYPE html>{HTML}'.encode(),
    "web page with a long style": HTML.replace("<table>", f"<style>{' ' * 30_000}</style><table>").encode(),
    "XML of Excel 2003": xml_2003(ROWS),
    "XML of Excel 2003, utf-16": xml_2003(ROWS).decode().encode("utf-16"),
    "pdf, ruled": pages.pdf([pages.table(ROWS, [100, 100], ruled=True)]),
    "pdf, not ruled": pages.pdf([pages.table(ROWS, [100, 100], ruled=False)]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", ""])
def test_a_file_is_read_by_its_content_whatever_its_name(kind, name):
    assert people(KINDS[kind], file_name=name) == BOTH


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "रवि"),
        ("utf-16", "रवि"),
        ("cp1252", "José Müller"),
        ("cp1251", "Иван Петров"),
        ("mac_roman", "José Müller"),
    ],
)
def test_names_survive_the_encoding_they_were_saved_in(encoding, name):
    end = "\r" if encoding == "mac_roman" else "\r\n"
    lines = ["Name,Mobile", *(f"{name},98765432{number}" for number in range(10, 40))]
    assert {row.name for row in rows_of(end.join(lines).encode(encoding))} == {name}


def test_utf8_with_a_broken_letter_is_still_utf8():
    data = "Name,Mobile\nरवि कुमार शर्मा,9876543210\nX,9876543211\n".encode().replace(b"X", b"\xe9")
    assert people(data)[0] == ("+919876543210", "रवि कुमार शर्मा")


def test_a_cell_with_a_line_end_in_quotation_marks_is_one_cell():
    ravi, sita = rows_of(b'Name,Mobile,Address\nRavi,9876543210,"12 MG Road\nPune"\nSita,9876543211,\n')
    assert (ravi.values, sita.number) == (("12 MG Road Pune",), 3)


def _pages(ruled: bool, repeated: bool) -> bytes:
    header = ["Sr", "Name", "Mobile No.", "Address"]
    rows = [
        [
            str(place),
            f"Person {place}",
            f"98765\n{10000 + place * 17}" if place % 9 == 0 else f"98765{10000 + place * 17}",
            "Flat 4, Long House,\nNear Temple" if place % 4 == 0 else "12 MG Road, Pune",
        ]
        for place in range(60)
    ]
    tops = [[header] if repeated or page == 0 else [] for page in range(3)]
    parts = [tops[page] + rows[page * 20 : page * 20 + 20] for page in range(3)]
    return pages.pdf([pages.table(part, [40, 150, 120, 200], ruled) for part in parts])


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("repeated", [True, False])
def test_a_pdf_over_several_pages_with_wrapped_cells_is_one_list(ruled, repeated):
    sheet, rows = read(_pages(ruled, repeated))
    assert [row.phone for row in rows] == [f"+9198765{10000 + place * 17}" for place in range(60)]
    assert [row.name for row in rows] == [f"Person {place}" for place in range(60)]
    assert rows[4].values == ("Flat 4, Long House, Near Temple",)
    assert [table.sheet for table in sheet.tables] == ["page 1", "page 2", "page 3"]


def test_formulas_are_read_as_the_values_stored_beside_them():
    data = with_part(
        xlsx([HEADER, ["Ravi", 9876543210]]),
        "xl/worksheets/sheet1.xml",
        (b"<v>9876543210</v>", b"<f>WEBSERVICE(&quot;http://x&quot;)</f><v>9876543210</v>"),
    )
    assert people(data) == BOTH[:1]


def test_few_letters_beyond_ascii_are_what_windows_writes():
    assert people("Name;Mobile\nJosé Peña;9876543210\n".encode("cp1252")) == [("+919876543210", "José Peña")]


def test_a_colon_in_one_line_divides_no_list():
    data = b"Ravi 9876543210\nSita 9876543211\nGita: 9876543212\n"
    assert [name for _, name in people(data)] == ["Ravi", "Sita", "Gita"]


def test_a_tall_cell_of_a_web_page_moves_no_column():
    data = b"""<table><tr><td>Name<td>City<td>Mobile<tr><td>Ravi<td rowspan=2>Pune<td>9876543210
        <tr><td>Sita<td>9876543211</table>"""
    assert people(data) == BOTH


def test_a_tel_address_of_a_vcard_is_a_number_with_its_extension():
    tel = "TEL;VALUE=uri;TYPE=cell:tel:98765-43210;ext=5;phone-context=+91"
    (ravi,) = rows_of(f"BEGIN:VCARD\nVERSION:4.0\nFN:Ravi\n{tel}\nEND:VCARD\n".encode())
    assert (ravi.phone, ravi.beside) == ("+919876543210", {"notes": "ext 5"})


def test_cells_and_rows_of_2003_stand_where_their_index_says():
    data = xml_2003([["Name", "", "Mobile"], ["Ravi", "x", "9876543210"]])
    data = data.replace(b"<Cell><Data>x</Data></Cell><Cell>", b'<Cell ss:Index="3">')
    *_, ravi = rows_of(data.replace(b"<Row><Cell><Data>Ravi", b'<Row ss:Index="9"><Cell><Data>Ravi'))
    assert (ravi.number, ravi.name, ravi.phone) == (9, "Ravi", "+919876543210")


def test_a_vcard_keeps_further_phones_and_leaves_the_fax():
    phones = "TEL;TYPE=HOME:022-24134567\nTEL;TYPE=CELL:9876543210\nTEL;TYPE=FAX:1"
    card = f"BEGIN:VCARD\nFN:Ravi\n{phones}\nEND:VCARD\n"
    (row,) = rows_of(card.encode())
    assert (row.phone, row.further) == ("+919876543210", ["+912224134567"])


REFUSED = {
    "nothing": (b"", "empty"),
    "only blanks": (b" \r\n\r\n", "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "wrong_type"),
    "recording": (b"OggS" + bytes(range(200)), "wrong_type"),
    "program": (b"MZ" + bytes(range(200)), "wrong_type"),
    "bytes": (bytes(range(256)) * 20, "wrong_type"),
    "an external entity": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        "wrong_type",
    ),
    "Word": (zipped({"[Content_Types].xml": "", "word/document.xml": "9876543210"}), "wrong_type"),
    "any zip": (zipped({"list.txt": "Ravi 9876543210"}), "wrong_type"),
    "an empty zip": (zipped({}), "damaged"),
    "half an xlsx": (xlsx([HEADER, RAVI])[:2000], "damaged"),
    "half an xls": (xls([HEADER, RAVI])[:1500], "damaged"),
    "half a pdf": (b"%PDF-1.4\n1 0 obj\n<< /Type", "damaged"),
    "pages without text": (pages.pdf([([], [(1, 1, 9, 9)])]), "no_text"),
    "words": (b"Dear Sir,\nplease find our offer.\n", "no_phones"),
    "an encrypted ods": (
        zipped({"content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "password",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_for_its_own_reason(kind):
    data, code = REFUSED[kind]
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code == code
    assert "fault" not in refusal.value.facts
