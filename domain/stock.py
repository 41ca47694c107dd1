"""What lies on the shelf: moved by sales, counted by hand, told when it runs short (FEATURES B9, F6)."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from domain import follow_ups
from domain.errors import DomainError
from models import FollowUp, Medicine, PurchaseItem, Staff, StockMovement

LARGEST = 1_000_000

# The kind of task that asks staff to look at the shelf.
CHECK = "check_stock"


class Short(NamedTuple):
    """What was sold although the stock says that it was not there; `left` is below nothing."""

    medicine_name: str
    left: Decimal


def sell(items: list[PurchaseItem], *, staff: Staff | None, at: datetime) -> list[Short]:
    """Take what was sold from the shelf, as far as anybody counts, and return what should not be there.

    It was there after all: staff are asked to count, once, until they have.
    """
    counted = [item for item in items if item.medicine.stock is not None]
    moved = [_movement(item, -item.quantity, "sale", staff, at) for item in counted]
    StockMovement.create_all(moved)
    short = [
        (item, movement.left) for item, movement in zip(counted, moved, strict=True) if movement.left < 0
    ]
    for item, left in short:
        _ask_to_count(item.medicine, left, at, f"{CHECK}:{item.medicine_id}:{item.purchase_id}")
    return [Short(item.medicine_name, left) for item, left in short]


def put_back(item: PurchaseItem, pieces: Decimal, *, staff: Staff | None, at: datetime) -> Decimal | None:
    """Lay back what came unopened and return what should lie there now; None where nobody counts."""
    if item.medicine.stock is None:
        return None
    movement = _movement(item, pieces, "return", staff, at)
    movement.save()
    return movement.left


def count(medicine: Medicine, pieces: Decimal, *, staff: Staff | None, at: datetime, cause: str) -> Decimal:
    """So many lie there; returns by how many that differs from what we thought. Settles the task to count.

    Raises `DomainError` `stock_count`.
    """
    if not 0 <= pieces <= LARGEST:
        raise DomainError("stock_count", medicine=medicine.name, said=str(pieces))
    known = Medicine.get_by_id(medicine.id).stock
    difference = pieces - (known or Decimal())
    if difference or known is None:
        StockMovement.create(
            company=medicine.company_id,
            medicine=medicine,
            quantity=difference,
            cause=cause,
            staff=staff,
            happened_at=at,
        )
    follow_ups.tick_off(_open_tasks(medicine), at=at, staff=staff)
    return difference


def _movement(
    item: PurchaseItem, pieces: Decimal, cause: str, staff: Staff | None, at: datetime
) -> StockMovement:
    return StockMovement(
        company=item.medicine.company_id,
        medicine=item.medicine,
        quantity=pieces,
        cause=cause,
        purchase=item.purchase,
        staff=staff,
        happened_at=at,
    )


def _ask_to_count(medicine: Medicine, left: Decimal, at: datetime, cause: str) -> None:
    if not _open_tasks(medicine):
        notes = f"{medicine.name} ({left.normalize():f})"
        follow_ups.raise_task(medicine.company, CHECK, at=at, notes=notes, cause=cause)


def _open_tasks(medicine: Medicine) -> list[FollowUp]:
    asked = (FollowUp.company == medicine.company_id) & (FollowUp.state == "open")
    about = FollowUp.cause.startswith(f"{CHECK}:{medicine.id}:")
    return list(FollowUp.select().where(asked, FollowUp.kind == CHECK, about))
