"""What lies on the shelf, what runs low, and what regular customers will need (FEATURES B9, F6)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from peewee import fn

from models import Company, Customer, Medicine, Purchase, PurchaseItem, RefillReminder

# Low is what lasts no longer than so many days at the pace of the last month.
LOW_DAYS = 7
_PACE_DAYS = 30


@dataclass(frozen=True)
class Level:
    """A medicine with its stock; `sold` is how many pieces went in the last thirty days."""

    medicine: Medicine
    sold: Decimal

    @property
    def days_left(self) -> int | None:
        """How long it lasts at that pace; None for what does not sell."""
        return max(0, int(self.medicine.stock * _PACE_DAYS / self.sold)) if self.sold else None


@dataclass
class Shortage:
    """A medicine that regular customers will need more of than there is."""

    medicine: Medicine
    needed: Decimal = Decimal()
    first_on: date | None = None
    customers: list[Customer] = field(default_factory=list)

    @property
    def missing(self) -> Decimal:
        """Pieces to order."""
        return self.needed - max(Decimal(), self.medicine.stock)


def levels(company: Company, medicines: list[Medicine], on: date) -> list[Level]:
    """How these stand."""
    sold = _sold(company, on, [medicine.id for medicine in medicines])
    return [Level(medicine, sold.get(medicine.id, Decimal())) for medicine in medicines]


def low(company: Company, on: date, limit: int = 20) -> list[Level]:
    """What lasts a week at most, or has run out and is asked for; the first to run out comes first."""
    sold = _sold(company, on)
    counted = Medicine.select().where(Medicine.company == company, Medicine.stock.is_null(False))
    selling = [Level(row, sold[row.id]) for row in counted.where(Medicine.id.in_(list(sold)))]
    short = [level for level in selling if (level.days_left or 0) <= LOW_DAYS]
    return sorted(short, key=lambda level: (level.days_left or 0, level.medicine.name))[:limit]


def due(company: Company, on: date, days: int = 14) -> list[Shortage]:
    """Counted medicines of which regular customers, whose supply ends within `days`, need more than there is.

    Each is taken to buy as many pieces as the last time.
    """
    shortages: dict[int, Shortage] = {}
    for reminder, pieces in _running_out(company, on + timedelta(days=days)):
        medicine = reminder.medicine
        shortage = shortages.setdefault(medicine.id, Shortage(medicine))
        shortage.needed += pieces
        shortage.first_on = min(shortage.first_on or reminder.runs_out_on, reminder.runs_out_on)
        shortage.customers.append(reminder.customer)
    short = [shortage for shortage in shortages.values() if shortage.missing > 0]
    return sorted(short, key=lambda shortage: (shortage.first_on or on, shortage.medicine.name))


def _running_out(company: Company, until: date) -> list[tuple[RefillReminder, Decimal]]:
    open_ones = (RefillReminder.company == company) & (RefillReminder.state == "open")
    rows = list(
        RefillReminder.select(RefillReminder, Medicine, Customer)
        .join_from(RefillReminder, Medicine)
        .join_from(RefillReminder, Customer)
        # What stands in the due list runs out a few days later: the same range of the index.
        .where(open_ones, RefillReminder.reminder_on <= until, RefillReminder.runs_out_on <= until)
        .where(Medicine.stock.is_null(False))
    )
    bought: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    purchases = [reminder.purchase_id for reminder in rows if reminder.purchase_id]
    for item in PurchaseItem.select().where(PurchaseItem.purchase.in_(purchases)):
        bought[item.purchase_id, item.medicine_id] += item.quantity
    asked = ((row, bought.get((row.purchase_id, row.medicine_id))) for row in rows)
    return [(row, pieces if pieces else Decimal(row.supply_days)) for row, pieces in asked]


def _sold(company: Company, on: date, only: list[int] | None = None) -> dict[int, Decimal]:
    lately = Purchase.purchased_on.between(on - timedelta(days=_PACE_DAYS - 1), on)
    rows: Any = PurchaseItem.select(PurchaseItem.medicine, fn.SUM(PurchaseItem.quantity)).join(Purchase)
    rows = rows.where(Purchase.company == company, lately).group_by(PurchaseItem.medicine)
    if only is not None:
        rows = rows.where(PurchaseItem.medicine.in_(only))
    return {number: Decimal(str(pieces)) for number, pieces in rows.tuples()}
