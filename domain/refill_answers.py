"""What customers answer to a refill reminder and how it moves the plan (FEATURES B7)."""

from datetime import date, datetime, timedelta

import company_settings
from domain import departures, follow_ups, orders, people, refill_cycles, refill_plan, refills
from domain import staff as team
from domain.errors import DomainError
from domain.refill_plan import Step
from models import FollowUp, Message, Phone, RefillReminder, Staff

# An answer without a reference is to a reminder of the last days.
ANSWERED_WITHIN = timedelta(days=30)
# Further away than this nobody knows when they will buy.
FURTHEST = timedelta(days=120)
LONGEST_STOCK = 365

# Reasons that a pharmacist looks into; what they do to the ladder.
_RESTS = ("cost", "side_effects")
_ENDS = ("doctor_changed", "stopped_medicine")


def meant(phone: Phone, replied_to: Message | None, at: datetime) -> list[RefillReminder]:
    """The open reminders an answer is about: of the message replied to, the latest, or first to run out."""
    message = replied_to if replied_to and is_about_refill(replied_to) else latest(phone, at)
    spoken_of = [one for one in refills.covered(message) if one.state == refills.OPEN] if message else []
    return spoken_of or _next_to_run_out(phone)


def latest(phone: Phone, at: datetime, within: timedelta = ANSWERED_WITHIN) -> Message | None:
    """The latest refill message that went to this phone."""
    said = (Message.phone == phone) & Message.key.startswith("refill:") & (Message.state != "cancelled")
    return Message.select().where(said, Message.created_at > at - within).order_by(Message.id.desc()).first()


def is_last_said(phone: Phone, at: datetime, within: timedelta) -> bool:
    """Whether a refill message is the last thing we said to this phone of ourselves, not longer ago."""
    reminder = latest(phone, at, within)
    if reminder is None:
        return False
    said = (Message.phone == phone) & Message.kind.in_(["reminder", "promotion"])
    return not Message.select().where(said, Message.state != "cancelled", Message.id > reminder.id).exists()


def is_about_refill(message: Message) -> bool:
    """Whether this is one of our reminders."""
    return message.key.startswith("refill:")


def keep_ready(reminders: list[RefillReminder], *, at: datetime, cause: str) -> FollowUp | None:
    """They will come for it: staff prepare it, against the prescription; asked twice it is one task, and none
    (None) where it is set aside already.

    Nobody is asked again whether to keep ready what is being kept ready: if they do not come, staff call.
    """
    _note(reminders, orders.KEEP_READY, at)
    for reminder in reminders:
        calls = [step for step in refill_plan.steps_from_now(reminder) if step.name == refill_plan.CALL]
        refill_plan.go_on_with(reminder, calls[0] if calls else None)
        reminder.save()
    if all(reminder.reserved_at for reminder in reminders):
        return None
    return _task("keep_ready", reminders, at, cause, reminders[0].customer.assigned_to)


def later(reminders: list[RefillReminder], when: datetime, *, at: datetime) -> date:
    """Remind again on that day instead of the next step. Raises `DomainError` `moment_past`, `moment_far`."""
    company = reminders[0].company
    on, now_on = refill_plan.today(company, when), refill_plan.today(company, at)
    if on < now_on or when < at:
        raise DomainError("moment_past")
    if on > now_on + FURTHEST:
        raise DomainError("moment_far")
    on = max(on, now_on + timedelta(days=1))
    for reminder in reminders:
        refills.responded(reminder, at=at, answer="later")
        refill_plan.go_on_with(reminder, Step(refill_plan.LATER, on))
        reminder.save()
    return on


def have_stock(reminders: list[RefillReminder], days: int, *, at: datetime) -> date:
    """They have some for so many days more: that is when it runs out. Raises `DomainError` `stock_days`."""
    if not 0 <= days <= LONGEST_STOCK:
        raise DomainError("stock_days", said=str(days))
    on = refill_plan.today(reminders[0].company, at)
    out = on + timedelta(days=days)
    for reminder in reminders:
        refills.responded(reminder, at=at, answer="have_stock")
        refill_cycles.has_left(reminder, days, at=at)
    return out


def bought_elsewhere(reminders: list[RefillReminder], *, at: datetime) -> None:
    """They have it already: nothing more until they buy from us again."""
    for reminder in reminders:
        refills.bought_elsewhere(reminder, at=at)


def reason(reminders: list[RefillReminder], kind: str, *, at: datetime, cause: str) -> FollowUp:
    """Why they do not refill: the pharmacist looks into it, and the desk stops asking."""
    _note(reminders, kind, at)
    task = _task(kind, reminders, at, cause, team.pharmacist(reminders[0].company, reminders[0].customer))
    if kind == "moved":
        for customer in {reminder.customer for reminder in reminders}:
            departures.moved(customer, at=at)
    for reminder in reminders:
        if kind in _ENDS:
            refills.end(reminder, kind, at)
        elif kind in _RESTS:
            refill_plan.go_on_with(reminder, None)
            reminder.save()
    return task


def wrong_number(phone: Phone, *, at: datetime, cause: str) -> None:
    """Somebody else has this number: nothing more goes there, and staff look for the right one."""
    reminders = refills.open_of_phone(phone)
    phone.wrong_number = True
    phone.save(only=["wrong_number"])
    for reminder in reminders:
        refills.end(reminder, refills.WRONG_NUMBER, at)
    if reminders:
        _task("wrong_number", reminders, at, cause, reminders[0].customer.assigned_to)


def _next_to_run_out(phone: Phone) -> list[RefillReminder]:
    open_ones = refills.open_of_phone(phone)
    if not open_ones:
        return []
    near = timedelta(days=company_settings.get(phone.company, "basket_days"))
    return [one for one in open_ones if one.runs_out_on <= open_ones[0].runs_out_on + near]


def _note(reminders: list[RefillReminder], answer: str, at: datetime) -> None:
    for reminder in reminders:
        refills.responded(reminder, at=at, answer=answer)


def _task(
    kind: str, reminders: list[RefillReminder], at: datetime, cause: str, staff: Staff | None
) -> FollowUp:
    customer = reminders[0].customer
    asked = (FollowUp.customer == customer) & (FollowUp.kind == kind) & (FollowUp.state == "open")
    waiting = FollowUp.select().where(asked).first()
    return waiting or follow_ups.raise_task(
        customer.company,
        kind,
        at=at,
        person=people.of_customer(customer),
        notes=refills.names(reminders),
        staff=staff,
        cause=f"{kind}:{cause}",
    )
