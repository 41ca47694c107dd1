"""Another strength of the same medicine: in place of the old one or besides it, a pharmacist tells."""

from datetime import datetime

from domain import follow_ups, medicines, people, refill_cycles, refills
from domain import staff as team
from models import FollowUp, Medicine, PurchaseItem, RefillReminder

TASK = "strength_changed"
REPLACED = "replaced"


def ask(
    items: list[PurchaseItem],
    others: list[RefillReminder],
    earlier: list[PurchaseItem],
    *,
    at: datetime,
) -> list[FollowUp]:
    """Ask the pharmacist about each strength of these items that no `earlier` line sold while another one is
    open among `others`, the reminders of other bills.

    Nothing is ended unasked: many take two strengths together. Asked once; both on one bill are both taken.
    """
    return [
        _ask(reminder, item.medicine, at)
        for item in items
        for reminder in others
        if _is_other_strength(reminder.medicine, item.medicine)
        and refill_cycles.begun_on(reminder) <= item.purchase.purchased_on
        # Who takes two strengths is not asked about every month.
        and not any(medicines.same_supply(line.medicine, item.medicine) for line in earlier)
    ]


def replaced(reminder: RefillReminder, *, at: datetime) -> None:
    """The other strength took its place: its reminders end. Raises `DomainError` `refill_ended`."""
    refills.must_be_open(reminder)
    refills.end(reminder, REPLACED, at)
    asked = (FollowUp.kind == TASK) & FollowUp.cause.startswith(f"{TASK}:{reminder.id}:")
    follow_ups.tick_off(FollowUp.select().where(asked, FollowUp.state == "open"), at=at)


def _ask(reminder: RefillReminder, new: Medicine, at: datetime) -> FollowUp:
    return follow_ups.raise_task(
        reminder.company,
        TASK,
        at=at,
        person=people.of_customer(reminder.customer),
        notes=f"refill #{reminder.serial}: {reminder.medicine.name} → {new.name}",
        staff=team.pharmacist(reminder.company, reminder.customer),
        cause=f"{TASK}:{reminder.id}:{new.id}",
    )


def _is_other_strength(old: Medicine, new: Medicine) -> bool:
    one, other = medicines.of(old), medicines.of(new)
    forms_fit = not one.form or not other.form or one.form == other.form
    return one.composition == other.composition and forms_fit and not one.fits(other)
