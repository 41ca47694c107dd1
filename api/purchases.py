"""Purchases over HTTP: the quick entry at the counter, and what somebody bought before."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from api import people
from api.contract import errors, paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import (
    Amount,
    Caller,
    Count,
    Day,
    Days,
    Line,
    Name,
    Number,
    PhoneText,
    PriceOfOne,
    Quantity,
    Rupees,
    Sent,
    SentByBilling,
    Shown,
    StaffCode,
    Text,
)
from api.customers import Age, Category
from api.purchase_history import PurchaseShown, all_shown
from domain import access, customers, purchases, refill_plan
from domain.bills import Bill, Item, paise
from domain.people import Person, of_customer
from domain.purchases import Sale
from models import Purchase

resource = Resource("purchases", "What was bought.")

_EXAMPLE = {
    "phone": "9876543210",
    "name": "John Doe",
    "category": "first_time_prescription",
    "age": 45,
    "gender": "Male",
    "address": "123 Main St",
    "chronic_conditions": "Diabetes, Hypertension",
    "allergies": "Penicillin",
    "items": [
        {
            "medicine_name": "Metformin",
            "brand_name": "Glucophage",
            "generic_name": "Metformin HCl",
            "quantity": 30,
            "unit_price": 5.0,
            "total_amount": 150.0,
            "is_generic": False,
            "is_prescription": True,
            "duration_days": 30,
        }
    ],
}
_ANSWER = {
    "customer_id": 123,
    "is_new_customer": True,
    "is_repeat_customer": False,
    "total_amount": 150.0,
    "refill_reminders_scheduled": 1,
    "message": "Purchase recorded successfully",
    "purchase_id": 77,
    "was_contacted_before": False,
    "ignored_fields": [],
}


class ItemSent(SentByBilling):
    """One line: `unit_price`, `total_amount`, or both if they agree to the paisa."""

    medicine_name: Name
    quantity: Quantity = Field(description="Pieces.")
    unit_price: PriceOfOne | None = Field(
        default=None, description="Rupees for one piece, with up to four decimals."
    )
    total_amount: Rupees | None = Field(default=None, description="Rupees for all of them.")
    brand_name: Line | None = None
    generic_name: Line | None = None
    is_generic: bool | None = Field(default=None, description="Left out: as the catalogue says.")
    is_prescription: bool | None = Field(default=None, description="Left out: as the catalogue says.")
    duration_days: Days | None = Field(
        default=None, description="Days it lasts; from it the refill reminder is planned."
    )


class QuickPurchase(SentByBilling):
    """A purchase of somebody new or known. What it says of the person fills in, and never overwrites."""

    phone: PhoneText
    name: Line = Field(default="", description="A different name on a known phone is another customer.")
    customer_id: Number | None = Field(default=None, description="Which of several people behind the phone.")
    category: Category | None = None
    age: Age | None = None
    gender: Line | None = None
    address: Text | None = None
    email: Line | None = None
    chronic_conditions: Text | None = None
    allergies: Text | None = None
    primary_doctor: Text | None = None
    doctor_phone: Line | None = None
    notes: Text | None = None
    purchase_date: Day | None = Field(default=None, description="Today, unless the sale was earlier.")
    staff_code: StaffCode | None = Field(
        default=None, description="Who sold it; only managers may name another than themselves."
    )
    items: list[ItemSent] = Field(min_length=1, max_length=200)


class Recorded(Shown):
    """What became of a purchase."""

    customer_id: Number
    is_new_customer: bool
    is_repeat_customer: bool
    total_amount: Amount = Field(description="Rupees.")
    refill_reminders_scheduled: Count
    message: str
    purchase_id: Number
    was_contacted_before: bool = Field(description="Whether a contact was converted by it.")
    ignored_fields: list[str] = Field(
        description="What was sent besides and means nothing here; a name spelled wrong would stand here too."
    )


class Month(Sent):
    """Which month."""

    month: Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")] | None = Field(
        default=None, description="YYYY-MM; left out: the present one."
    )


class InvoicesShown(Shown):
    """What a customer bought in a month."""

    customer_id: Number
    month: str
    total_amount: Amount = Field(description="Rupees.")
    invoices: list[PurchaseShown]


@resource.post("/api/customers/quick-purchase", status=201, example=_EXAMPLE, answers=_ANSWER)
def quick_purchase(caller: Caller, body: QuickPurchase) -> Recorded:
    """Record a purchase at the counter.

    Makes or completes the customer, converts the contact behind the phone, plans the refill reminders.
    Whoever stands at the counter may do it for any customer.
    """
    staff = people.credited(caller, body.staff_code)
    sale = purchases.record(_buyer(caller, body), _bill(body), staff=staff, at=caller.at)
    return _recorded(sale, body.passed_over())


@resource.get("/api/customers/<int:customer_id>/purchases")
def history(caller: Caller, customer_id: Number, query: Paged) -> list[PurchaseShown]:
    """List what a customer bought, the newest first."""
    customer = access.customer(caller.staff, customer_id)
    theirs = customers.bought(customer)
    return all_shown(customer, paging.page(theirs, (Purchase.id,), query, newest_first=True))


@resource.get("/api/customers/<int:customer_id>/invoices")
def invoices(caller: Caller, customer_id: Number, query: Month) -> InvoicesShown:
    """Show the invoices of a customer in one month, the oldest first, with their sum."""
    customer = access.customer(caller.staff, customer_id)
    first, last = _days_of(query.month or f"{refill_plan.today(caller.company, caller.at):%Y-%m}")
    theirs = customers.bought(customer).where(Purchase.purchased_on.between(first, last))
    bills = list(theirs.order_by(Purchase.purchased_on, Purchase.id))
    return InvoicesShown(
        customer_id=customer.serial,
        month=f"{first:%Y-%m}",
        total_amount=sum((bill.total for bill in bills), Decimal()),
        invoices=all_shown(customer, bills),
    )


def _recorded(sale: Sale, passed_over: list[str]) -> Recorded:
    return Recorded(
        customer_id=sale.customer.serial,
        is_new_customer=sale.is_new_customer,
        is_repeat_customer=sale.is_repeat_customer,
        total_amount=sale.purchase.total,
        refill_reminders_scheduled=len(sale.reminders),
        message="Purchase recorded successfully",
        purchase_id=sale.purchase.id,
        was_contacted_before=sale.converted is not None,
        ignored_fields=passed_over,
    )


def item(sent: ItemSent) -> Item:
    """A line as the domain takes it, in whole paise; the total is reckoned before the price is rounded."""
    price, total = sent.unit_price, sent.total_amount
    if price is not None and total is None:
        total = paise(price * sent.quantity)
    return Item(
        name=sent.medicine_name,
        quantity=sent.quantity,
        unit_price=None if price is None else paise(price),
        total=total,
        duration_days=sent.duration_days,
        brand=sent.brand_name or "",
        generic=sent.generic_name or "",
        is_generic=sent.is_generic,
        is_prescription=sent.is_prescription,
    )


def _days_of(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _buyer(caller: Caller, body: QuickPurchase) -> Person:
    phone = people.phone(caller, body.phone)
    if body.customer_id is None:
        return Person(phone)
    customer = customers.numbered(caller.company, body.customer_id)
    if customer.phone != phone:
        raise errors.invalid("customer_id", "This customer has another phone.")
    return of_customer(customer)


def _bill(body: QuickPurchase) -> Bill:
    facts: dict[str, Any] = {name: getattr(body, name) for name in purchases.FACTS if getattr(body, name)}
    items = tuple(item(each) for each in body.items)
    return Bill(
        items, on=body.purchase_date, name=body.name.strip(), category=body.category or "", facts=facts
    )
