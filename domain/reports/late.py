"""Who has run out and has not come back, and how late refills are."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from domain import refills
from domain.reports import adherence
from domain.reports.counting import times
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Customer, Medicine, RefillReminder

TOP = 8
# Days without, as the report groups them: up to a week, a month, and longer.
STEPS = (7, 30, None)


@dataclass(frozen=True)
class Late:
    """One supply that has run out; `days` without it by now."""

    reminder: RefillReminder
    days: int


@dataclass(frozen=True)
class Report:
    """`overdue` counts supplies that are out now by how long, as `STEPS` says; `newest` are the last to run
    out. Of the refills of the period `late_refills` came after the supply had run out."""

    period: Period
    overdue: tuple[int, ...]
    newest: list[Late]
    refills: int
    late_refills: int
    mean_late_days: float | None

    @property
    def on_time(self) -> float | None:
        """Per cent of refills that came before the supply had run out."""
        return 100 * (self.refills - self.late_refills) / self.refills if self.refills else None


def report(scope: Scope, period: Period) -> Report:
    """As it stands at the end of the period."""
    total = adherence.total(scope, period)
    return Report(
        period,
        _overdue(scope, period.last),
        _newest(scope, period.last),
        total.refills,
        total.late_refills,
        total.mean_late_days,
    )


def _overdue(scope: Scope, on: date) -> tuple[int, ...]:
    edges = [on, *(on - timedelta(days=days) for days in STEPS if days), date.min]
    counts = [
        times((RefillReminder.runs_out_on <= newest) & (RefillReminder.runs_out_on > oldest))
        for newest, oldest in pairwise(edges)
    ]
    [figures] = _out(RefillReminder.select(*counts), scope, on).tuples()
    return tuple(figures)


def _newest(scope: Scope, on: date) -> list[Late]:
    rows = RefillReminder.select(RefillReminder, Customer, Medicine).join_from(RefillReminder, Medicine)
    latest = _out(rows, scope, on).order_by(RefillReminder.runs_out_on.desc(), RefillReminder.id).limit(TOP)
    return [Late(reminder, (on - reminder.runs_out_on).days) for reminder in latest]


def _out(rows: Any, scope: Scope, on: date) -> Any:
    return rows.join_from(RefillReminder, Customer).where(
        RefillReminder.company == scope.company,
        RefillReminder.state == refills.OPEN,
        RefillReminder.runs_out_on <= on,
        scope.covers(Customer.assigned_to),
    )
