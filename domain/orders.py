"""What somebody asked us to keep ready, or we set aside: an order, of which other programs hear."""

from datetime import datetime

from domain import announcements
from models import RefillReminder

ASKED_FOR = "asked_for"
READY = "ready"
FETCHED = "fetched"
PUT_BACK = "put_back"
DROPPED = "dropped"

# What a customer answers who orders.
KEEP_READY = "keep_ready"


def status(reminder: RefillReminder) -> str | None:
    """How the order of this open supply stands; None where there is none."""
    if reminder.reserved_at is not None:
        return READY
    return ASKED_FOR if reminder.answer == KEEP_READY else None


def answered(reminder: RefillReminder, before: str | None, at: datetime) -> None:
    """The customer has answered when the order stood at `before`."""
    now = status(reminder)
    if now != before:
        announcements.order_changed(reminder, now or DROPPED, at)


def set_aside(reminder: RefillReminder, before: str | None, at: datetime) -> None:
    """It lies ready, and did or did not `before`."""
    if before != READY:
        announcements.order_changed(reminder, READY, at)


def ended(reminder: RefillReminder, before: str | None, at: datetime, *, bought: bool = False) -> None:
    """It lies ready no more, or nobody waits for it any more, because it was bought or for another reason."""
    if before is not None:
        over = PUT_BACK if before == READY else DROPPED
        announcements.order_changed(reminder, FETCHED if bought else over, at)
