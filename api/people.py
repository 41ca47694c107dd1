"""What several resources say of people: phones that were sent, staff who are credited, times of a talk."""

from api.contract import errors
from api.contract.types import Caller
from domain import access, customers
from domain import people as known_people
from domain import staff as team
from domain.errors import DomainError
from domain.people import Person
from models import Contact, Phone, Staff
from sheets import phones


def number(caller: Caller, said: str, field: str = "phone") -> str:
    """The phone that was sent, in E.164; raises `Refused` 400 for what is none, or several."""
    read = phones.parse_cell(said, caller.company.region)
    if len(read.phones) != 1 or read.text:
        raise errors.invalid(field, "This is not a phone number, or one of another country without its code.")
    return read.phones[0].number


def own_number(caller: Caller, said: str) -> str:
    """The same where it is to be somebody's from now on: raises `Refused` 400 for a service number, too."""
    address = number(caller, said)
    if phones.of_a_person(address, caller.company.region).problem == phones.SERVICE:
        raise errors.invalid(
            "phone", "This is a toll-free or another service number, which WhatsApp cannot reach."
        )
    return address


def phone(caller: Caller, said: str) -> Phone:
    """The phone that was sent, known from now on."""
    return known_people.phone_at(caller.company, own_number(caller, said))


def behind(caller: Caller, said: str, name: str = "") -> Person:
    """Whoever goes by `name` behind the phone that was sent, else whoever is there, be it nobody yet."""
    number_of_theirs = phone(caller, said)
    known = customers.called(number_of_theirs, name)
    if known is not None:
        return known_people.of_customer(known)
    return Person(number_of_theirs, Contact.get_or_none(Contact.phone == number_of_theirs))


def credited(caller: Caller, staff_code: str | None) -> Staff:
    """Who did it: the caller, or whom a manager names. Raises `DomainError` `no_such_staff`, `forbidden`."""
    if staff_code is None or staff_code.strip().upper() == caller.staff.code.upper():
        return caller.staff
    access.require(caller.staff, access.IN_ANOTHERS_NAME)
    named = team.by_code(caller.company, staff_code)
    if not named.is_active:
        raise DomainError("no_such_staff", staff_code=staff_code)
    return named
