"""Who is left without automatic reminders for a time, so that one can see what reminders do (FEATURES L3)."""

import hashlib
from datetime import date

import company_settings
from domain import refill_plan
from domain.refill_plan import Step
from models import Company, Phone, RefillReminder
from report_tables import TrialCycle

REMINDED = "reminded"
HELD_OUT = "held_out"


def to_tell(step: Step, basket: list[RefillReminder], on: date) -> list[RefillReminder]:
    """Those of `basket` that hear of this step; staff's call tasks are not asked here and stay.

    A supply joins with its first automatic message and stays on its side until it ends, whatever is set
    meanwhile. What a customer asked for always goes.
    """
    if step.name == refill_plan.LATER:
        return basket
    arms = _arms(basket)
    share = company_settings.get(basket[0].company, "holdout")
    for reminder in basket:
        if share and reminder.id not in arms and not reminder.messages_sent:
            arms[reminder.id] = _join(reminder, share, on)
    return [reminder for reminder in basket if arms.get(reminder.id) != HELD_OUT]


def is_held_out(reminder: RefillReminder) -> bool:
    """Whether this supply is one of those nobody reminds of."""
    held = (TrialCycle.reminder == reminder) & (TrialCycle.arm == HELD_OUT)
    return TrialCycle.select().where(held).exists()


def arm_of(company: Company, phone: Phone, share: int) -> str:
    """The side of a phone while `share` per cent are held out: drawn by a hash, so that nothing need be kept.

    People of one phone would read each other's reminders: they are on one side. Each company draws anew, and
    whoever is held out at a small share is so at a larger one.
    """
    drawn = hashlib.sha256(f"{company.id}:{company.created_at.isoformat()}:{phone.id}".encode()).digest()
    return HELD_OUT if int.from_bytes(drawn[:8]) % 10_000 < share * 100 else REMINDED


def _arms(basket: list[RefillReminder]) -> dict[int, str]:
    ids = [reminder.id for reminder in basket]
    return {row.reminder_id: row.arm for row in TrialCycle.select().where(TrialCycle.reminder.in_(ids))}


def _join(reminder: RefillReminder, share: int, on: date) -> str:
    assert reminder.phone is not None
    arm = arm_of(reminder.company, reminder.phone, share)
    TrialCycle.create(company=reminder.company, reminder=reminder, phone=reminder.phone, arm=arm, began_on=on)
    return arm
