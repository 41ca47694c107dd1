"""What was bought: the one entrance for chat, bills and programs, and what follows (FEATURES B2)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from domain import contacts, customers, medicines, people, refill_cycles, refill_plan
from domain.errors import DomainError
from domain.people import Person
from messaging import consent
from models import Contact, Customer, Phone, Purchase, PurchaseItem, RefillReminder, Staff

LONGEST_SUPPLY = 730
LARGEST_QUANTITY = 100_000
LARGEST_PRICE = Decimal(10_000_000)
_PAISA = Decimal("0.01")

# Facts a purchase may bring; they fill in what we do not know and never overwrite (DESIGN §4).
_FACTS = ("age", "gender", "address", "email", "chronic_conditions", "allergies", "primary_doctor", "notes")


@dataclass(frozen=True)
class Item:
    """One line of a bill; `unit_price` or `total` may be missing, `remind` gives a short course a ladder."""

    name: str
    quantity: Decimal | int
    unit_price: Decimal | None = None
    total: Decimal | None = None
    duration_days: int | None = None
    brand: str = ""
    generic: str = ""
    is_generic: bool = False
    is_prescription: bool = True
    remind: bool = False


@dataclass(frozen=True)
class Bill:
    """What was bought on which local day; `name`, `category` and `facts` as far as they were said."""

    items: tuple[Item, ...]
    on: date | None = None
    name: str = ""
    category: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sale:
    """What became of a bill."""

    purchase: Purchase
    customer: Customer
    items: list[PurchaseItem]
    reminders: list[RefillReminder]
    is_new_customer: bool
    converted: Contact | None

    def reminder_of(self, item: PurchaseItem) -> RefillReminder | None:
        """The reminder that was made for what this line sold."""
        same = (one for one in self.reminders if medicines.same_supply(one.medicine, item.medicine))
        return next(same, None)


def record(person: Person, bill: Bill, *, staff: Staff | None, at: datetime) -> Sale:
    """Record a purchase: customer, conversion, visit, category, consent to reminders, refills.

    `person` needs no more than a phone. Raises `DomainError` for a bill that cannot be true: `nothing_sold`,
    `quantity`, `price`, `price_missing`, `total_differs`, `duration`, `date_future`, `category`.
    """
    company = person.company if person.customer or person.contact else _phone(person).company
    on = bill.on or refill_plan.today(company, at)
    lines = _checked(bill, on, refill_plan.today(company, at))
    customer, is_new = _customer(person, bill)
    is_first_of_day = (
        not Purchase.select().where(Purchase.customer == customer, Purchase.purchased_on == on).exists()
    )
    purchase = Purchase.create(
        company=company, customer=customer, staff=staff, purchased_on=on, total=sum(line[1] for line in lines)
    )
    items = [_item(purchase, item, price, total) for item, total, price in lines]
    _update(customer, bill, purchase, is_first_of_day=is_first_of_day)
    converted = _convert(customer, purchase, staff, at)
    if customer.phone is not None:
        consent.grant(customer.phone, consent.REMINDERS, "purchase", staff=staff)
    reminders = refill_cycles.renew(purchase, at=at)
    return Sale(purchase, customer, items, reminders, is_new, converted)


def what(purchase: Purchase) -> list[str]:
    """The names of what was bought, in the order of the bill."""
    return [item.medicine_name for item in purchase.items.order_by(PurchaseItem.id)]


def _phone(person: Person) -> Phone:
    assert person.phone is not None
    return person.phone


def _checked(bill: Bill, on: date, today: date) -> list[tuple[Item, Decimal, Decimal]]:
    """Each item with its total and the price of one, in whole paise."""
    if not bill.items:
        raise DomainError("nothing_sold")
    if on > today:
        raise DomainError("date_future", on=on)
    if bill.category and bill.category not in customers.CATEGORIES:
        raise DomainError("category", category=bill.category, categories=", ".join(customers.CATEGORIES))
    return [(item, *_amounts(item)) for item in bill.items]


def _amounts(item: Item) -> tuple[Decimal, Decimal]:
    if not 0 < item.quantity <= LARGEST_QUANTITY:
        raise DomainError("quantity", medicine=item.name, said=str(item.quantity))
    if item.duration_days is not None and not 0 < item.duration_days <= LONGEST_SUPPLY:
        raise DomainError("duration", medicine=item.name, said=str(item.duration_days))
    for amount in (item.unit_price, item.total):
        if amount is not None and not (0 <= amount <= LARGEST_PRICE and amount == _paise(amount)):
            raise DomainError("price", medicine=item.name, said=str(amount))
    quantity = Decimal(item.quantity)
    if item.unit_price is None:
        if item.total is None:
            raise DomainError("price_missing", medicine=item.name)
        return item.total, _paise(item.total / quantity)
    total = item.unit_price * quantity
    # The price of one may have been rounded to a paisa.
    if item.total is not None and abs(item.total - total) > quantity * _PAISA / 2:
        raise DomainError("total_differs", medicine=item.name, said=item.total, computed=_paise(total))
    return item.total if item.total is not None else _paise(total), item.unit_price


def _paise(amount: Decimal) -> Decimal:
    return Decimal(amount).quantize(_PAISA, ROUND_HALF_UP)


def _customer(person: Person, bill: Bill) -> tuple[Customer, bool]:
    """The customer meant and whether it is a new one; a different name on a known phone is somebody else."""
    known = person.customer or (customers.called(person.phone, bill.name) if person.phone else None)
    if known is not None:
        return known, False
    phone = _phone(person)
    contact = person.contact or Contact.get_or_none(Contact.phone == phone)
    is_first = not customers.behind(phone)
    from_contact = contact is not None and contact.source == "sheet" and is_first
    started = customers.CONTACT_SHEET if from_contact else customers.FIRST_TIME_PRESCRIPTION
    name = (
        bill.name
        or (contact.name if contact and is_first else "")
        or (phone.profile_name if is_first else "")
        or ""
    )
    created = customers.create(phone.company, phone=phone, name=name, category=bill.category or started)
    return created, True


def _item(purchase: Purchase, item: Item, price: Decimal, total: Decimal) -> PurchaseItem:
    medicine = medicines.find_or_create(purchase.company, item.name, brand=item.brand, generic=item.generic)
    if item.quantity and medicine.price != price:
        medicine.price = price
        medicine.save()
    return PurchaseItem.create(
        purchase=purchase,
        customer=purchase.customer,
        medicine=medicine,
        medicine_name=" ".join(item.name.split())[:255],
        quantity=Decimal(item.quantity),
        unit_price=price,
        total=total,
        is_generic=item.is_generic,
        is_prescription=item.is_prescription,
        duration_days=item.duration_days,
        always_remind=item.remind,
    )


def _update(customer: Customer, bill: Bill, purchase: Purchase, *, is_first_of_day: bool) -> None:
    came_before = customer.total_visits > 0 and is_first_of_day
    for name in _FACTS:
        if bill.facts.get(name) and not getattr(customer, name):
            setattr(customer, name, bill.facts[name])
    if bill.name and not customer.name:
        customer.name = bill.name
    customers.visited(customer, purchase.purchased_on, is_first_of_day=is_first_of_day)
    customer.total_purchases += purchase.total
    generics = sum(item.is_generic for item in bill.items)
    if generics * 2 >= len(bill.items):
        customer.prefers_generic = True
    if came_before:
        informed = customer.prefers_generic
        customers.move(customer, customers.GENERIC_INFORMED if informed else customers.REGULAR_BRANDED)
    if bill.category:
        customers.move(customer, bill.category)
    customer.save()


def _convert(customer: Customer, purchase: Purchase, staff: Staff | None, at: datetime) -> Contact | None:
    """The contact behind the phone has become a customer, whether or not anybody said so (FEATURES A11)."""
    contact = people.of_customer(customer).contact
    if contact is None and customer.phone is not None:
        contact = Contact.get_or_none(Contact.phone == customer.phone, Contact.customer.is_null())
    if contact is None:
        return None
    if contact.status == contacts.CONVERTED:
        contact.customer = contact.customer or customer
        contact.save()
        return None
    return contacts.convert(contact, at=at, staff=staff, value=purchase.total, customer=customer)
