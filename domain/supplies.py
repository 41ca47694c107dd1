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


@dataclass(frozen=True)
class Records:
    """What is written down of all supplies of one customer, read once: every line of every bill, in the order
    of entry, though all of it may have come back."""

    lines: list[PurchaseItem]
    notes: list[SupplyNote]
    prescribed: list[PrescribedMedicine]

    def and_sold(self, items: list[PurchaseItem]) -> "Records":
        """The same with what has just been sold."""
        return Records([*self.lines, *items], self.notes, self.prescribed)

    def history(self, medicine: Medicine) -> History:
        """What they say of this supply, bills entered late and brands changed included."""
        items = [row for row in self.lines if row.quantity and medicines.same_supply(row.medicine, medicine)]
        notes = [row for row in self.notes if medicines.same_supply(row.medicine, medicine)]
        lines = [
            row for row in self.prescribed if row.medicine and medicines.same_supply(row.medicine, medicine)
        ]
        fills = _fills(items, notes)
        since = fills[-1].on - _WINDOW if fills else date.min
        events = [*map(_bought, items), *map(_noted, notes), *_doses(lines)]
        return History(fills, [event for event in events if event.on >= since])


def records(customer: Customer) -> Records:
    """What the database holds of this customer's supplies, at this moment of the caller's transaction."""
    bought = PurchaseItem.select(PurchaseItem, Purchase).join(Purchase)
    lines = bought.where(PurchaseItem.customer == customer).order_by(PurchaseItem.id)
    notes = SupplyNote.select().where(SupplyNote.customer == customer)
    found = Records(list(lines), list(notes), _prescribed(customer))
    medicines.read_for((*found.lines, *found.notes, *found.prescribed), customer.company)
    return found


def history(customer: Customer, medicine: Medicine) -> History:
    """What the database holds of this one supply."""
    return records(customer).history(medicine)


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


def _prescribed(customer: Customer) -> list[PrescribedMedicine]:
    """Of each prescribed medicine its dose and from when to when, and nothing else of what is encrypted."""
    line = PrescribedMedicine
    of_line = (line.id, line.prescription, line.medicine, line.dosage, line.frequency)
    written = line.select(*of_line, Prescription.id, Prescription.prescribed_on, Prescription.state)
    return list(written.join(Prescription).where(Prescription.customer == customer).order_by(line.id))


def _bought(item: PurchaseItem) -> Event:
    dose = doses.per_day(item.dosage) if item.dosage else None
    return Event(item.purchase.purchased_on, BOUGHT, item.duration_days or 0, dose)


def _noted(note: SupplyNote) -> Event:
    return Event(note.noted_on, HAS if note.kind == "has" else BOUGHT, note.days)


def _doses(lines: list[PrescribedMedicine]) -> list[Event]:
    """Each prescription changes the dose from its day on."""
    return [
        Event(line.prescription.prescribed_on, DOSED, per_day=per_day)
        for line in lines
        if (per_day := doses.per_day(line.frequency or line.dosage))
    ]
