"""Medication reviews: whoever takes many medicines is looked at as a whole once a year (FEATURES C3)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from peewee import fn

from domain import care_follow_ups, follow_ups, refill_plan
from domain.errors import DomainError
from models import Company, Customer, FollowUp, RefillReminder, Staff

# So many medicines at a time are many.
MANY = 5
# So long after one the next is planned.
_EVERY = timedelta(days=365)
# The local hour in which the day's reviews are planned.
_HOUR = 9


def plan(customer: Customer, on: date, *, staff: Staff, at: datetime) -> FollowUp:
    """Have staff review a customer's medicines on that local day; an open review is moved there.

    Raises `DomainError` `review_past`, `follow_up_far`.
    """
    today = refill_plan.today(customer.company, at)
    if on < today:
        raise DomainError("review_past", on=on)
    care_follow_ups.check_day(on, today)
    before = [task for task in care_follow_ups.of(customer) if task.kind == care_follow_ups.MEDICATION_REVIEW]
    follow_ups.drop(before, at=at)
    cause = f"review:{customer.id}:{on}:{_count(customer)}"
    kind = care_follow_ups.MEDICATION_REVIEW
    planned = care_follow_ups.plan(customer, kind, on, cause=cause, staff=staff, at=at)
    assert planned is not None
    return planned


def plan_due(company: Company, at: datetime) -> int:
    """Plan today's review of everybody on `MANY` medicines whose last one is a year ago; returns how many."""
    if at.astimezone(ZoneInfo(company.timezone)).hour != _HOUR:
        return 0
    today, kind = refill_plan.today(company, at), care_follow_ups.MEDICATION_REVIEW
    return sum(
        care_follow_ups.plan(customer, kind, today, cause=f"review:{customer.id}:{today}", at=at) is not None
        for customer in _due(company, at)
    )


def _due(company: Company, at: datetime) -> list[Customer]:
    many = (
        RefillReminder.select(RefillReminder.customer)
        .where(RefillReminder.company == company, RefillReminder.state == "open")
        .group_by(RefillReminder.customer)
        .having(fn.COUNT(RefillReminder.medicine.distinct()) >= MANY)
    )
    reviewed = FollowUp.select(FollowUp.customer).where(
        FollowUp.company == company,
        FollowUp.kind == care_follow_ups.MEDICATION_REVIEW,
        FollowUp.customer.is_null(False),
        (FollowUp.due_at > at - _EVERY) & (FollowUp.state != "dropped"),
    )
    living = Customer.died_on.is_null() & (Customer.status == "active")
    rows = Customer.select().where(Customer.id.in_(many), Customer.id.not_in(reviewed), living)
    return list(rows.order_by(Customer.id).limit(200))


def _count(customer: Customer) -> int:
    mine = FollowUp.customer == customer
    return FollowUp.select().where(mine, FollowUp.kind == care_follow_ups.MEDICATION_REVIEW).count()
