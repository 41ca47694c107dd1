"""One supply after another: reminders made, moved and ended by what is bought, returned, prescribed, said."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from domain import coverage, follow_ups, medicines, refill_plan, refills, supplies
from domain.supplies import Fill, History, Records
from models import Customer, FollowUp, Medicine, Purchase, RefillReminder, SupplyNote
from rows import knowing

# Tasks that are settled when the medicine is bought.
_SETTLED_BY_PURCHASE = (*follow_ups.CALLS, "keep_ready", "expected_visit", "renew", "put_back")


@dataclass(frozen=True)
class _Known:
    """All reminders there ever were for a customer, the first made first, and what they come of; for each
    supply that ended just now what was bought in its place, if it was a bill."""

    customer: Customer
    records: Records
    reminders: list[RefillReminder]
    replaced: list[Purchase | None] = field(default_factory=list)

    def reminders_of(self, medicine: Medicine) -> list[RefillReminder]:
        return [row for row in self.reminders if medicines.same_supply(row.medicine, medicine)]


class Renewed(NamedTuple):
    """The new or moved reminders of a purchase, and the open ones of other bills."""

    reminders: list[RefillReminder]
    others: list[RefillReminder]


def renew(purchase: Purchase, records: Records, *, at: datetime) -> Renewed:
    """End what the purchase ends and make the reminders of what was bought; `records` hold its lines.

    Whatever order purchases are entered in, the same reminders come of it.
    """
    known = _known(purchase.customer, records)
    renewed = [_settle(known, medicine, at) for medicine in _supplies_in(purchase, known)]
    _keep(known, at)
    others = [one for one in known.reminders if one.state == refills.OPEN and one.purchase_id != purchase.id]
    return Renewed([one for one in renewed if one is not None and _is_of(one, purchase)], others)


def taken_back(purchase: Purchase, *, at: datetime, medicine: Medicine | None = None) -> None:
    """All of it came back, or all of one `medicine`: call this when the rows are gone or hold 0 pieces.

    The supply before goes on.
    """
    coverage.renew(purchase.customer)
    for reminder in list(RefillReminder.select().where(RefillReminder.purchase == purchase)):
        if medicine is not None and not medicines.same_supply(reminder.medicine, medicine):
            continue
        if reminder.state == refills.OPEN:
            refills.end(reminder, "returned", at)
        settle(reminder.customer, reminder.medicine, at=at)


def prescribed(customer: Customer, prescribed_medicines: Iterable[Medicine], *, at: datetime) -> None:
    """A prescription may have changed the dose: what is left lasts longer or shorter from its day on."""
    for medicine in prescribed_medicines:
        settle(customer, medicine, at=at)


def purchased(reminder: RefillReminder, *, at: datetime) -> RefillReminder:
    """Bought, though nobody recorded the sale: the same supply again. Raises `DomainError` `refill_ended`."""
    refills.must_be_open(reminder)
    on = refill_plan.today(reminder.company, at)
    _note(reminder, "bought", reminder.supply_days, on)
    coverage.renew(reminder.customer, [reminder.medicine])
    renewed = settle(reminder.customer, reminder.medicine, at=at)
    return renewed or reminder


def has_left(reminder: RefillReminder, days: int, *, at: datetime) -> None:
    """The customer has so many days of it today, whatever we computed; `days` from 0."""
    on = refill_plan.today(reminder.company, at)
    # What was bought today is counted besides.
    bought = reminder.supply_days if begun_on(reminder) == on else 0
    _note(reminder, "has", max(days - bought, 0), on)
    history = supplies.history(reminder.customer, reminder.medicine)
    plan(reminder, supplies.runs_out_on(history.events), after=on)
    reminder.save()


def settle(customer: Customer, medicine: Medicine, *, at: datetime) -> RefillReminder | None:
    """Bring the reminder of this supply in line with all that is known of it; None if none is to be."""
    known = _known(customer, supplies.records(customer))
    settled = _settle(known, medicine, at)
    _keep(known, at)
    return settled


def begin_again(customer: Customer, medicine: Medicine, *, at: datetime) -> RefillReminder | None:
    """A reminder for what they have at home although the last one was ended for a reason that was none."""
    known = _known(customer, supplies.records(customer))
    open_ones = [one for one in known.reminders_of(medicine) if one.state == refills.OPEN]
    history = known.records.history(medicine)
    latest = history.latest
    if open_ones or latest is None or not history.is_taken_for_long:
        return None
    reminder = _begin(known, latest, history, None)
    on = refill_plan.today(customer.company, at)
    plan(reminder, reminder.runs_out_on, after=max(on, latest.on))
    _keep(known, at)
    return reminder


def begin_all_again(customer: Customer, because: str, *, at: datetime) -> list[RefillReminder]:
    """The same for all that was ended `because` of what is past; none for who has died."""
    if customer.died_on is not None:
        return []
    ended = refills.last_ended(customer, because)
    begun = [begin_again(customer, one.medicine, at=at) for one in ended]
    return [one for one in begun if one is not None]


def plan(reminder: RefillReminder, out: date, after: date) -> None:
    """Put it on the ladder; where we may not write it only stands in the due list. Saved by the caller."""
    refill_plan.put_on_ladder(reminder, out, after=after)
    if reminder.phone is None or reminder.phone.opted_out_at:
        refill_plan.go_on_with(reminder, None)


def begun_on(reminder: RefillReminder) -> date:
    """The day the supply was bought."""
    if reminder.purchase is not None:
        return reminder.purchase.purchased_on
    return refill_plan.today(reminder.company, reminder.created_at)


def _known(customer: Customer, records: Records) -> _Known:
    rows = RefillReminder.select().where(RefillReminder.customer == customer).order_by(RefillReminder.id)
    reminders = [knowing(row, customer=customer, company=customer.company) for row in rows]
    # Nearly all is at hand.
    sold = {line.medicine_id: line.medicine for line in records.lines}
    bills = {line.purchase_id: line.purchase for line in records.lines}
    for row in reminders:
        if row.medicine_id in sold:
            knowing(row, medicine=sold[row.medicine_id])
        if row.purchase_id in bills:
            knowing(row, purchase=bills[row.purchase_id])
        if row.phone_id == customer.phone_id:
            knowing(row, phone=customer.phone)
    return _Known(customer, records, reminders)


def _settle(known: _Known, medicine: Medicine, at: datetime) -> RefillReminder | None:
    history = known.records.history(medicine)
    reminders = known.reminders_of(medicine)
    latest = history.latest
    if latest is None or not history.is_taken_for_long or known.customer.died_on:
        _end_all(known, reminders, latest, at)
        return None
    newest = max(reminders, key=_age, default=None)
    if newest is not None and _is_from(newest, latest):
        return _moved(newest, latest, history) if newest.state == refills.OPEN else None
    _end_all(known, reminders, latest, at)
    return _begin(known, latest, history, newest)


def _keep(known: _Known, at: datetime) -> None:
    """Write what has changed, and do what follows from supplies that have ended."""
    begun = [one for one in known.reminders if one.id is None]
    if begun:
        first = known.customer.company.take_serials(len(begun))
        for n, reminder in enumerate(begun):
            reminder.serial = first + n
    changed = [one for one in known.reminders if one.id is not None and one.is_dirty()]
    for reminder in changed:
        reminder.save()
    RefillReminder.create_all(begun)
    for phone in {one.phone for one in changed if one.state == refills.ENDED and one.phone is not None}:
        refills.take_back_words(phone)
    if known.replaced:
        _settle_tasks(known.customer, known.replaced[0], at)


def _supplies_in(purchase: Purchase, known: _Known) -> list[Medicine]:
    """One medicine for each supply, though it may stand in several lines of a bill."""
    found: list[Medicine] = []
    for item in known.records.lines:
        is_new = not any(medicines.same_supply(one, item.medicine) for one in found)
        if item.purchase == purchase and is_new:
            found.append(item.medicine)
    return found


def _is_of(reminder: RefillReminder, purchase: Purchase) -> bool:
    return begun_on(reminder) >= purchase.purchased_on


def _is_from(reminder: RefillReminder, fill: Fill) -> bool:
    is_same = bool(reminder.purchase == fill.purchase) and begun_on(reminder) == fill.on
    return is_same and reminder.ended_because != "returned"


def _age(reminder: RefillReminder) -> tuple[date, int]:
    return (begun_on(reminder), reminder.id or sys.maxsize)


def _moved(reminder: RefillReminder, latest: Fill, history: History) -> RefillReminder:
    """What was entered late, taken back or prescribed otherwise moves the run-out, if it does."""
    out = supplies.runs_out_on(history.events)
    reminder.supply_days, reminder.medicine = latest.days, latest.medicine
    if out != reminder.runs_out_on:
        plan(reminder, out, after=latest.on)
    return reminder


def _end_all(known: _Known, reminders: list[RefillReminder], latest: Fill | None, at: datetime) -> None:
    open_ones = [one for one in reminders if one.state == refills.OPEN]
    purchase = latest.purchase if latest else None
    for reminder in open_ones:
        is_newer = latest is None or begun_on(reminder) > latest.on
        refills.close(
            reminder, "returned" if is_newer else f"purchased:{purchase.id}" if purchase else "purchased", at
        )
    if open_ones:
        known.replaced.append(purchase)


def _begin(known: _Known, latest: Fill, history: History, before: RefillReminder | None) -> RefillReminder:
    """A reminder with no number yet, among the known ones; written by `_keep`."""
    customer = known.customer
    reminder = RefillReminder(
        company=customer.company,
        customer=customer,
        phone=customer.phone,
        purchase=latest.purchase,
        medicine=latest.medicine,
        supply_days=latest.days,
        silent_cycles=refill_plan.silent_cycles_after(before),
    )
    plan(reminder, supplies.runs_out_on(history.events), after=latest.on)
    known.reminders.append(reminder)
    return reminder


def _note(reminder: RefillReminder, kind: str, days: int, on: date) -> None:
    SupplyNote.create(
        customer=reminder.customer, medicine=reminder.medicine, kind=kind, days=days, noted_on=on
    )


def _settle_tasks(customer: Customer, purchase: Purchase | None, at: datetime) -> None:
    open_tasks = (FollowUp.customer == customer) & (FollowUp.state == "open")
    settled = FollowUp.select().where(open_tasks, FollowUp.kind.in_(_SETTLED_BY_PURCHASE))
    follow_ups.tick_off(settled, at=at, staff=purchase.staff if purchase else None)
