"""How long what somebody has at home lasts: purchases, what they said they have, and changes of the dose."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from domain import doses, medicines
from models import Customer, Medicine, PrescribedMedicine, Prescription, Purchase, PurchaseItem, SupplyNote

# On one day in this order: who says that so much is left has not yet bought what is bought that day.
DOSED = 0
HAS = 1
BOUGHT = 2

# Older supplies have been used up, whatever was left over.
_WINDOW = timedelta(days=730)
# What was last taken so long ago is begun anew.
_LONG_AGO = timedelta(days=180)


@dataclass(frozen=True)
class Event:
    """What changed a supply that day: `days` more, `days` in all, or another dose (`per_day`, if known)."""

    on: date
    kind: int
    days: int = 0
    per_day: Fraction | None = None

    @property
    def order(self) -> tuple[date, int, int, Fraction]:
        """Sorts events, so that the order of entry never matters."""
        return (self.on, self.kind, self.days, self.per_day or Fraction())


@dataclass(frozen=True)
class Fill:
    """What was bought of one medicine on one day: no `purchase` if nobody made a bill."""

    on: date
    days: int
    medicine: Medicine
    purchase: Purchase | None
    always_remind: bool = False

    @property
    def is_short_course(self) -> bool:
        """Whether this alone gets no reminders."""
        return not self.always_remind and medicines.is_short_course(self.medicine, self.days)


@dataclass(frozen=True)
class History:
    """All we know of one customer's supply of one medicine, whatever brand it was."""

    fills: list[Fill]
    events: list[Event]

    @property
    def latest(self) -> Fill | None:
        """The fill the customer lives on now."""
        return self.fills[-1] if self.fills else None

    @property
    def is_taken_for_long(self) -> bool:
        """Whether there is a next time; a few days more of what is taken for long are no short course."""
        latest = self.latest
        if latest is None or not latest.days:
            return False
        lately = (fill for fill in self.fills if fill.days and fill.on >= latest.on - _LONG_AGO)
        return any(not fill.is_short_course for fill in lately)


def runs_out_on(events: list[Event]) -> date:
    """The day it is used up: left-overs shift what comes after them, another dose stretches or shrinks them.

    The order of `events` does not matter. At least one is needed.
    """
    ordered = sorted(events, key=lambda event: event.order)
    out = Fraction(ordered[0].on.toordinal())
    per_day: Fraction | None = None
    for event in ordered:
        start = Fraction(event.on.toordinal())
        left = max(out - start, Fraction())
        if event.per_day and per_day:
            left = left * per_day / event.per_day
        per_day = event.per_day or per_day
        if event.kind == HAS:
            out = start + event.days
        elif event.kind == BOUGHT or out > start:
            out = start + left + event.days
    return date.fromordinal(floor(out))


def history(customer: Customer, medicine: Medicine) -> History:
    """What the database holds of this supply, bills entered late and brands changed included."""
    items = _items(customer, medicine)
    notes = _notes(customer, medicine)
    fills = _fills(items, notes)
    since = fills[-1].on - _WINDOW if fills else date.min
    events = [
        *(Event(item.purchase.purchased_on, BOUGHT, item.duration_days or 0, _dose(item)) for item in items),
        *(Event(note.noted_on, HAS if note.kind == "has" else BOUGHT, note.days) for note in notes),
        *_prescribed(customer, medicine),
    ]
    return History(fills, [event for event in events if event.on >= since])


def _fills(items: list[PurchaseItem], notes: list[SupplyNote]) -> list[Fill]:
    """One for each day, the earliest first; lines of one medicine on a day are one supply."""
    bought = [
        Fill(
            item.purchase.purchased_on,
            item.duration_days or 0,
            item.medicine,
            item.purchase,
            item.always_remind,
        )
        for item in items
    ]
    bought += [Fill(note.noted_on, note.days, note.medicine, None) for note in notes if note.kind == "bought"]
    days: dict[date, Fill] = {}
    for fill in bought:
        before = days.get(fill.on)
        days[fill.on] = _together(before, fill) if before else fill
    return [days[on] for on in sorted(days)]


def _together(one: Fill, other: Fill) -> Fill:
    always = one.always_remind or other.always_remind
    return Fill(one.on, one.days + other.days, other.medicine, other.purchase, always)


def _items(customer: Customer, medicine: Medicine) -> list[PurchaseItem]:
    bought = (
        PurchaseItem.select(PurchaseItem, Purchase, Medicine)
        .join_from(PurchaseItem, Purchase)
        .join_from(PurchaseItem, Medicine)
        .where(PurchaseItem.customer == customer)
        .order_by(PurchaseItem.id)
    )
    # All of a line may have come back.
    return [item for item in bought if item.quantity and medicines.same_supply(item.medicine, medicine)]


def _notes(customer: Customer, medicine: Medicine) -> list[SupplyNote]:
    noted = SupplyNote.select(SupplyNote, Medicine).join(Medicine).where(SupplyNote.customer == customer)
    return [note for note in noted if medicines.same_supply(note.medicine, medicine)]


def _dose(item: PurchaseItem) -> Fraction | None:
    return doses.per_day(item.dosage) if item.dosage else None


def _prescribed(customer: Customer, medicine: Medicine) -> list[Event]:
    """Each prescription of it changes the dose from its day on."""
    written = (
        PrescribedMedicine.select(PrescribedMedicine, Prescription, Medicine)
        .join_from(PrescribedMedicine, Prescription)
        .join_from(PrescribedMedicine, Medicine)
        .where(Prescription.customer == customer)
    )
    return [
        Event(row.prescription.prescribed_on, DOSED, per_day=per_day)
        for row in written
        if row.medicine is not None
        and medicines.same_supply(row.medicine, medicine)
        and (per_day := doses.per_day(row.frequency or row.dosage))
    ]
