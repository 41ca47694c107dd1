"""Whose customers a member of staff sees: all, the team's or their own (DESIGN §8)."""

from peewee import Expression

from domain import staff as team
from domain.errors import DomainError
from models import Customer, Staff


def sees(staff: Staff, customer: Customer) -> bool:
    """Whether this customer is one of theirs; a customer nobody looks after is everybody's."""
    if customer.company_id != staff.company_id:
        return False
    return (
        staff.role in team.MANAGERS
        or customer.assigned_to_id is None
        or customer.assigned_to_id in _ids(staff)
    )


def check(staff: Staff, customer: Customer) -> None:
    """Raises `DomainError` `not_your_customer` where `staff` does not see this customer."""
    if not sees(staff, customer):
        raise DomainError("not_your_customer", serial=customer.serial, own=staff.role == "support")


def visible(staff: Staff) -> Expression:
    """The condition on `Customer` that leaves those this member of staff sees."""
    ours = Customer.company == staff.company_id
    if staff.role in team.MANAGERS:
        return ours
    return ours & (Customer.assigned_to.is_null() | Customer.assigned_to.in_(_ids(staff)))


def _ids(staff: Staff) -> list[int]:
    """Their own id and, for who leads a team, those of its members."""
    if staff.role != "sales_manager":
        return [staff.id]
    return [staff.id, *(row.id for row in Staff.select(Staff.id).where(Staff.manager == staff))]
