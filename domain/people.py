"""A person as staff speak of one: behind a phone, a contact, a customer, or both."""

from dataclasses import dataclass
from typing import Any

from peewee import Case, fn

from domain.errors import DomainError
from models import (
    Company,
    Contact,
    Customer,
    FollowUp,
    MedicalCondition,
    Message,
    Phone,
    Prescription,
    RefillReminder,
)
from rows import knowing

# Before a name in lists; nobody is greeted by them alone.
_TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "shri", "sri", "smt", "kum", "श्री", "श्रीमती", "डॉ"}

# What is numbered like people are, in one row of numbers for a company.
_ABOUT_PEOPLE = (RefillReminder, FollowUp, MedicalCondition, Prescription, Message)


@dataclass(frozen=True)
class Person:
    """Somebody we know: a lead, a customer, or a lead who became one."""

    phone: Phone | None
    contact: Contact | None = None
    customer: Customer | None = None

    @property
    def name(self) -> str:
        """As far as we know it; never the number."""
        for known in (self.customer, self.contact):
            if known is not None and known.name:
                return str(known.name)
        return (self.phone.profile_name if self.phone else "") or ""

    @property
    def serial(self) -> int:
        """The permanent number: the customer's, else the contact's."""
        known = self.customer or self.contact
        assert known is not None
        return known.serial

    @property
    def company(self) -> Company:
        """Whose contact or customer this is."""
        known = self.customer or self.contact
        assert known is not None
        return known.company


def behind(phone: Phone) -> list[Person]:
    """Everybody behind a phone, customers in the order they came; the contact goes with the first."""
    contact = Contact.get_or_none(Contact.phone == phone)
    customers = list(Customer.select().where(Customer.phone == phone).order_by(Customer.id))
    if not customers:
        return [Person(phone, contact)] if contact else []
    return [Person(phone, contact if n == 0 else None, customer) for n, customer in enumerate(customers)]


def phone_at(company: Company, address: str) -> Phone:
    """The phone with that address, as `Phone` has it, known from now on."""
    same = (Phone.company == company) & (Phone.address == address)
    known = Phone.get_or_none(same)
    if known is None:
        Phone.insert(company=company, address=address).on_conflict_ignore().execute()
        known = Phone.get(same)
    return knowing(known, company=company)


def by_address(company: Company, address: str) -> list[Person]:
    """Everybody behind that number, in E.164."""
    phone = Phone.get_or_none(Phone.company == company, Phone.address == address)
    return behind(phone) if phone else []


def by_serial(company: Company, serial: int) -> Person | None:
    """The person with that permanent number."""
    customer = Customer.get_or_none(Customer.company == company, Customer.serial == serial)
    if customer is not None:
        return of_customer(customer)
    contact = Contact.get_or_none(Contact.company == company, Contact.serial == serial)
    return of_contact(contact) if contact else None


def by_number(company: Company, serial: int) -> Person | None:
    """The person whom a refill, a task, a condition, a prescription or a message with that number is about.

    Of a message to a phone of several people that is nobody: it is not known for whom it was.
    """
    for table in _ABOUT_PEOPLE:
        row = table.get_or_none(table.company == company, table.serial == serial)
        if row is not None:
            return _about(row)
    return None


def by_name(company: Company, name: str) -> list[Person]:
    """Whoever is called exactly that, else whose name begins with it or holds it as
    a word; case does not matter."""
    return by_names(company, [name])[0]


def by_names(company: Company, names: list[str]) -> list[list[Person]]:
    """As `by_name` for each of `names`, which begin alike, the longest first: looked for once, as that goes
    through everybody's name."""
    wanted = [_folded(name) for name in names]
    known = _named_like(company, wanted) if wanted else []
    return [_called(known, name) for name in wanted]


def one(people: list[Person], said: str) -> Person:
    """The only one of `people`; raises `DomainError` `nobody` or `several` (with `people`)."""
    if not people:
        raise DomainError("nobody", said=said)
    if len(people) > 1:
        raise DomainError("several", said=said, people=people[:8])
    return people[0]


def of_customer(customer: Customer) -> Person:
    """The customer with the contact it was converted from, if any."""
    contact = Contact.get_or_none(Contact.customer == customer)
    return Person(customer.phone, contact, customer)


def customer_of(person: Person) -> Customer:
    """The customer this person is; raises `DomainError` `not_a_customer` for a lead."""
    if person.customer is None:
        raise DomainError("not_a_customer", person=person)
    return person.customer


def of_contact(contact: Contact) -> Person:
    """The contact with the customer it became, if any."""
    return Person(contact.phone, contact, contact.customer)


def first_name(name: str) -> str:
    """How to greet somebody who stands in a list as "MR. RAVI PAWAR": Ravi; "" if there is no name to use."""
    words = [word.strip(".,") for word in name.split()]
    names = [word for word in words if len(word) > 1 and word.casefold() not in _TITLES]
    first = names[0] if names else ""
    return first.capitalize() if first.isupper() or first.islower() else first


def _about(row: Any) -> Person | None:
    if getattr(row, "customer", None) is not None:
        return of_customer(row.customer)
    if getattr(row, "contact", None) is not None:
        return of_contact(row.contact)
    here = behind(row.phone) if row.phone is not None else []
    return here[0] if len(here) == 1 else None


def _named_like(company: Company, wanted: list[str]) -> list[Person]:
    customers = Customer.select().where(Customer.company == company, _like(Customer.name, wanted[-1]))
    contacts = Contact.select().where(
        Contact.company == company, Contact.customer.is_null(), _like(Contact.name, wanted[-1])
    )
    return [of_customer(row) for row in customers.order_by(*_nearest(Customer.name, wanted)).limit(20)] + [
        of_contact(row) for row in contacts.order_by(*_nearest(Contact.name, wanted)).limit(20)
    ]


def _like(field: Any, wanted: str) -> Any:
    return field.startswith(wanted) | field.contains(f" {wanted}")


def _nearest(field: Any, wanted: list[str]) -> list[Any]:
    """The longest of `wanted` first, and exactly that before more."""
    orders = [order for name in wanted for order in (fn.LOWER(field) == name, _like(field, name))]
    return [Case(None, [(order, 0)], 1) for order in orders]


def _called(known: list[Person], wanted: str) -> list[Person]:
    exactly = [person for person in known if _folded(person.name) == wanted]
    return exactly or [person for person in known if f" {wanted}" in f" {_folded(person.name)}"]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
