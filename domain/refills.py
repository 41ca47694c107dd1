"""Refill reminders: made and ended by purchases, listed when they are due, marked by staff (DESIGN §7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import medicines, refill_plan
from domain.errors import DomainError
from messaging import outbox
from models import (
    Company,
    Customer,
    FollowUp,
    Medicine,
    Message,
    Phone,
    Purchase,
    PurchaseItem,
    RefillReminder,
    Staff,
)

OPEN = "open"
ENDED = "ended"

# Tasks that are settled when the medicine is bought.
_SETTLED_BY_PURCHASE = ("keep_ready", "refill_call")
# Who has so much at home at once has mistyped.
_LONGEST_SUPPLY = 730


@dataclass(frozen=True)
class Supply:
    """What was bought of one medicine; `always` gives it a ladder even if it is a short course."""

    medicine: Medicine
    days: int | None
    always: bool = False


@dataclass(frozen=True)
class Due:
    """One line of the due list; `days_left` is negative once the supply has run out."""

    reminder: RefillReminder
    days_left: int


def renew(purchase: Purchase, supplies: list[Supply], *, at: datetime) -> list[RefillReminder]:
    """End what the purchase ends and make the reminders of what was bought; returns the new or moved ones."""
    renewed = [_renew_one(purchase, supply, at) for supply in _merged(supplies)]
    return [reminder for reminder in renewed if reminder is not None]


def due(company: Company, on: date, days: int, limit: int = 100) -> list[Due]:
    """Who runs out soon or has run out: `reminder_on` up to `days` after `on`, overdue ones included."""
    wanted = (RefillReminder.company == company) & (RefillReminder.state == OPEN)
    query = (
        RefillReminder.select(RefillReminder, Customer, Medicine)
        .join_from(RefillReminder, Customer)
        .join_from(RefillReminder, Medicine)
        .where(wanted, RefillReminder.reminder_on <= on + timedelta(days=days))
        .order_by(RefillReminder.reminder_on, RefillReminder.id)
        .limit(limit)
    )
    return [Due(reminder, (reminder.runs_out_on - on).days) for reminder in query]


def count_due(company: Company, on: date, days: int) -> int:
    """How many `due` would give without a limit."""
    wanted = (RefillReminder.company == company) & (RefillReminder.state == OPEN)
    return (
        RefillReminder.select().where(wanted, RefillReminder.reminder_on <= on + timedelta(days=days)).count()
    )


def numbered(company: Company, serial: int) -> RefillReminder:
    """The reminder with that permanent number; raises `DomainError` `no_such_refill`."""
    reminder = RefillReminder.get_or_none(RefillReminder.company == company, RefillReminder.serial == serial)
    if reminder is None:
        raise DomainError("no_such_refill", serial=serial)
    return reminder


def called(reminder: RefillReminder, *, at: datetime) -> None:
    """Staff have called about it. Raises `DomainError` `refill_ended`."""
    _must_be_open(reminder)
    reminder.called_at = at
    reminder.save()


def responded(reminder: RefillReminder, *, at: datetime, answer: str = "responded") -> None:
    """The customer has answered, whatever it was. Raises `DomainError` `refill_ended`."""
    _must_be_open(reminder)
    reminder.answer, reminder.answered_at = answer, at
    reminder.save()


def purchased(reminder: RefillReminder, *, at: datetime) -> RefillReminder:
    """Bought, though nobody recorded the sale: the same supply again. Raises `DomainError` `refill_ended`."""
    _must_be_open(reminder)
    on = refill_plan.today(reminder.company, at)
    end(reminder, "purchased", at)
    out = max(on, reminder.runs_out_on) + timedelta(days=reminder.supply_days)
    return _make(reminder.customer, None, Supply(reminder.medicine, reminder.supply_days), on, out)


def end(reminder: RefillReminder, because: str, at: datetime) -> None:
    """Nothing more is said about this supply; `ended_because` keeps why, `purchased:7` by which purchase."""
    reminder.state, reminder.ended_because, reminder.ended_at = ENDED, because, at
    refill_plan.go_on_with(reminder, None)
    reminder.save()
    if reminder.phone is not None:
        take_back_words(reminder.phone)


def bought_elsewhere(reminder: RefillReminder, *, at: datetime) -> None:
    """They have it from another shop. Raises `DomainError` `refill_ended`."""
    _must_be_open(reminder)
    reminder.answer, reminder.answered_at = "bought_elsewhere", at
    end(reminder, "bought_elsewhere", at)


def stopped(phone: Phone, *, at: datetime) -> None:
    """STOP: everybody's ladders on this phone end at once."""
    for reminder in open_of_phone(phone):
        end(reminder, "stopped", at)


def died(customer: Customer, *, on: date, at: datetime) -> None:
    """Nobody writes about this customer's medicines any more."""
    customer.died_on = on
    customer.save()
    for reminder in of_customer(customer):
        end(reminder, "died", at)


def ended_by(reminder: RefillReminder) -> Purchase | None:
    """The purchase that ended this ladder, if one did."""
    because, _, number = (reminder.ended_because or "").partition(":")
    return Purchase.get_or_none(Purchase.id == int(number)) if because == "purchased" and number else None


def open_of_phone(phone: Phone) -> list[RefillReminder]:
    """Everybody's open reminders on this phone, the first to run out first."""
    mine = RefillReminder.select().where(RefillReminder.state == OPEN, RefillReminder.phone == phone)
    return list(mine.order_by(RefillReminder.runs_out_on, RefillReminder.id))


def of_customer(customer: Customer) -> list[RefillReminder]:
    """The customer's open reminders, the first to run out first."""
    mine = RefillReminder.select().where(RefillReminder.state == OPEN, RefillReminder.customer == customer)
    return list(mine.order_by(RefillReminder.runs_out_on, RefillReminder.id))


def covered(message: Message) -> list[RefillReminder]:
    """The reminders one message spoke for: that of its key, and its basket, said in the same moment."""
    first = RefillReminder.get_or_none(RefillReminder.id == int(message.key.split(":")[1]))
    if first is None or first.whatsapp_sent_at is None:
        return [first] if first else []
    same = (RefillReminder.phone == message.phone) & (
        RefillReminder.whatsapp_sent_at == first.whatsapp_sent_at
    )
    return list(RefillReminder.select().where(same).order_by(RefillReminder.runs_out_on, RefillReminder.id))


def names(reminders: list[RefillReminder]) -> str:
    """The medicines of these reminders on one line, each once."""
    return ", ".join(dict.fromkeys(reminder.medicine.name for reminder in reminders))


def take_back_words(phone: Phone) -> None:
    """Cancel what still waits to be said about supplies that have all ended."""
    waiting = (Message.phone == phone) & (Message.state == "queued") & Message.key.startswith("refill:")
    for message in list(Message.select().where(waiting)):
        if all(reminder.state == ENDED for reminder in covered(message)):
            outbox.cancel(message, "refill_ended")


def _renew_one(purchase: Purchase, supply: Supply, at: datetime) -> RefillReminder | None:
    open_ones = _open_of(purchase.customer, supply.medicine)
    goes_on = _goes_on(purchase.customer, supply, bool(open_ones))
    later = next((one for one in open_ones if purchase.purchased_on < _begun_on(one)), None)
    if later is not None:
        return _entered_late(later, supply) if goes_on else None
    for reminder in open_ones:
        end(reminder, f"purchased:{purchase.id}", at)
    if open_ones:
        _settle_tasks(purchase.customer, purchase.staff, at)
    return _begin(purchase, supply, open_ones) if goes_on else None


def _open_of(customer: Customer, medicine: Medicine) -> list[RefillReminder]:
    return [
        reminder for reminder in of_customer(customer) if medicines.same_supply(reminder.medicine, medicine)
    ]


def _goes_on(customer: Customer, supply: Supply, is_on_ladder: bool) -> bool:
    """Whether there is a next time: a few days more of what is taken for long are no short course."""
    if not supply.days or customer.died_on:
        return False
    return supply.always or is_on_ladder or not medicines.is_short_course(supply.medicine, supply.days)


def _begin(purchase: Purchase, supply: Supply, before: list[RefillReminder]) -> RefillReminder:
    """What customers told us of their stock is in the reminder before; else what they bought counts."""
    on = purchase.purchased_on
    if before:
        out = max([on, *(one.runs_out_on for one in before)]) + timedelta(days=supply.days or 0)
    else:
        out = refill_plan.runs_out_on(_fills(purchase.customer, supply.medicine, on))
    return _make(purchase.customer, purchase, supply, on, out)


def _make(
    customer: Customer, purchase: Purchase | None, supply: Supply, on: date, out: date
) -> RefillReminder:
    reminder = RefillReminder(
        company=customer.company,
        serial=customer.company.take_serials(),
        customer=customer,
        phone=customer.phone,
        purchase=purchase,
        medicine=supply.medicine,
        supply_days=supply.days,
    )
    refill_plan.put_on_ladder(reminder, out, after=on)
    if customer.phone is None or customer.phone.opted_out_at:
        # Staff still see it in the due list.
        refill_plan.go_on_with(reminder, None)
    reminder.save(force_insert=True)
    return reminder


def _entered_late(reminder: RefillReminder, supply: Supply) -> RefillReminder:
    """A purchase of an earlier day, entered after a later one: the later supply lasts longer."""
    fills = _fills(reminder.customer, supply.medicine, _begun_on(reminder))
    out = max(reminder.runs_out_on, refill_plan.runs_out_on(fills))
    if out != reminder.runs_out_on:
        refill_plan.put_on_ladder(reminder, out, after=_begun_on(reminder))
        reminder.save()
    return reminder


def _begun_on(reminder: RefillReminder) -> date:
    if reminder.purchase is not None:
        return reminder.purchase.purchased_on
    return refill_plan.today(reminder.company, reminder.created_at)


def _fills(customer: Customer, medicine: Medicine, until: date) -> list[tuple[date, int]]:
    """Everything this customer bought of the medicine up to that day, as (day, days)."""
    bought = (
        PurchaseItem.select(PurchaseItem, Purchase, Medicine)
        .join_from(PurchaseItem, Purchase)
        .join_from(PurchaseItem, Medicine)
        .where(PurchaseItem.customer == customer, PurchaseItem.duration_days > 0)
        .where(
            Purchase.purchased_on <= until, Purchase.purchased_on > until - timedelta(days=_LONGEST_SUPPLY)
        )
    )
    return [
        (item.purchase.purchased_on, item.duration_days or 0)
        for item in bought
        if medicines.same_supply(item.medicine, medicine)
    ]


def _merged(supplies: list[Supply]) -> list[Supply]:
    """One supply for each medicine, though it may stand in several lines of a bill."""
    merged: list[Supply] = []
    for supply in supplies:
        same = next((one for one in merged if medicines.same_supply(one.medicine, supply.medicine)), None)
        if same is None:
            merged.append(supply)
        else:
            days = (same.days or 0) + (supply.days or 0) or None
            merged[merged.index(same)] = Supply(same.medicine, days, same.always or supply.always)
    return merged


def _settle_tasks(customer: Customer, staff: Staff | None, at: datetime) -> None:
    open_tasks = (FollowUp.customer == customer) & (FollowUp.state == "open")
    for task in list(FollowUp.select().where(open_tasks, FollowUp.kind.in_(_SETTLED_BY_PURCHASE))):
        task.state, task.done_at, task.done_by = "done", at, staff
        task.save()


def _must_be_open(reminder: RefillReminder) -> None:
    if reminder.state != OPEN:
        raise DomainError("refill_ended", reminder=reminder, because=reminder.ended_because)
