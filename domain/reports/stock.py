"""What lies on the shelf, what runs low, and what regular customers will need (FEATURES B9, F6)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from peewee import SQL, Case, ModelSelect, fn

from domain import refills
from models import Company, Medicine, Purchase, PurchaseItem, RefillReminder
from statements import usual, word

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


@dataclass(frozen=True)
class Shortage:
    """A medicine, its name and stock, that so many regular `customers` will need more of than there is."""

    medicine: Medicine
    needed: Decimal
    first_on: date
    customers: int

    @property
    def missing(self) -> Decimal:
        """Pieces to order."""
        return self.needed - max(Decimal(), self.medicine.stock)


def levels(company: Company, medicines: list[Medicine], on: date) -> list[Level]:
    """How these stand."""
    sold = _sold(company, on, [medicine.id for medicine in medicines])
    return [Level(medicine, sold.get(medicine.id, Decimal())) for medicine in medicines]


def low(company: Company, on: date, limit: int = 20) -> list[Level]:
    """What sells and lasts a week at most, or has run out; the first to run out comes first."""
    sold = _sales(company, on).having(fn.SUM(PurchaseItem.quantity) > 0).alias("sold")
    # Less than a day longer; stock is stored in hundredths.
    is_low = Medicine.stock * SQL(str(_PACE_DAYS)) < sold.c.pieces * SQL(str(100 * (LOW_DAYS + 1)))
    rows: Any = Medicine.select(Medicine.id, sold.c.pieces)
    rows = rows.join_from(Medicine, sold, on=sold.c.medicine_id == Medicine.id)
    pieces = dict(rows.where(Medicine.company == company, is_low).tuples())
    medicines = Medicine.select().where(Medicine.id.in_(list(pieces))) if pieces else ()
    short = [Level(row, Decimal(str(pieces[row.id]))) for row in medicines]
    return sorted(short, key=lambda level: (level.days_left or 0, level.medicine.name))[:limit]


def due(company: Company, on: date, days: int = 14) -> list[Shortage]:
    """Counted medicines of which regular customers, whose supply ends within `days`, need more than there is.

    Each is taken to buy as many pieces as the last time.
    """
    asked = {number: rest for number, *rest in _running_out(company, on + timedelta(days=days))}
    needs = [_shortage(row, *asked[row.id]) for row in _counted(company) if row.id in asked]
    short = [shortage for shortage in needs if shortage.missing > 0]
    return sorted(short, key=lambda shortage: (shortage.first_on, shortage.medicine.name))


def whole(found: list[Shortage]) -> list[Shortage]:
    """The same lines with all that is known of the medicines."""
    rows = Medicine.select().where(Medicine.id.in_([line.medicine.id for line in found]))
    medicines = {row.id: row for row in rows} if found else {}
    return [replace(line, medicine=medicines[line.medicine.id]) for line in found]


def _counted(company: Company) -> "ModelSelect[Medicine]":
    """What somebody counted: a shop has thousands, so no more of each than name and stock."""
    columns = (Medicine.id, Medicine.name, Medicine.stock)
    return Medicine.select(*columns).where(Medicine.company == company, Medicine.stock.is_null(False))


def _shortage(medicine: Medicine, pieces: Any, first_on: date, customers: int) -> Shortage:
    return Shortage(medicine, Decimal(str(pieces)), first_on, customers)


def _running_out(company: Company, until: date) -> Any:
    """By medicine: pieces, the first day and how many customers; added up where the rows are."""
    open_ones = (RefillReminder.company == company) & (RefillReminder.state == word(refills.OPEN))
    # Of the lines of the bill: a planner that may choose goes through all lines of the medicine.
    same = Case(None, [(PurchaseItem.medicine == RefillReminder.medicine, PurchaseItem.quantity)])
    last = PurchaseItem.select(fn.SUM(same)).where(PurchaseItem.purchase == RefillReminder.purchase)
    pieces = fn.SUM(fn.COALESCE(fn.NULLIF(last, 0), RefillReminder.supply_days))
    rows = RefillReminder.select(
        RefillReminder.medicine,
        pieces,
        fn.MIN(RefillReminder.runs_out_on),
        fn.COUNT(RefillReminder.customer.distinct()),
    )
    due_soon = usual(RefillReminder.runs_out_on <= until)
    return rows.where(open_ones, due_soon).group_by(RefillReminder.medicine).tuples()


def _sold(company: Company, on: date, only: list[int]) -> dict[int, Decimal]:
    rows = _sales(company, on).where(PurchaseItem.medicine.in_(only)).tuples()
    return {number: Decimal(str(pieces)) for number, pieces in rows}


def _sales(company: Company, on: date) -> Any:
    """The last month's `pieces` by medicine."""
    lately = Purchase.purchased_on.between(on - timedelta(days=_PACE_DAYS - 1), on)
    pieces = fn.SUM(PurchaseItem.quantity).alias("pieces")
    rows = PurchaseItem.select(PurchaseItem.medicine, pieces).join(Purchase)
    return rows.where(Purchase.company == company, lately).group_by(PurchaseItem.medicine)
