"""The reports there are, by the name people ask for them, and making one for whoever asks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain import refill_plan
from domain.errors import DomainError
from domain.reports import adherence, calls, compliance, conversion, customers, daily, late, periods, scopes
from domain.reports import uplift as lift
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Staff

# Each takes whose figures, the days, and now.
Maker = Callable[[Scope, Period, datetime], Any]

REPORTS: dict[str, Maker] = {
    "conversion": lambda scope, period, at: conversion.report(scope, period),
    "customers": lambda scope, period, at: customers.report(scope, period),
    "adherence": lambda scope, period, at: adherence.report(scope, period),
    "compliance": compliance.report,
    "calls": lambda scope, period, at: calls.report(scope, period),
    "late": lambda scope, period, at: late.report(scope, period),
    "today": lambda scope, period, at: daily.report(scope, period.last),
    "uplift": lambda scope, period, at: lift.report(scope, period, period.last),
}
# What is looked at when nobody says how far back; three weeks pass before a supply tells of reminders.
USUAL = {"adherence": 90, "late": 90, "uplift": 90, "today": 1}
_USUAL = 30


def usual_days(name: str) -> int:
    """How many days back are meant when nobody says."""
    return USUAL.get(name, _USUAL)


def make(name: str, speaker: Staff, days: int | None, at: datetime) -> tuple[Period, Any]:
    """The report of that name up to today, of what `speaker` may see; `days` None is everything.

    Raises `DomainError` `no_such_report`.
    """
    if name not in REPORTS:
        raise DomainError("no_such_report", said=name, names=list(REPORTS))
    period = periods.last(days, refill_plan.today(speaker.company, at))
    return period, REPORTS[name](scopes.of(speaker), period, at)
