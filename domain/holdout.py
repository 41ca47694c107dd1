"""Who is left without automatic reminders for a time, so that one can see what reminders do (FEATURES L3)."""

import hashlib
from datetime import date

import company_settings
from domain import refill_plan
from domain.refill_plan import Step
from models import Company, Phone, RefillReminder
from report_tables import TrialCycle

# SQLite takes so many values in one statement that this is far from its limit.
_AT_ONCE = 2_000

REMINDED = "reminded"
HELD_OUT = "held_out"


def to_tell(step: Step, basket: list[RefillReminder], on: date) -> list[RefillReminder]:
    """Those of `basket` that hear of this step; staff's call tasks are not asked here and stay.

    A supply joins with its first automatic message and stays on its side until it ends, whatever is set
    meanwhile. What a customer asked for always goes.
    """
    arms = Arms(basket[0].company, basket)
    joined = arms.new(step, basket)
    told = arms.to_tell(step, basket)
    for reminder in joined:
        TrialCycle.create(
            company=reminder.company,
            reminder=reminder,
            phone=reminder.phone,
            arm=arms.of[reminder.id],
            began_on=on,
        )
    return told


class Arms:
    """On which side supplies are, and which of them join; changes no row."""

    def __init__(self, company: Company, reminders: list[RefillReminder]):
        self.share = company_settings.get(company, "holdout")
        self.of: dict[int, str] = {}
        ids = [reminder.id for reminder in reminders]
        for start in range(0, len(ids), _AT_ONCE):
            known = TrialCycle.select().where(TrialCycle.reminder.in_(ids[start : start + _AT_ONCE]))
            self.of |= {row.reminder_id: row.arm for row in known}

    def new(self, step: Step, basket: list[RefillReminder]) -> list[RefillReminder]:
        """Those that would join with this step."""
        if not self.share or step.name == refill_plan.LATER:
            return []
        return [one for one in basket if one.id not in self.of and not one.messages_sent]

    def to_tell(self, step: Step, basket: list[RefillReminder]) -> list[RefillReminder]:
        """Those that hear of this step; from now on those that join with it are on their side."""
        if step.name == refill_plan.LATER:
            return basket
        for one in self.new(step, basket):
            assert one.phone is not None
            self.of[one.id] = arm_of(one.company, one.phone, self.share)
        return [one for one in basket if self.of.get(one.id) != HELD_OUT]


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
