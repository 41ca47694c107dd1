"""The people who work here: taking them on, letting them go, and the tokens their programs use."""

import hashlib
import secrets
from typing import Any

from domain.errors import DomainError
from models import Company, Staff

ROLES = ("ceo", "manager", "sales_manager", "support")
# Who may do everything (DESIGN §8).
MANAGERS = ("ceo", "manager")


def add(company: Company, *, code: str, phone: str, **facts: Any) -> Staff:
    """Take on a member of staff; raises `DomainError` `code_taken`, `phone_taken`."""
    code = code.strip().upper()
    if Staff.select().where(Staff.company == company, Staff.code == code).exists():
        raise DomainError("code_taken", staff_code=code)
    if by_phone(company, phone):
        raise DomainError("phone_taken")
    return Staff.create(company=company, code=code, phone=phone, **facts)


def by_phone(company: Company, phone: str) -> Staff | None:
    """The active member of staff with that number, in E.164."""
    return Staff.get_or_none(Staff.company == company, Staff.phone == phone, Staff.is_active)


def by_code(company: Company, code: str) -> Staff:
    """The member of staff with that code; raises `DomainError` `no_such_staff`."""
    found = Staff.get_or_none(Staff.company == company, Staff.code == code.strip().upper())
    if found is None:
        raise DomainError("no_such_staff", staff_code=code)
    return found


def let_go(staff: Staff) -> None:
    """They work here no longer: their phone speaks as a customer's, their tokens
    end, their tasks are everyone's."""
    staff.is_active = False
    staff.token_hash = None
    staff.save()


def new_token(staff: Staff) -> str:
    """A new API token, known only to who is told it now; the old one ends."""
    token = secrets.token_urlsafe(32)
    staff.token_hash = _hash(token)
    staff.save()
    return token


def by_token(token: str) -> Staff | None:
    """The active member of staff whose API token this is."""
    return Staff.get_or_none(Staff.token_hash == _hash(token), Staff.is_active)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
