"""Reserve, then remind: what a phone's people need next is set aside, and only then said to wait for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import company_settings
from domain import follow_ups, orders, refill_plan, refills
from models import Company, Customer, FollowUp, Medicine, PurchaseItem, RefillReminder, Staff

# So many reminders are looked at for one list; what falls due first comes first.
_LOOKED_AT = 200


@dataclass(frozen=True)
class Need:
    """One medicine of a basket; `short`: what the shelf lacks, None where that is nothing or unknown."""

    reminder: RefillReminder
    short: Decimal | None


@dataclass(frozen=True)
class Basket:
    """What one phone's people will pick up together, the first to run out first."""

    needs: list[Need]

    @property
    def reminders(self) -> list[RefillReminder]:
        """Of all its medicines."""
        return [need.reminder for need in self.needs]

    @property
    def serial(self) -> int:
        """The number staff call it by: that of its first reminder."""
        return self.reminders[0].serial

    @property
    def customers(self) -> list[Customer]:
        """Whose it is, each once."""
        return list({one.customer_id: one.customer for one in self.reminders}.values())

    @property
    def runs_out_on(self) -> date:
        """When the first of it runs out."""
        return self.reminders[0].runs_out_on

    @property
    def is_reserved(self) -> bool:
        """Whether all of it lies ready."""
        return all(one.reserved_at for one in self.reminders)


def baskets(company: Company, on: date, days: int | None = None) -> list[Basket]:
    """The baskets that run out within `days` (None: the company's setting) and have not run out yet."""
    ahead = company_settings.get(company, "reserve_days_ahead") if days is None else days
    shown = timedelta(days=company_settings.get(company, "show_days_before"))
    soon = RefillReminder.reminder_on.between(on - shown, on - shown + timedelta(days=ahead))
    rows = (
        RefillReminder.select(RefillReminder, Customer, Medicine)
        .join_from(RefillReminder, Customer)
        .join_from(RefillReminder, Medicine)
        .where(RefillReminder.company == company, RefillReminder.state == refills.OPEN, soon)
        .order_by(RefillReminder.reminder_on, RefillReminder.id)
        .limit(_LOOKED_AT)
    )
    together: dict[tuple[str, int], list[RefillReminder]] = {}
    for row in rows:
        whose = ("phone", row.phone_id) if row.phone_id else ("customer", row.customer_id)
        together.setdefault(whose, []).append(row)
    return [_basket(reminders) for reminders in together.values()]


def of(reminder: RefillReminder) -> Basket:
    """The basket a reminder belongs to. Raises `DomainError` `refill_ended`."""
    refills.must_be_open(reminder)
    near = timedelta(days=company_settings.get(reminder.company, "basket_days"))
    theirs = (
        refills.open_of_phone(reminder.phone)
        if reminder.phone is not None
        else refills.of_customer(reminder.customer)
    )
    return _basket([one for one in theirs if abs(one.runs_out_on - reminder.runs_out_on) <= near])


def reserve(reminder: RefillReminder, *, staff: Staff, at: datetime) -> Basket:
    """Its basket is set aside, for some days from when it runs out. Raises `DomainError` `refill_ended`."""
    basket = of(reminder)
    on = refill_plan.today(reminder.company, at)
    lies = timedelta(days=company_settings.get(reminder.company, "reserved_days"))
    for one in basket.reminders:
        before = orders.status(one)
        one.reserved_at, one.reserved_by = at, staff
        one.reserved_until = max(on, one.runs_out_on) + lies
        one.save()
        orders.set_aside(one, before, at)
    for customer in basket.customers:
        _settle_task(customer, staff, at)
    return basket


def put_back(reminder: RefillReminder, *, at: datetime) -> Basket:
    """Its basket is on the shelf again."""
    basket = of(reminder)
    for one in [each for each in basket.reminders if each.reserved_at]:
        refills.forget_reservation(one)
        one.save()
        orders.ended(one, orders.READY, at)
    return basket


def expire(company: Company, at: datetime) -> int:
    """What was not fetched in time goes back: a task for who set it aside; returns how many were."""
    on = refill_plan.today(company, at)
    over = (RefillReminder.state == refills.OPEN) & (RefillReminder.reserved_until < on)
    rows = list(RefillReminder.select().where(RefillReminder.company == company, over).limit(_LOOKED_AT))
    for row in rows:
        refills.ask_to_put_back(row, at)
        row.save()
        orders.ended(row, orders.READY, at)
    return len(rows)


def _basket(reminders: list[RefillReminder]) -> Basket:
    ordered = sorted(reminders, key=lambda one: (one.runs_out_on, one.id))
    return Basket([Need(one, _short(one)) for one in ordered])


def _short(reminder: RefillReminder) -> Decimal | None:
    """What is missing of as much as was bought last."""
    left = reminder.medicine.stock
    if left is None:
        return None
    bought = PurchaseItem.select(PurchaseItem.quantity).where(
        PurchaseItem.purchase == reminder.purchase_id, PurchaseItem.medicine == reminder.medicine_id
    )
    needed = sum((item.quantity for item in bought), Decimal())
    return needed - left if needed > left else None


def _settle_task(customer: Customer, staff: Staff, at: datetime) -> None:
    asked = (FollowUp.customer == customer) & (FollowUp.kind == "keep_ready") & (FollowUp.state == "open")
    follow_ups.tick_off(FollowUp.select().where(asked), at=at, staff=staff)
