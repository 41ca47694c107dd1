"""Supplies nobody bought again leave the due list, lost, long after the last word about them (DESIGN §7)."""

from datetime import datetime, timedelta

from peewee import Expression

import company_settings
from domain import refill_plan, refills
from models import Company, RefillReminder
from workers import queues

LAPSED = "lapsed"

# Ended in one run; more of them wait for the next.
_AT_ONCE = 200


def end_old(company: Company, at: datetime) -> int:
    """End what ran out longer ago than the company waits, and returns how many.

    What is still to be said or called about stays: a day the customer chose, a last message on a later day.
    """
    rows = list(RefillReminder.select().where(_is_old(company, at)).limit(_AT_ONCE))
    for reminder in rows:
        refills.end(reminder, LAPSED, at)
    if len(rows) == _AT_ONCE:
        queues.wake("refills_due")
    return len(rows)


def _is_old(company: Company, at: datetime) -> Expression:
    waits = timedelta(days=company_settings.get(company, "lapsed_days_after"))
    last = refill_plan.today(company, at) - waits
    # The same bound on the day it was shown makes it a range of the index.
    ran_out = (RefillReminder.runs_out_on <= last) & (RefillReminder.reminder_on <= last)
    is_open = (RefillReminder.company == company) & (RefillReminder.state == refills.OPEN)
    return is_open & ran_out & RefillReminder.next_step.is_null()
