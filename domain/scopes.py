"""Whose customers a member of staff sees: all, the team's or their own (DESIGN §8)."""

from typing import Any

from peewee import SQL, Expression, ForeignKeyField

from domain import staff as team
from domain.errors import DomainError
from models import Customer, FollowUp, Staff


def sees(staff: Staff, customer: Customer) -> bool:
    """Whether this customer is one of theirs; a customer nobody looks after is everybody's.

    Whoever has an open task about a customer sees them as well, and everybody one who may be in danger.
    """
    if customer.company_id != staff.company_id:
        return False
    return sees_of(staff, customer.assigned_to_id) or _is_asked(staff, customer)


def sees_of(staff: Staff, owner: int | None) -> bool:
    """Whether what belongs to the member of staff with the id `owner` is open to `staff`; nobody's is."""
    return staff.role in team.MANAGERS or owner is None or owner in team_ids(staff)


def check(staff: Staff, customer: Customer) -> None:
    """Raises `DomainError` `not_your_customer` where `staff` does not see this customer."""
    if not sees(staff, customer):
        # What another company has is not named.
        is_ours = customer.company_id == staff.company_id
        owner = customer.assigned_to.name if is_ours and customer.assigned_to else ""
        own = staff.role == "support"
        raise DomainError("not_your_customer", serial=customer.serial, own=own, owner=owner)


def visible(staff: Staff) -> Expression:
    """The condition on `Customer` that leaves those this member of staff sees."""
    return (Customer.company == staff.company_id) & open_to(staff, Customer.assigned_to)


def open_to(staff: Staff, owner: ForeignKeyField) -> Any:
    """The condition on the column `owner` that leaves what is open to them; nobody's is everybody's."""
    if staff.role in team.MANAGERS:
        return SQL("1 = 1")
    return owner.is_null() | owner.in_(team_ids(staff))


def team_ids(staff: Staff) -> list[int]:
    """Their own id and, for who leads a team, those of its members."""
    if staff.role != "sales_manager":
        return [staff.id]
    return [staff.id, *(row.id for row in Staff.select(Staff.id).where(Staff.manager == staff))]


def _is_asked(staff: Staff, customer: Customer) -> bool:
    """Whether an open task has this member of staff see to a customer of somebody else."""
    theirs = (FollowUp.customer == customer) & (FollowUp.state == "open")
    asked = (FollowUp.staff == staff) | (FollowUp.kind == "danger")
    return bool(FollowUp.select().where(theirs & asked).exists())
