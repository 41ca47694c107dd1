"""Customers over HTTP: finding them by phone, their profile, and changing it."""

from typing import Annotated, Any, Literal

from peewee import JOIN, ModelSelect
from pydantic import Field

from api import people
from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import (
    WHOLE,
    Amount,
    Caller,
    Count,
    Day,
    Line,
    Name,
    Number,
    PhoneText,
    Sent,
    Shown,
    StaffCode,
    Text,
    When,
)
from domain import access, customers, generics, new_numbers, scopes
from domain import people as known_people
from domain import staff as team
from domain.errors import DomainError
from models import Contact, Customer, Phone, Staff

resource = Resource("customers", "Customers: who they are, and what may be known of them.")

Category = Literal["contact_sheet", "first_time_prescription", "regular_branded", "generic_informed"]
Status = Literal["lead", "active", "inactive", "blocked"]
Age = Annotated[int, Field(ge=0, le=150, description="Years."), WHOLE]

_EXAMPLE = {
    "phone": "+919876543210",
    "name": "John Doe",
    "age": 45,
    "category": "regular_branded",
    "primary_doctor": "Dr. Smith",
    "doctor_phone": "+919876543211",
}

_CHANGE = {"phone": "98200 01111", "address": "12 MG Road", "prefers_generic": True}

MEDICAL = ("chronic_conditions", "allergies", "primary_doctor", "doctor_phone", "notes")


class CustomerLine(Shown):
    """A customer without medical text."""

    id: Number
    phone: str | None = Field(description="In E.164.")
    name: str
    email: str | None
    age: int | None
    gender: str | None
    category: Category
    status: Status
    prefers_generic: bool
    generic_education_given: bool = Field(description="Whether they were told of generics.")
    assigned_to: str | None = Field(description="The code of the member of staff who looks after them.")
    first_visit_date: Day | None
    last_visit_date: Day | None
    total_visits: Count
    total_purchases: Amount = Field(description="Rupees.")
    created_at: When


class Other(Shown):
    """Somebody else on the same phone."""

    id: Number
    name: str


class CustomerShown(CustomerLine):
    """A customer; medical text is null for whoever has not the permission `medical:read`."""

    address: str | None
    chronic_conditions: str | None
    allergies: str | None
    primary_doctor: str | None
    doctor_phone: str | None
    notes: str | None
    missing_permission: str | None = Field(
        description="The permission without which some text is withheld here; null when nothing is."
    )
    was_contacted_before: bool = Field(description="Whether they came from a contact sheet.")
    contact_id: Number | None
    others: list[Other] = Field(description="Customers who share the phone; the primary is the first of all.")


class Filter(Paged):
    """Which customers."""

    category: Category | None = Field(
        default=None,
        description="contact_sheet: from uploaded contacts; first_time_prescription: walked in with a "
        "prescription; regular_branded: buys brands again and again; generic_informed: knows of generics.",
    )
    status: Status | None = Field(
        default=None, description="A lead becomes active with the first visit or purchase."
    )
    prefers_generic: bool | None = Field(default=None, description="true or false; left out: both.")
    staff_code: StaffCode | None = Field(default=None, description="Looked after by this member of staff.")
    phone: PhoneText | None = Field(default=None, description="In any spelling.")
    name: Name | None = Field(default=None, description="The beginning of the name.")


class Choice(Sent):
    """Which of several people behind one phone."""

    customer_id: Number | None = Field(default=None, description="One of `others`; left out: the primary.")


class CustomerSent(Sent):
    """Somebody new."""

    phone: PhoneText
    name: Name
    email: Line | None = None
    age: Age | None = None
    gender: Line | None = None
    address: Text | None = None
    category: Category = "first_time_prescription"
    chronic_conditions: Text | None = None
    allergies: Text | None = None
    primary_doctor: Text | None = None
    doctor_phone: Line | None = None
    notes: Text | None = None


class CustomerChange(Sent):
    """What is to be different; what is left out stays, null empties."""

    phone: PhoneText | None = Field(
        default=None,
        description="The right number, as the chat's `number` enters it; null leaves it as it is.",
    )
    name: Name | None = None
    email: Line | None = None
    age: Age | None = None
    gender: Line | None = None
    address: Text | None = None
    category: Category | None = None
    status: Status | None = None
    prefers_generic: bool | None = None
    generic_education_given: Literal[True] | None = Field(
        default=None, description="true: they were told of generics today; `…/generic-education` says more."
    )
    assigned_to: StaffCode | None = None
    chronic_conditions: Text | None = None
    allergies: Text | None = None
    primary_doctor: Text | None = None
    doctor_phone: Line | None = None
    notes: Text | None = None


@resource.get("/api/customers/")
def list_customers(caller: Caller, query: Filter) -> list[CustomerLine]:
    """List customers, the oldest first, without medical text.

    Support staff see their own and nobody's, sales managers their team's too.
    """
    wanted = (Customer.company == caller.company) & scopes.open_to(caller.staff, Customer.assigned_to)
    for name in ("category", "status", "prefers_generic"):
        said = getattr(query, name)
        if said is not None:
            wanted &= getattr(Customer, name) == said
    if query.staff_code:
        wanted &= Staff.code == query.staff_code.upper()
    if query.phone:
        wanted &= Phone.address == people.number(caller, query.phone)
    if query.name:
        wanted &= Customer.name.startswith(query.name)
    rows = paging.page(_with_all().where(wanted), (Customer.id,), query)
    return [CustomerLine(**_line(row)) for row in rows]


@resource.post("/api/customers/", status=201, example=_EXAMPLE)
def register(caller: Caller, body: CustomerSent) -> CustomerShown:
    """Register somebody who has not bought anything yet.

    A purchase does so by itself. Who is known by that name and phone is a 409. Whoever stands at the counter
    may register anybody.
    """
    facts = body.model_dump(exclude={"phone", "name", "category"}, exclude_none=True)
    phone = people.phone(caller, body.phone)
    return shown(caller, customers.register(phone, body.name, body.category, facts))


@resource.get("/api/customers/phone/<phone>")
def by_phone(caller: Caller, phone: PhoneText, query: Choice) -> CustomerShown:
    """Find a customer by phone.

    The primary customer of the phone, or the one `customer_id` names; `others` are those who share it. 404
    means: nobody has bought from this number yet.
    """
    known = Phone.get_or_none(Phone.company == caller.company, Phone.address == people.number(caller, phone))
    behind = customers.behind(known) if known else []
    meant = [each for each in behind if query.customer_id in (None, each.serial)]
    if not meant:
        raise DomainError("nobody", said="this number")
    scopes.check(caller.staff, meant[0])
    return shown(caller, meant[0])


@resource.get("/api/customers/<int:customer_id>")
def show(caller: Caller, customer_id: Number) -> CustomerShown:
    """Show a customer.

    Reading medical text is recorded.
    """
    return shown(caller, access.customer(caller.staff, customer_id))


@resource.patch("/api/customers/<int:customer_id>", example=_CHANGE)
def edit(caller: Caller, customer_id: Number, body: CustomerChange) -> CustomerShown:
    """Change some facts of a customer.

    Medical text needs the permission `medical:read`. With another `phone` reminders go there, and those that
    a wrong number had ended begin again; a STOP on the former number holds for it, too.
    """
    customer = access.customer(caller.staff, customer_id)
    facts: dict[str, Any] = body.model_dump(exclude_unset=True)
    if any(name in facts for name in MEDICAL):
        access.require(caller.staff, access.MEDICAL)
    if "assigned_to" in facts:
        access.require(caller.staff, access.DEAL_OUT)
        code = facts["assigned_to"]
        facts["assigned_to"] = team.by_code(caller.company, code) if code else None
    is_told = facts.pop("generic_education_given", None)
    _new_number(caller, customer, facts.pop("phone", None))
    customers.change(customer, facts)
    if is_told and customer.educated_on is None:
        generics.educate(customer, staff=caller.staff, at=caller.at)
    return shown(caller, customer)


def _new_number(caller: Caller, customer: Customer, said: str | None) -> None:
    phone = people.phone(caller, said) if said is not None else None
    # A page sends back all that it was shown: the number they have already is no new one.
    if phone is not None and (phone != customer.phone or phone.wrong_number):
        new_numbers.give(known_people.of_customer(customer), phone, staff=caller.staff, at=caller.at)


def shown(caller: Caller, customer: Customer, *, reads_more: bool = False) -> CustomerShown:
    """A customer as this caller may see one; that medical text was read is recorded, here or, as `reads_more`
    says, in what is shown beside it."""
    profile = customers.profile(customer, staff=caller.staff, at=caller.at, reads_more=reads_more)
    medical = profile.medical
    contact = Contact.select(Contact.serial).where(Contact.customer == customer).get_or_none()
    return CustomerShown(
        **_line(customer),
        address=customer.address,
        chronic_conditions=(medical and medical.conditions) or None,
        allergies=(medical and medical.allergies) or None,
        primary_doctor=(medical and medical.doctor) or None,
        doctor_phone=(medical and customer.doctor_phone) or None,
        notes=(medical and medical.notes) or None,
        missing_permission=access.MEDICAL if profile.is_medical_hidden else None,
        was_contacted_before=contact is not None,
        contact_id=contact.serial if contact else None,
        others=[Other(id=other.serial, name=other.name) for other in profile.others],
    )


def _line(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.serial,
        "phone": customer.phone.address if customer.phone else None,
        "name": customer.name,
        "email": customer.email,
        "age": customer.age,
        "gender": customer.gender,
        "category": customer.category,
        "status": customer.status,
        "prefers_generic": customer.prefers_generic,
        "generic_education_given": customer.educated_on is not None,
        "assigned_to": customer.assigned_to.code if customer.assigned_to else None,
        "first_visit_date": customer.first_visit_on,
        "last_visit_date": customer.last_visit_on,
        "total_visits": customer.total_visits,
        "total_purchases": customer.total_purchases,
        "created_at": customer.created_at,
    }


def _with_all() -> "ModelSelect[Customer]":
    """Customers with what a line says of the rows they lead to."""
    said = (Phone.id, Phone.address, Staff.id, Staff.code)
    rows = Customer.select(Customer, *said).join_from(Customer, Phone, JOIN.LEFT_OUTER)
    return rows.join_from(Customer, Staff, JOIN.LEFT_OUTER, on=Customer.assigned_to)
