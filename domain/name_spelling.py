"""Whose name it is that was typed with a slip of the finger: "sunitha" is Sunita."""

from typing import Any

from rapidfuzz import fuzz

from domain import people
from domain.people import Person
from models import Company, Contact, Customer

# Likeness from 0 to 100 from which two words may be one name.
_NEARLY = 80
# Shorter words are like too many others, and nearly everybody begins a name as it is written.
_SHORTEST = 4
_SURE = 2
_COMPARED = 500


def nearly_called(company: Company, word: str) -> Person | None:
    """The one person with a name spelled nearly like `word`; None where that may be nobody or several."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    customers = _with_names(Customer, company, word)
    leads = _with_names(Contact, company, word).where(Contact.customer.is_null())
    alike = [row for row in (*customers, *leads) if is_nearly(word, row.name)]
    if len(alike) != 1:
        return None
    [row] = alike
    return people.of_customer(row) if isinstance(row, Customer) else people.of_contact(row)


def is_nearly(word: str, name: str) -> bool:
    """Whether `word` is nearly spelled like one of the words of `name`."""
    return any(fuzz.ratio(word.casefold(), part) >= _NEARLY for part in name.casefold().split())


def _with_names(table: type[Customer] | type[Contact], company: Company, word: str) -> Any:
    beginning = word[:_SURE]
    named = table.name.startswith(beginning) | table.name.contains(f" {beginning}")
    return table.select().where(table.company == company, named).limit(_COMPARED)
