"""Whether care is kept up: doctor's visits, tests and reviews, people with chronic conditions, PDC (C7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from domain import care_follow_ups, refills
from domain.reports import adherence
from domain.reports.adherence import Adherence
from domain.reports.counting import times
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Customer, FollowUp, MedicalCondition, Prescription, RefillReminder


@dataclass(frozen=True)
class FollowUps:
    """Follow-ups of care that fell due in the period: done, or open and past their day."""

    due: int
    done: int
    overdue: int

    @property
    def rate(self) -> float | None:
        """Per cent done."""
        return 100 * self.done / self.due if self.due else None


@dataclass(frozen=True)
class Chronic:
    """Customers with a chronic condition or a prescription for one: `supplied` of them have all that we
    remind of, `out` have run out of something, `watched` have a check-up planned."""

    customers: int
    supplied: int
    out: int
    watched: int


@dataclass(frozen=True)
class Report:
    """`kinds` by doctor_visit, lab_test, medication_review; `supply` has PDC and MPR of the period."""

    period: Period
    follow_ups: FollowUps
    kinds: dict[str, FollowUps]
    chronic: Chronic
    supply: Adherence


def report(scope: Scope, period: Period, at: datetime) -> Report:
    """Of the customers of these members of staff; nothing medical is read, so nothing is noted as read."""
    kinds = _follow_ups(scope, period, at)
    total = FollowUps(
        *(sum(getattr(one, name) for one in kinds.values()) for name in ("due", "done", "overdue"))
    )
    return Report(period, total, kinds, _chronic(scope, period), adherence.total(scope, period))


def _follow_ups(scope: Scope, period: Period, at: datetime) -> dict[str, FollowUps]:
    first, after = period.moments(scope.company.timezone)
    is_overdue = (FollowUp.state == "open") & (FollowUp.due_at < at)
    rows: Any = FollowUp.select(
        FollowUp.kind, fn.COUNT(FollowUp.id), times(FollowUp.state == "done"), times(is_overdue)
    )
    due = (FollowUp.due_at >= first) & (FollowUp.due_at < min(after, at))
    asked = rows.join_from(FollowUp, Customer).where(
        FollowUp.company == scope.company,
        FollowUp.kind.in_(care_follow_ups.KINDS),
        FollowUp.state.in_(("open", "done")),
        due,
        scope.covers(Customer.assigned_to),
    )
    found = {kind: FollowUps(*figures) for kind, *figures in asked.group_by(FollowUp.kind).tuples()}
    return {kind: found.get(kind, FollowUps(0, 0, 0)) for kind in care_follow_ups.KINDS}


def _chronic(scope: Scope, period: Period) -> Chronic:
    lives_with = MedicalCondition.select(MedicalCondition.customer).where(
        MedicalCondition.company == scope.company,
        MedicalCondition.state == "active",
        MedicalCondition.kind == "chronic",
    )
    is_treated = Prescription.select(Prescription.customer).where(
        Prescription.company == scope.company, Prescription.state == "active", Prescription.is_chronic
    )
    open_ones = RefillReminder.select(RefillReminder.customer).where(
        RefillReminder.company == scope.company, RefillReminder.state == refills.OPEN
    )
    out = open_ones.where(RefillReminder.runs_out_on <= period.last)
    planned = FollowUp.select(FollowUp.customer).where(
        FollowUp.company == scope.company, FollowUp.state == "open", FollowUp.kind.in_(care_follow_ups.KINDS)
    )
    is_out, is_reminded = Customer.id.in_(out), Customer.id.in_(open_ones)
    rows: Any = Customer.select(
        fn.COUNT(Customer.id),
        times(is_reminded & ~is_out),
        times(is_out),
        times(Customer.id.in_(planned)),
    )
    meant = Customer.id.in_(lives_with) | Customer.id.in_(is_treated)
    alive = (Customer.company == scope.company) & Customer.died_on.is_null()
    [figures] = rows.where(alive, meant, scope.covers(Customer.assigned_to)).tuples()
    return Chronic(*figures)
