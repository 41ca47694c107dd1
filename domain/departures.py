"""Customers who come no more: somebody has died, or has moved away; and the mistake, mended."""

from datetime import date, datetime

from domain import coverage, customers, follow_ups, people, refill_cycles, refills
from domain.errors import DomainError
from messaging import consent
from models import Customer, Phone, PurchaseItem


def died(customer: Customer, *, on: date, at: datetime) -> None:
    """Nobody writes about this customer any more; others on the phone are reminded as before.

    Raises `DomainError` `died_already`.
    """
    if customer.died_on is not None:
        raise DomainError("died_already", customer=customer)
    customer.died_on, customer.status = on, "inactive"
    customer.save()
    coverage.renew(customer)
    for reminder in refills.of_customer(customer):
        refills.end(reminder, "died", at)
    if customer.phone is not None and not living(customer.phone):
        consent.end(customer.phone)


def died_as_told(customer: Customer, text: str, *, at: datetime, on: date, cause: str) -> None:
    """The family wrote that this customer has died: all ends, and staff hear of it in their own words."""
    died(customer, on=on, at=at)
    follow_ups.raise_task(
        customer.company,
        "died",
        at=at,
        person=people.of_customer(customer),
        notes=text,
        staff=customer.assigned_to,
        cause=f"died:{cause}",
    )


def lives(customer: Customer, *, at: datetime) -> None:
    """It was a mistake: reminders go on from what we know of their supplies. Does nothing for the living."""
    if customer.died_on is None:
        return
    customer.died_on, customer.status = None, "active"
    customer.save()
    coverage.renew(customer)
    if customer.phone is not None:
        consent.begin_again(customer.phone)
    bought = PurchaseItem.select(PurchaseItem.medicine).where(PurchaseItem.customer == customer).distinct()
    for item in list(bought):
        refill_cycles.begin_again(customer, item.medicine, at=at)


def moved(customer: Customer, *, at: datetime) -> None:
    """They live elsewhere: every ladder of theirs ends, and they count as inactive until they buy again."""
    customer.status = "inactive"
    customer.save()
    for reminder in refills.of_customer(customer):
        refills.end(reminder, "moved", at)


def living(phone: Phone) -> list[Customer]:
    """The customers of a phone who are alive, the primary first."""
    return [customer for customer in customers.behind(phone) if customer.died_on is None]
