"""Whether care is kept up: doctor's visits, tests and reviews, people with chronic conditions, PDC (C7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import JOIN, fn

from domain import care_follow_ups, refills
from domain.reports import adherence
from domain.reports.adherence import Adherence
from domain.reports.counting import times
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Customer, FollowUp, MedicalCondition, Prescription, RefillReminder
from statements import word


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
    planned = FollowUp.select(FollowUp.customer).where(
        FollowUp.company == scope.company, FollowUp.state == "open", FollowUp.kind.in_(care_follow_ups.KINDS)
    )
    each = _first_to_run_out(scope)
    [figures] = each.select_from(
        fn.COUNT(each.c.customer_id),
        times(each.c.runs_out_on > period.last),
        times(each.c.runs_out_on <= period.last),
        times(each.c.customer_id.in_(planned)),
    ).tuples()
    return Chronic(*figures)


def _first_to_run_out(scope: Scope) -> Any:
    """Whoever lives with a long illness, and the first day on which what we remind of runs out, if any."""
    ill = _living_with(MedicalCondition, scope, MedicalCondition.kind == word("chronic"))
    treated = _living_with(Prescription, scope, Prescription.is_chronic)
    meant = ill.union(treated).alias("meant")
    first = fn.MIN(RefillReminder.runs_out_on).alias("runs_out_on")
    theirs = RefillReminder.customer == meant.c.customer_id
    is_open = RefillReminder.state == refills.OPEN
    rows: Any = RefillReminder.select(meant.c.customer_id, first).from_(meant)
    rows = rows.join_from(meant, RefillReminder, JOIN.LEFT_OUTER, on=theirs & is_open)
    dead = Customer.select(Customer.id).where(
        Customer.company == scope.company, Customer.died_on.is_null(False)
    )
    rows = rows.where(meant.c.customer_id.not_in(dead)).group_by(meant.c.customer_id)
    if scope.staff is None:
        return rows
    mine = Customer.select(Customer.id).where(
        Customer.company == scope.company, scope.covers(Customer.assigned_to)
    )
    return rows.where(meant.c.customer_id.in_(mine))


def _living_with(table: Any, scope: Scope, is_chronic: Any) -> Any:
    is_active = table.state == word("active")
    return table.select(table.customer).where(table.company == scope.company, is_active, is_chronic)
