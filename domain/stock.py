"""What lies on the shelf: moved by sales, counted by hand, told when it runs short (FEATURES B9, F6)."""

from datetime import datetime
from decimal import Decimal

from domain import follow_ups
from domain.errors import DomainError
from models import FollowUp, Medicine, Purchase, PurchaseItem, Staff, StockMovement

LARGEST = 1_000_000

# The kind of task that asks staff to look at the shelf.
CHECK = "check_stock"


def sell(item: PurchaseItem, *, staff: Staff | None, at: datetime) -> Decimal | None:
    """Take what was sold from the shelf and return what should lie there now; None where nobody counts.

    Below nothing it is sold all the same, it was there after all, and staff are asked to count: once, until
    they have.
    """
    medicine = item.medicine
    if medicine.stock is None:
        return None
    left = _move(medicine, -item.quantity, "sale", staff=staff, at=at, purchase=item.purchase)
    if left < 0:
        _ask_to_count(medicine, left, at, f"{CHECK}:{medicine.id}:{item.purchase_id}")
    return left


def put_back(item: PurchaseItem, pieces: Decimal, *, staff: Staff | None, at: datetime) -> Decimal | None:
    """Lay back what came unopened and return what should lie there now; None where nobody counts."""
    if item.medicine.stock is None:
        return None
    return _move(item.medicine, pieces, "return", staff=staff, at=at, purchase=item.purchase)


def count(medicine: Medicine, pieces: Decimal, *, staff: Staff | None, at: datetime, cause: str) -> Decimal:
    """So many lie there; returns by how many that differs from what we thought. Settles the task to count.

    Raises `DomainError` `stock_count`.
    """
    if not 0 <= pieces <= LARGEST:
        raise DomainError("stock_count", medicine=medicine.name, said=str(pieces))
    known = Medicine.get_by_id(medicine.id).stock
    difference = pieces - (known or Decimal())
    if difference or known is None:
        _move(medicine, difference, cause, staff=staff, at=at)
    follow_ups.tick_off(_open_tasks(medicine), at=at, staff=staff)
    return difference


def _move(
    medicine: Medicine,
    quantity: Decimal,
    cause: str,
    *,
    staff: Staff | None,
    at: datetime,
    purchase: Purchase | None = None,
) -> Decimal:
    StockMovement.create(
        company=medicine.company_id,
        medicine=medicine,
        quantity=quantity,
        cause=cause,
        purchase=purchase,
        staff=staff,
        happened_at=at,
    )
    return Medicine.get_by_id(medicine.id).stock


def _ask_to_count(medicine: Medicine, left: Decimal, at: datetime, cause: str) -> None:
    if not _open_tasks(medicine):
        notes = f"{medicine.name} ({left.normalize():f})"
        follow_ups.raise_task(medicine.company, CHECK, at=at, notes=notes, cause=cause)


def _open_tasks(medicine: Medicine) -> list[FollowUp]:
    asked = (FollowUp.company == medicine.company_id) & (FollowUp.state == "open")
    about = FollowUp.cause.startswith(f"{CHECK}:{medicine.id}:")
    return list(FollowUp.select().where(asked, FollowUp.kind == CHECK, about))
