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


def nearly_called(company: Company, word: str) -> Person | None:
    """The one person with a name spelled nearly like `word`; None where that may be nobody or several."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    customers = _nearly(word, _names(Customer, company, word))
    leads = _nearly(word, _names(Contact, company, word).where(Contact.customer.is_null()))
    if len(customers) + len(leads) != 1:
        return None
    if customers:
        return people.of_customer(Customer.get_by_id(customers[0]))
    return people.of_contact(Contact.get_by_id(leads[0]))


def is_nearly(word: str, name: str) -> bool:
    """Whether `word` is nearly spelled like one of the words of `name`."""
    return any(fuzz.ratio(word.casefold(), part) >= _NEARLY for part in name.casefold().split())


def _nearly(word: str, names: Any) -> list[int]:
    return [number for number, name in names.tuples() if is_nearly(word, name)]


def _names(table: type[Customer] | type[Contact], company: Company, word: str) -> Any:
    """Ids and names of everybody who may be meant: whoever else is nearly called so makes it doubtful."""
    beginning = word[:_SURE]
    named = table.name.startswith(beginning) | table.name.contains(f" {beginning}")
    return table.select(table.id, table.name).where(table.company == company, named)
