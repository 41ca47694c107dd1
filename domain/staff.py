"""The people who work here: taking them on, letting them go, and the tokens their programs use."""

import hashlib
import secrets
from typing import Any

from domain.errors import DomainError
from models import Company, Customer, Staff
from rows import knowing

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


def working(company: Company) -> list[Staff]:
    """Everybody who works here now, who came first first."""
    return list(Staff.select().where(Staff.company == company, Staff.is_active).order_by(Staff.id))


def managers(company: Company) -> list[Staff]:
    """Who of them may do everything."""
    return [member for member in working(company) if member.role in MANAGERS]


def pharmacist(company: Company, customer: Customer | None) -> Staff | None:
    """Whose customer it is, if a pharmacist; else the first of them."""
    own = customer.assigned_to if customer is not None else None
    if own is not None and own.is_pharmacist and own.is_active:
        return own
    working = Staff.select().where(Staff.company == company, Staff.is_active, Staff.is_pharmacist)
    return working.order_by(Staff.id).first()


def by_code(company: Company, code: str) -> Staff:
    """The member of staff with that code; raises `DomainError` `no_such_staff`."""
    found = Staff.get_or_none(Staff.company == company, Staff.code == code.strip().upper())
    if found is None:
        raise DomainError("no_such_staff", staff_code=code)
    return knowing(found, company=company)


def change(staff: Staff, **facts: Any) -> Staff:
    """Change any of their facts by the column's name; raises `DomainError` `phone_taken`, `own_manager`."""
    phone = facts.get("phone", staff.phone)
    if phone != staff.phone and by_phone(staff.company, phone):
        raise DomainError("phone_taken")
    if facts.get("manager") == staff:
        raise DomainError("own_manager")
    for name, value in facts.items():
        setattr(staff, name, value)
    staff.save()
    return staff


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


def revoke_token(staff: Staff) -> bool:
    """Their API token ends at once; False if they had none."""
    had = staff.token_hash is not None
    staff.token_hash = None
    staff.save()
    return had


def by_token(token: str) -> Staff | None:
    """The active member of staff whose API token this is, with the company."""
    with_company = Staff.select(Staff, Company).join(Company)
    return with_company.where(Staff.token_hash == _hash(token), Staff.is_active).get_or_none()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
