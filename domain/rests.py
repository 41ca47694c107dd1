"""A rest from reminders that a customer asked for: nothing goes until it ends, and then what matters does."""

from datetime import date, datetime, timedelta

from domain import refill_plan, refills
from domain.refill_plan import Step
from models import Phone, RefillReminder


def begin(phone: Phone, days: int, *, at: datetime) -> date:
    """No reminders or offers for so many days; returns the local day they may go again.

    A message about a refill that would have gone in between goes on that day. Answers go as ever, and
    nobody's consent is withdrawn. A longer rest is made shorter by a later wish.
    """
    phone.paused_until = at + timedelta(days=days)
    phone.save(only=["paused_until"])
    ends_on = refill_plan.today(phone.company, phone.paused_until)
    for reminder in refills.open_of_phone(phone):
        if _would_be_said_before(reminder, ends_on):
            refill_plan.go_on_with(reminder, Step(refill_plan.LATER, ends_on))
            reminder.save()
    return ends_on


def until(phone: Phone | None, at: datetime) -> datetime | None:
    """Until when nothing but answers goes to this phone; None if it may."""
    ends = phone.paused_until if phone is not None else None
    return ends if ends is not None and ends > at else None


def _would_be_said_before(reminder: RefillReminder, day: date) -> bool:
    return reminder.next_step_on is not None and reminder.next_step_on < day
