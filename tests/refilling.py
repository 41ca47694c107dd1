"""A supply that is bought and days that pass: what the tests of refills share."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain import purchases, refill_ladder
from domain.bills import Bill, Item
from domain.people import of_customer
from domain.purchases import Sale
from models import Customer, Message, RefillReminder
from tests.conversation import MORNING, ZONE, Shop, fresh, it_is

BOUGHT = date(2027, 2, 1)
# Thirty days from the first of February.
OUT = date(2027, 3, 3)


def buy(customer: Customer, name: str = "Metformin 500", days: int = 30, on: date = BOUGHT) -> RefillReminder:
    """Thirty of `name` for so many days, at five rupees; the reminder that is made."""
    bill = Bill((Item(name, 30, Decimal(5), duration_days=days),), on=on)
    at = datetime(on.year, on.month, on.day, 20, tzinfo=ZONE)
    [reminder] = purchases.record(of_customer(fresh(customer)), bill, staff=None, at=at).reminders
    return reminder


def sold(
    customer: Customer, name: str = "Metformin 500", days: int | None = 30, after: int = 0, **said: Any
) -> Sale:
    """Thirty of `name`, so many days after the first of February."""
    bill = Bill((Item(name, 30, Decimal(5), duration_days=days, **said),), on=BOUGHT + timedelta(days=after))
    at = MORNING + timedelta(days=max(after, 0))
    return purchases.record(of_customer(fresh(customer)), bill, staff=None, at=at)


def open_ones() -> list[RefillReminder]:
    """The supplies that are looked after, in the order they began."""
    return list(RefillReminder.select().where(RefillReminder.state == "open").order_by(RefillReminder.id))


def after(days: int) -> date:
    """So many days after thirty days' supply has run out; negative before."""
    return OUT + timedelta(days=days)


def tick(shop: Shop, day: date, hour: int = 10) -> None:
    """It is that local hour, and the clock ticks."""
    at = it_is(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE))
    refill_ladder.remind_due(shop.company, at)


def said() -> list[str]:
    """The keys of all refill messages, oldest first."""
    return [row.key for row in Message.select().where(Message.key.startswith("refill:")).order_by(Message.id)]
