"""The PDF of an invoice: what stands on it can be read back from it."""

import io

import pdfplumber
import pypdfium2
import pytest

from messaging.invoices import Paper
from sheets import invoice


def paper(**said) -> Paper:
    given = {
        "title": "Invoice",
        "store": "Asha Medicals",
        "store_lines": ["12 MG Road, Pune"],
        "about": [("Bill number", "26-27/00042"), ("Phone", "")],
        "header": ["Medicine", "Quantity", "Price", "Amount"],
        "rows": [["Telma 40", "30", "₹8", "₹240"]],
        "total": ("Total", "₹1,50,240"),
        "footer": "Thank you.",
    }
    return Paper(**{**given, **said})


def read(data: bytes) -> tuple[str, int]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages), len(document.pages)


def test_everything_stands_on_it() -> None:
    text, pages = read(invoice.write(paper()))
    for said in (
        "Asha Medicals",
        "12 MG Road",
        "26-27/00042",
        "Telma 40 30 ₹8 ₹240",
        "Total ₹1,50,240",
        "Thank you.",
    ):
        assert said in text
    assert pages == 1


def test_a_label_without_a_value_is_left_out() -> None:
    assert "Phone" not in read(invoice.write(paper()))[0]


def test_a_long_list_goes_on_with_its_heading_on_the_next_page() -> None:
    text, pages = read(invoice.write(paper(rows=[["Telma 40", "30", "₹8", "₹240"]] * 60)))
    assert pages > 1 and text.count("Medicine Quantity") == pages


@pytest.mark.parametrize("name", ["मेटफॉर्मिन क्षार", "Telma™ 40 — “new”", "x" * 300, "", "薬 40", "a\x00b\tc"])
def test_whatever_a_medicine_is_called_it_is_printed(name) -> None:
    assert invoice.write(paper(rows=[[name, "1", "₹8", "₹8"]])).startswith(b"%PDF-")


def test_hindi_is_drawn_not_left_blank() -> None:
    def ink(text: str) -> int:
        page = pypdfium2.PdfDocument(invoice.write(paper(footer=text)))[0]
        return sum(page.render(scale=1).to_pil().convert("L").point(lambda tone: tone < 128).tobytes())

    assert ink("धन्यवाद। कृपया सँभालकर रखिए") > ink("")
