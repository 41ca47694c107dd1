"""Customers: who they are, who may read what of them, and several of them on one phone."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from peewee import JOIN, ModelSelect

from domain import medical_access, people, scopes
from domain.categories import FIRST_TIME_PRESCRIPTION
from domain.errors import DomainError
from models import Company, Contact, Customer, MedicalCondition, Phone, Purchase, RefillReminder, Staff
from rows import knowing
from statements import lock_in_order


@dataclass(frozen=True)
class Medical:
    """What only pharmacists and managers read."""

    conditions: str
    allergies: str
    doctor: str
    notes: str


@dataclass(frozen=True)
class Profile:
    """A customer as staff see one; `medical` is None for who may not read it, or if there is nothing."""

    customer: Customer
    others: list[Customer]
    medical: Medical | None
    is_medical_hidden: bool

    @cached_property
    def purchases(self) -> list[Purchase]:
        """The latest, newest first."""
        return purchases(self.customer)

    @cached_property
    def reminders(self) -> list[RefillReminder]:
        """Open ones, the first to run out first."""
        theirs = (RefillReminder.customer == self.customer) & (RefillReminder.state == "open")
        return list(RefillReminder.select().where(theirs).order_by(RefillReminder.runs_out_on))


def create(
    company: Company, *, phone: Phone | None, name: str, category: str = FIRST_TIME_PRESCRIPTION
) -> Customer:
    """A new customer; the phone may have others already. Whoever was a contact keeps the number."""
    contact = Contact.get_or_none(Contact.phone == phone) if phone and not behind(phone) else None
    return create_after(contact, company, phone=phone, name=name, category=category)


def create_after(
    contact: Contact | None, company: Company, *, phone: Phone | None, name: str, category: str
) -> Customer:
    """The same where it is known which contact, if any, becomes a customer and keeps the number."""
    return Customer.create(
        company=company,
        serial=contact.serial if contact else company.take_serials(),
        phone=phone,
        name=" ".join(name.split())[:255],
        category=category,
    )


def register(phone: Phone, name: str, category: str, facts: dict[str, Any]) -> Customer:
    """A new customer who has not bought anything yet; `facts` by the column's name.

    Raises `DomainError` `customer_known` for who is one already.
    """
    lock_in_order(Company, [phone.company_id])
    known = called(phone, name)
    if known is not None:
        raise DomainError("customer_known", customer=known)
    made = create(phone.company, phone=phone, name=name, category=category)
    return change(made, {**facts, "status": "lead"})


def behind(phone: Phone) -> list[Customer]:
    """The customers of a phone, the primary first."""
    rows = Customer.select().where(Customer.phone == phone).order_by(Customer.id)
    return [knowing(row, phone=phone) for row in rows]


def called(phone: Phone, name: str) -> Customer | None:
    """The customer of that phone who goes by `name`; the primary if no name is said. A different name is
    nobody, so that it never overwrites what we know of the primary (DESIGN §4)."""
    return named(behind(phone), name)


def named(known: list[Customer], name: str) -> Customer | None:
    """The same among the customers of a phone that are at hand."""
    wanted = set(name.casefold().split())
    if not wanted:
        return known[0] if known else None
    for customer in known:
        words = set(customer.name.casefold().split())
        if wanted <= words or (words and words <= wanted):
            return customer
    return next((customer for customer in known if not customer.name), None)


def numbered(company: Company, serial: int) -> Customer:
    """The customer with that permanent number, and the phone; raises `DomainError` `no_such_customer`."""
    rows = Customer.select(Customer, Phone).join(Phone, JOIN.LEFT_OUTER)
    found = rows.where(Customer.company == company, Customer.serial == serial).get_or_none()
    if found is None:
        raise DomainError("no_such_customer", serial=serial)
    return knowing(found, company=company)


def change(customer: Customer, facts: dict[str, Any]) -> Customer:
    """Change any facts by the column's name; None empties what may be empty, a name stays."""
    for name, value in facts.items():
        if value is not None or Customer._meta.fields[name].null:
            setattr(customer, name, value)
    customer.save()
    return customer


def profile(customer: Customer, *, staff: Staff, at: datetime, reads_more: bool = False) -> Profile:
    """All that `staff` may know of a customer; that medical text was read is noted in the audit, once also
    where `reads_more` says that some is shown beside it.

    Raises `DomainError` `not_your_customer`.
    """
    scopes.check(staff, customer)
    medical = _medical(customer)
    may_read = reads_medical(staff)
    if may_read and (medical or reads_more):
        medical_access.note_reading(customer, staff=staff, at=at)
    return Profile(
        customer=customer,
        others=[other for other in behind(customer.phone) if other != customer] if customer.phone else [],
        medical=medical if may_read else None,
        is_medical_hidden=medical is not None and not may_read,
    )


def reads_medical(staff: Staff) -> bool:
    """Whether medical text is open to this member of staff: pharmacists and managers (DESIGN §8)."""
    return medical_access.may_read(staff)


def purchases(customer: Customer, limit: int = 5) -> list[Purchase]:
    """The latest purchases, newest first."""
    latest = bought(customer).order_by(Purchase.purchased_on.desc(), Purchase.id.desc()).limit(limit)
    return [knowing(row, customer=customer) for row in latest]


def bought(customer: Customer) -> "ModelSelect[Purchase]":
    """All purchases, with who sold them."""
    with_seller = Purchase.select(Purchase, Staff).join(Staff, JOIN.LEFT_OUTER)
    return with_seller.where(Purchase.customer == customer)


def visited(customer: Customer, on: date, *, is_first_of_day: bool) -> None:
    """They were in the shop that day, which counts once; saved by the caller."""
    customer.first_visit_on = min(customer.first_visit_on or on, on)
    customer.last_visit_on = max(customer.last_visit_on or on, on)
    customer.total_visits += int(is_first_of_day)
    if customer.status in ("lead", "inactive"):
        customer.status = "active"


def first_names(customers: list[Customer], phone: Phone | None = None) -> str:
    """How to greet them: "Alice", or "Alice & Ravi" who share a phone; "" if we know no name."""
    names = [people.first_name(customer.name) for customer in customers]
    if not any(names) and phone is not None:
        names = [people.first_name(phone.profile_name or "")]
    return " & ".join(dict.fromkeys(filter(None, names)))


def _medical(customer: Customer) -> Medical | None:
    texts = (_conditions(customer), customer.allergies, customer.primary_doctor, customer.notes)
    if not any(texts):
        return None
    return Medical(*(text or "" for text in texts))


def _conditions(customer: Customer) -> str:
    """What was said at the counter and what was recorded since, each once."""
    said = customer.chronic_conditions or ""
    rows = MedicalCondition.select(MedicalCondition.name).where(
        MedicalCondition.customer == customer, MedicalCondition.state == "active"
    )
    recorded = [row.name for row in rows.order_by(MedicalCondition.id)]
    return ", ".join(
        filter(None, [said, *(name for name in recorded if name.casefold() not in said.casefold())])
    )
