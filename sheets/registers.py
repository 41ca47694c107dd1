"""The Schedule H1 register as a sheet an inspector can read."""

from collections.abc import Iterable
from datetime import date

from models import RegisterEntry
from sheets import writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADER = ("Date", "Bill number", "Patient", "Address", "Prescriber", "Drug", "Quantity")


def register_h1(entries: Iterable[RegisterEntry], month: date) -> bytes:
    """An xlsx with a line for each entry of that month; no cell of it is a formula."""
    return writing.write_xlsx([(f"Schedule H1 {month:%Y-%m}", _HEADER, map(_line, entries))])


def file_name(month: date) -> str:
    """ "schedule-h1-2027-02.xlsx"."""
    return f"schedule-h1-{month:%Y-%m}.xlsx"


def _line(entry: RegisterEntry) -> tuple[object, ...]:
    day = f"{entry.sold_on:%d-%m-%Y}"
    quantity = f"{entry.quantity.normalize():f}"
    return (
        day,
        entry.bill_number or "",
        entry.patient,
        entry.address,
        entry.prescriber,
        entry.drug,
        quantity,
    )
