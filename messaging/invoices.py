"""An invoice in words: headings, dates and amounts as they are read in the customer's language."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import company_settings
from messaging import formats, render


@dataclass(frozen=True)
class Paper:
    """All that is printed, ready to be read.

    about: (label, value) pairs above the table; header and rows: medicine, quantity, price, amount; a row of
    one cell is a heading over those below it
    """

    title: str
    store: str
    store_lines: list[str]
    about: list[tuple[str, str]]
    header: list[str]
    rows: list[list[str]]
    total: tuple[str, str]
    footer: str


def paper(invoice: Any, language: str, at: datetime) -> Paper:
    """Write out a `domain.invoices.Invoice`."""
    labels = _labels(language, invoice, at)
    rows: list[list[str]] = []
    for purchase, lines in invoice.bills:
        if invoice.month:
            rows.append(
                [f"{_date(purchase.purchased_on, language)} · {purchase.bill_number or ''}".strip(" ·")]
            )
        rows += [_row(line, language) for line in lines]
    return Paper(
        title=labels["title"],
        store=invoice.company.name,
        store_lines=_store_lines(invoice.company, labels),
        about=_about(invoice, labels, language),
        header=[labels["medicine"], labels["quantity"], labels["price"], labels["amount"]],
        rows=rows,
        total=(labels["total"], formats.rupees(invoice.total, language)),
        footer=labels["footer"],
    )


def _labels(language: str, invoice: Any, at: datetime) -> dict[str, str]:
    zone = invoice.company.timezone
    text = render.text("invoice_labels", language, store=invoice.company.name, zone=zone, now=at).body
    pairs = (line.partition(":") for line in text.splitlines())
    return {name.strip(): said.strip() for name, _, said in pairs}


def _store_lines(company: Any, labels: dict[str, str]) -> list[str]:
    settings = (("", "address"), (labels["gst_number"], "gst_number"), (labels["licence"], "drug_licence"))
    said = ((label, company_settings.get(company, name)) for label, name in settings)
    return [f"{label} {value}".strip() for label, value in said if value]


def _about(invoice: Any, labels: dict[str, str], language: str) -> list[tuple[str, str]]:
    customer = invoice.customer
    phone = formats.phone(customer.phone.address) if customer.phone else ""
    if invoice.month:
        what = [(labels["month"], formats.month(invoice.month, language))]
    else:
        when = _date(invoice.latest.purchased_on, language)
        what = [(labels["bill"], invoice.latest.bill_number or "–"), (labels["date"], when)]
    return [*what, (labels["customer"], customer.name or phone), (labels["phone"], phone)]


def _row(line: Any, language: str) -> list[str]:
    return [
        line.medicine_name,
        formats.number(line.quantity, language),
        formats.rupees(line.unit_price, language),
        formats.rupees(line.total, language),
    ]


def _date(on: date, language: str) -> str:
    return formats.date(on, language)
