"""Another strength of the same medicine: in place of the old one or besides it, a pharmacist tells."""

from datetime import datetime

from domain import follow_ups, medicines, people, refill_cycles, refills
from domain import staff as team
from models import FollowUp, Medicine, Purchase, PurchaseItem, RefillReminder

TASK = "strength_changed"
REPLACED = "replaced"


def ask(purchase: Purchase, items: list[PurchaseItem], *, at: datetime) -> list[FollowUp]:
    """Ask the pharmacist about each strength this customer never bought before while another one is open.

    Nothing is ended unasked: many take two strengths together. Asked once; both on one bill are both taken.
    """
    others = [one for one in refills.of_customer(purchase.customer) if one.purchase_id != purchase.id]
    return [
        _ask(reminder, item.medicine, at)
        for item in items
        for reminder in others
        if _is_other_strength(reminder.medicine, item.medicine)
        and refill_cycles.begun_on(reminder) <= purchase.purchased_on
        and _is_new(item)
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


def _is_new(item: PurchaseItem) -> bool:
    """Whether this strength was never bought before: who takes two is not asked about every month."""
    rows = PurchaseItem.select(PurchaseItem, Medicine).join(Medicine)
    before = rows.where(PurchaseItem.customer == item.customer_id, PurchaseItem.purchase != item.purchase_id)
    return not any(medicines.same_supply(row.medicine, item.medicine) for row in before)
