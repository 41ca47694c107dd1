"""Follow-ups of care: doctor's visits, lab tests and medication reviews, as tasks of staff (FEATURES C3)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import apart
import company_settings
from domain import follow_ups, people, refill_plan
from domain.errors import DomainError
from messaging import outbox
from models import Company, Customer, FollowUp, Message, Staff

DOCTOR_VISIT = "doctor_visit"
LAB_TEST = "lab_test"
MEDICATION_REVIEW = "medication_review"
KINDS = (DOCTOR_VISIT, LAB_TEST, MEDICATION_REVIEW)

# When staff begin to see it on its day.
_FROM_HOUR = 9
_FURTHEST = timedelta(days=3 * 366)
# What was due longer ago is history: it is kept with the prescription and nobody is asked to see to it.
_NO_LONGER = timedelta(days=30)


def plan(
    customer: Customer, kind: str, on: date, *, cause: str, at: datetime, staff: Staff | None = None
) -> FollowUp | None:
    """Have staff see to it on that local day; the same `cause` plans it once, None for what is long past.

    The task says only what kind it is: the condition stands with the prescription, behind its lock. Raises
    `DomainError` `care_kind`, `follow_up_far`.
    """
    if kind not in KINDS:
        raise DomainError("care_kind", said=kind, kinds=", ".join(KINDS))
    today = refill_plan.today(customer.company, at)
    check_day(on, today)
    if on < today - _NO_LONGER:
        return None
    due_at = datetime.combine(on, time(_FROM_HOUR), ZoneInfo(customer.company.timezone))
    whose = customer.assigned_to or staff
    person = people.of_customer(customer)
    return follow_ups.raise_task(customer.company, kind, at=due_at, person=person, staff=whose, cause=cause)


def check_day(on: date, today: date) -> None:
    """Raises `DomainError` `follow_up_far` for a day no doctor means."""
    if on > today + _FURTHEST:
        raise DomainError("follow_up_far", on=on)


def of(customer: Customer) -> list[FollowUp]:
    """The open ones of a customer, earliest first."""
    mine = (FollowUp.customer == customer) & (FollowUp.state == "open") & FollowUp.kind.in_(KINDS)
    return list(FollowUp.select().where(mine).order_by(FollowUp.due_at, FollowUp.id))


def drop(cause: str, at: datetime) -> None:
    """What was planned for that cause is planned no longer."""
    follow_ups.drop(FollowUp.select().where(FollowUp.cause == cause, FollowUp.state == "open"), at=at)


def remind_due(company: Company, at: datetime) -> int:
    """Remind customers, once each, of what is due within the next days; returns how many.

    Nothing medical is named: a phone is seen by others. Consent, quiet hours and caps are policy's.
    """
    ahead = timedelta(days=company_settings.get(company, "care_days_before"))
    soon = (FollowUp.due_at > at) & (FollowUp.due_at <= at + ahead)
    open_care = (FollowUp.company == company) & (FollowUp.state == "open") & FollowUp.kind.in_(KINDS)
    due = FollowUp.select(FollowUp.id).where(open_care & soon).order_by(FollowUp.due_at).limit(500)
    return apart.each([task.id for task in due], lambda task_id: _remind(FollowUp.get_by_id(task_id)))


def _remind(task: FollowUp) -> int:
    customer = task.customer
    if customer is None or customer.phone is None or customer.died_on or customer.status != "active":
        return 0
    key = f"care:{task.company_id}:{task.serial}"
    if Message.select().where(Message.key == key).exists():
        return 0
    zone = ZoneInfo(customer.company.timezone)
    outbox.queue(
        customer.phone,
        "care_due",
        key=key,
        kind="reminder",
        first_name=people.first_name(customer.name),
        due_on=task.due_at.astimezone(zone).date(),
    )
    return 1
