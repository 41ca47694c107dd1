"""What several resources say of people: phones that were sent, staff who are credited, times of a talk."""

from api.contract import errors
from api.contract.types import Caller
from domain import access
from domain import staff as team
from domain.errors import DomainError
from models import Phone, Staff
from sheets import phones


def number(caller: Caller, said: str, field: str = "phone") -> str:
    """The phone that was sent, in E.164; raises `Refused` 400 for what is none, or several."""
    read = phones.parse_cell(said, caller.company.region)
    if len(read.phones) != 1 or read.text:
        raise errors.invalid(field, "This is not a phone number, or one of another country without its code.")
    return read.phones[0].number


def phone(caller: Caller, said: str) -> Phone:
    """The phone that was sent, known from now on."""
    address = number(caller, said)
    Phone.insert(company=caller.company, address=address).on_conflict_ignore().execute()
    return Phone.get(Phone.company == caller.company, Phone.address == address)


def credited(caller: Caller, staff_code: str | None) -> Staff:
    """Who did it: the caller, or whom a manager names. Raises `DomainError` `no_such_staff`, `forbidden`."""
    if staff_code is None or staff_code.strip().upper() == caller.staff.code.upper():
        return caller.staff
    access.require(caller.staff, access.IN_ANOTHERS_NAME)
    named = team.by_code(caller.company, staff_code)
    if not named.is_active:
        raise DomainError("no_such_staff", staff_code=staff_code)
    return named
