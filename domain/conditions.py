"""Medical conditions: what customers live with, how it goes and when it is looked at (FEATURES C2, C3)."""

from dataclasses import dataclass
from datetime import date, datetime

from domain import care_follow_ups, follow_ups, medical_access, monitoring, refill_plan
from domain.errors import DomainError
from models import Company, Customer, FollowUp, MedicalCondition, Staff
from rows import knowing

ACTIVE = "active"
RESOLVED = "resolved"

KINDS = ("chronic", "acute", "preventive")
SEVERITIES = ("mild", "moderate", "severe")


@dataclass(frozen=True)
class Described:
    """A condition before it is recorded; what was not said is empty or None, dates are local."""

    name: str
    kind: str = "chronic"
    severity: str | None = None
    monitoring_frequency: str = ""
    requires_monitoring: bool | None = None
    primary_medicine: str = ""
    diagnosed_on: date | None = None
    last_checkup_on: date | None = None
    next_checkup_on: date | None = None
    notes: str = ""


def record(customer: Customer, described: Described, *, staff: Staff, at: datetime) -> MedicalCondition:
    """Record a condition; where it is watched, the next check-up becomes a task.

    Raises `DomainError`: `medical_closed`, `not_your_customer`, `condition_name`, `condition_kind`,
    `condition_severity`, `monitoring_frequency`, `condition_date_future`, `checkup_past`, `follow_up_far`,
    `condition_known` (with the `serial` of the one there is).
    """
    medical_access.check(customer, staff)
    today = refill_plan.today(customer.company, at)
    _check(described, today)
    _check_is_new(customer, described.name)
    said = described.notes.strip()
    condition = MedicalCondition.create(
        company=customer.company,
        serial=customer.company.take_serials(),
        customer=customer,
        staff=staff,
        name=" ".join(described.name.split()),
        kind=described.kind,
        severity=described.severity or None,
        requires_monitoring=_is_watched(described),
        monitoring_frequency=described.monitoring_frequency.strip() or None,
        primary_medicine=described.primary_medicine.strip(),
        diagnosed_on=described.diagnosed_on,
        last_checkup_on=described.last_checkup_on,
        next_checkup_on=_next_checkup(described, today),
        progress=[_note(said, staff, today)] if said else [],
        created_at=at,
    )
    _plan_checkup(condition, staff, at)
    return condition


def of(customer: Customer, *, staff: Staff, at: datetime) -> list[MedicalCondition]:
    """The conditions of a customer, active ones first; the reading is recorded.

    Raises `DomainError` `medical_closed`, `not_your_customer`.
    """
    medical_access.open_record(customer, staff=staff, at=at)
    rows = MedicalCondition.select().where(MedicalCondition.customer == customer)
    ordered = rows.order_by(MedicalCondition.state, MedicalCondition.id)
    return [knowing(row, customer=customer) for row in ordered]


def numbered(staff: Staff, serial: int) -> MedicalCondition | None:
    """The condition with that permanent number, if there is one."""
    return MedicalCondition.get_or_none(
        MedicalCondition.company == staff.company_id, MedicalCondition.serial == serial
    )


def note_progress(condition: MedicalCondition, text: str, *, staff: Staff, at: datetime) -> None:
    """Write down how it goes. Raises `DomainError` `medical_closed`, `not_your_customer`, `nothing_noted`."""
    medical_access.check(condition.customer, staff)
    if not text.strip():
        raise DomainError("nothing_noted")
    today = refill_plan.today(condition.company, at)
    condition.progress = [*condition.progress, _note(text.strip(), staff, today)]
    condition.save()


def checkup_done(
    condition: MedicalCondition, on: date, *, staff: Staff, at: datetime, next_on: date | None = None
) -> FollowUp | None:
    """They were looked at that day; the task for it is done and the next one planned, `next_on` or by the
    frequency. Raises `DomainError` `medical_closed`, `not_your_customer`, `condition_date_future`,
    `checkup_past`."""
    medical_access.check(condition.customer, staff)
    today = refill_plan.today(condition.company, at)
    if on > today:
        raise DomainError("condition_date_future", on=on)
    if next_on is not None and next_on <= on:
        raise DomainError("checkup_past", on=next_on)
    return _looked_at(condition, on, next_on, staff, at)


def resolve(condition: MedicalCondition, *, staff: Staff, at: datetime) -> None:
    """It is over; nothing more is planned for it."""
    medical_access.check(condition.customer, staff)
    condition.state = RESOLVED
    condition.save()
    care_follow_ups.drop(cause_of(condition), at)


def catch_up(company: Company, at: datetime) -> int:
    """Plan the next check-up wherever staff ticked off the task of the last; returns how many."""
    done = (
        (FollowUp.company == company) & (FollowUp.state == "done") & FollowUp.cause.startswith("condition:")
    )
    recent = FollowUp.select().where(done).order_by(FollowUp.done_at.desc()).limit(200)
    planned = 0
    for task in list(recent):
        condition = _behind(task)
        if condition is not None:
            on = refill_plan.today(company, task.done_at)
            _looked_at(condition, on, None, task.done_by, at)
            planned += 1
    return planned


def _check(described: Described, today: date) -> None:
    if not any(letter.isalpha() for letter in described.name):
        raise DomainError("condition_name", said=described.name)
    if described.kind not in KINDS:
        raise DomainError("condition_kind", said=described.kind, kinds=", ".join(KINDS))
    if described.severity and described.severity not in SEVERITIES:
        raise DomainError("condition_severity", said=described.severity, severities=", ".join(SEVERITIES))
    frequency = described.monitoring_frequency.strip()
    if frequency and monitoring.interval(frequency) is None:
        raise DomainError("monitoring_frequency", said=frequency)
    _check_days(described, today)


def _check_days(described: Described, today: date) -> None:
    for on in (described.diagnosed_on, described.last_checkup_on):
        if on is not None and on > today:
            raise DomainError("condition_date_future", on=on)
    if described.next_checkup_on is not None:
        if described.next_checkup_on < today:
            raise DomainError("checkup_past", on=described.next_checkup_on)
        care_follow_ups.check_day(described.next_checkup_on, today)


def _check_is_new(customer: Customer, name: str) -> None:
    mine = (MedicalCondition.customer == customer) & (MedicalCondition.state == ACTIVE)
    for row in MedicalCondition.select().where(mine):
        if row.name.casefold().split() == name.casefold().split():
            raise DomainError("condition_known", serial=row.serial)


def _is_watched(described: Described) -> bool:
    if described.requires_monitoring is not None:
        return described.requires_monitoring
    return bool(described.monitoring_frequency.strip() or described.next_checkup_on)


def _next_checkup(described: Described, today: date) -> date | None:
    if described.next_checkup_on is not None or not _is_watched(described):
        return described.next_checkup_on
    found = monitoring.next_after(described.last_checkup_on or today, described.monitoring_frequency)
    # Whoever was looked at long ago is due now, not in the past.
    return max(found, today) if found else None


def _note(text: str, staff: Staff | None, on: date) -> dict[str, str]:
    return {"on": on.isoformat(), "by": staff.code if staff else "", "text": text}


def _looked_at(
    condition: MedicalCondition, on: date, next_on: date | None, staff: Staff | None, at: datetime
) -> FollowUp | None:
    planned = FollowUp.select().where(FollowUp.cause == cause_of(condition), FollowUp.state == "open")
    follow_ups.tick_off(planned, at=at, staff=staff)
    condition.last_checkup_on = on
    condition.next_checkup_on = next_on or monitoring.next_after(on, condition.monitoring_frequency or "")
    condition.save()
    return _plan_checkup(condition, staff, at)


def _plan_checkup(condition: MedicalCondition, staff: Staff | None, at: datetime) -> FollowUp | None:
    if condition.next_checkup_on is None:
        return None
    return care_follow_ups.plan(
        condition.customer,
        care_follow_ups.LAB_TEST,
        condition.next_checkup_on,
        cause=cause_of(condition),
        staff=staff,
        at=at,
    )


def cause_of(condition: MedicalCondition) -> str:
    """What its present check-up is known by among the tasks."""
    return f"condition:{condition.id}:{condition.next_checkup_on}"


def _behind(task: FollowUp) -> MedicalCondition | None:
    """The active condition whose present check-up this task was."""
    number = (task.cause or "").split(":")[1]
    condition = MedicalCondition.get_or_none(MedicalCondition.id == number, MedicalCondition.state == ACTIVE)
    return condition if condition is not None and cause_of(condition) == task.cause else None
