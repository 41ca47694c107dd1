"""Bills over HTTP: what a billing program tells of a customer at the counter."""

from decimal import Decimal

from pydantic import AliasChoices, Field

from api import people
from api.contract import errors
from api.contract.endpoints import Resource
from api.contract.types import (
    Amount,
    Caller,
    Count,
    Day,
    Line,
    Number,
    PhoneText,
    Rupees,
    SentByBilling,
    Shown,
    StaffCode,
)
from api.customers import Category
from api.purchases import ItemSent, item
from domain import purchases
from domain.bills import LONGEST_NUMBER, Bill
from domain.people import Person
from domain.purchases import Sale

resource = Resource("billing", "Bills, as billing programs send them.")

_EXAMPLE = {
    "bill_number": "INV-2026-00042",
    "phone": "9876543210",
    "name": "John Doe",
    "customer_category": "first_time_prescription",
    "was_contacted_before": True,
    "visited_but_no_purchase": False,
    "items": [{"medicine_name": "Metformin", "quantity": 30, "unit_price": 5.0, "duration_days": 30}],
}


class BillSent(SentByBilling):
    """A bill, or a visit without one."""

    phone: PhoneText = Field(validation_alias=AliasChoices("phone", "customer_phone"))
    name: Line = Field(
        default="",
        validation_alias=AliasChoices("name", "customer_name"),
        description="A different name on a known phone is another customer. `customer_name` is read as well.",
    )
    customer_category: Category | None = Field(
        default=None, validation_alias=AliasChoices("customer_category", "category")
    )
    was_contacted_before: bool | None = Field(
        default=None, description="As said at the counter; a contact behind the phone is found in any case."
    )
    visited_but_no_purchase: bool = Field(
        default=False, description="They bought nothing: `items` is empty, and a contact becomes yellow."
    )
    bill_number: Line | None = Field(
        default=None,
        max_length=LONGEST_NUMBER,
        description="Your own; the same number again changes nothing. Left out: one of ours.",
    )
    bill_date: Day | None = Field(
        default=None,
        validation_alias=AliasChoices("bill_date", "purchase_date"),
        description="Today, unless it is older.",
    )
    total_amount: Rupees | None = Field(
        default=None,
        description="Rupees; the sum of the lines to the paisa, or rounded off to a whole rupee. What is "
        "recorded is the sum of the lines.",
    )
    staff_code: StaffCode | None = Field(
        default=None, description="Who sold it; only managers may name another than themselves."
    )
    items: list[ItemSent] = Field(default=[], max_length=200)


class BillShown(Shown):
    """What became of a bill."""

    purchase_id: Number | None = Field(description="null when nothing was bought.")
    bill_number: str | None
    customer_id: Number | None
    contact_id: Number | None
    contact_status: str | None
    is_new_customer: bool
    is_repeat_customer: bool
    is_repeated: bool = Field(description="The bill was recorded before, and nothing was changed.")
    total_amount: Amount = Field(description="Rupees.")
    refill_reminders_scheduled: Count
    sold_beyond_stock: list[str] = Field(description="Medicines that should not have been there any more.")
    message: str
    ignored_fields: list[str] = Field(
        description="What was sent besides and means nothing here; a name spelled wrong would stand here too."
    )


@resource.post("/api/billing/bills", status=201, example=_EXAMPLE, fields={"date_future": "bill_date"})
def record(caller: Caller, body: BillSent) -> BillShown:
    """Record a bill.

    Makes or completes the customer, converts the contact behind the phone, moves the stock, plans the refill
    reminders. Whoever stands at the counter may do it for any customer.
    """
    staff = people.credited(caller, body.staff_code)
    if body.visited_but_no_purchase:
        if body.items:
            raise errors.invalid("visited_but_no_purchase", "Something was bought: `items` is not empty.")
        visitor = people.behind(caller, body.phone, body.name)
        met = purchases.came_without_buying(visitor, staff=staff, at=caller.at, name=body.name)
        return _without(met, body.passed_over())
    buyer = Person(people.phone(caller, body.phone))
    return _shown(purchases.record(buyer, _bill(body), staff=staff, at=caller.at), body.passed_over())


def _bill(body: BillSent) -> Bill:
    return Bill(
        items=tuple(item(each) for each in body.items),
        on=body.bill_date,
        name=body.name.strip(),
        category=body.customer_category or "",
        number=(body.bill_number or "").strip(),
        total=body.total_amount,
        was_contacted_before=body.was_contacted_before,
    )


def _shown(sale: Sale, passed_over: list[str]) -> BillShown:
    said = "Bill was recorded before" if sale.is_repeated else "Bill recorded successfully"
    return BillShown(
        purchase_id=sale.purchase.id,
        bill_number=sale.purchase.bill_number,
        customer_id=sale.customer.serial,
        contact_id=sale.converted.serial if sale.converted else None,
        contact_status=sale.converted.status if sale.converted else None,
        is_new_customer=sale.is_new_customer,
        is_repeat_customer=sale.is_repeat_customer,
        is_repeated=sale.is_repeated,
        total_amount=sale.purchase.total,
        refill_reminders_scheduled=len(sale.reminders),
        sold_beyond_stock=[short.medicine_name for short in sale.short],
        message=said,
        ignored_fields=passed_over,
    )


def _without(person: Person, passed_over: list[str]) -> BillShown:
    contact, customer = person.contact, person.customer
    return BillShown(
        purchase_id=None,
        bill_number=None,
        customer_id=customer.serial if customer else None,
        contact_id=contact.serial if contact else None,
        contact_status=contact.status if contact else None,
        is_new_customer=False,
        is_repeat_customer=False,
        is_repeated=False,
        total_amount=Decimal(),
        refill_reminders_scheduled=0,
        sold_beyond_stock=[],
        message="Visit noted",
        ignored_fields=passed_over,
    )
