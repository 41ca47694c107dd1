"""Medicines on the shelf and sales over the counter: what the tests of purchases share."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain import medicines, purchases, stock
from domain.bills import Bill, Item
from domain.people import Person, of_customer
from domain.purchases import Sale
from models import Company, Customer, Medicine, Staff
from tests.conversation import MORNING, ZONE, fresh

TODAY = date(2027, 2, 1)


def listed(company: Company, name: str, **known: Any) -> Medicine:
    """A medicine of the catalogue: by default ten to a pack of ₹50, that cost ₹30."""
    found = medicines.find_or_create(company, name, generic=known.pop("generic", ""))
    said = {"is_listed": True, "pack_size": 10, "pack_price": Decimal(50), "pack_cost": Decimal(30), **known}
    said.setdefault("price", medicines.of_one(said["pack_price"], said["pack_size"]))
    for field, value in said.items():
        setattr(found, field, value)
    found.save()
    return found


def counted(medicine: Medicine, pieces: int) -> Medicine:
    """So many pieces of it lie on the shelf."""
    stock.count(medicine, Decimal(pieces), staff=None, at=MORNING, cause="count")
    return fresh(medicine)


def sell(
    person: Person | Customer,
    *items: Item,
    on: date = TODAY,
    staff: Staff | None = None,
    **said: Any,
) -> Sale:
    """Record a bill of that day, in the morning."""
    who = of_customer(fresh(person)) if isinstance(person, Customer) else person
    at = max(MORNING, datetime(on.year, on.month, on.day, 11, tzinfo=ZONE))
    return purchases.record(who, Bill(items, on=on, **said), staff=staff, at=at)


def some(medicine: Medicine, pieces: int = 30, price: int = 5, **said: Any) -> Item:
    """So many pieces of a medicine at so many rupees each, for thirty days."""
    return Item(medicine.name, pieces, Decimal(price), medicine=medicine, **{"duration_days": 30, **said})
