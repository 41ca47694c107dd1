"""Reports over HTTP: conversion, customers, a day, compliance, calls."""

from pydantic import Field

from api import figures
from api.contract.endpoints import Resource
from api.contract.types import Caller, Day, Sent
from api.figures import (
    CallFigures,
    ConversionReport,
    CustomerFigures,
    DayFigures,
    PrescriptionFigures,
)
from domain import refill_plan
from domain.reports import calls, compliance, conversion, customers, daily, periods, scopes
from domain.reports.periods import Period

resource = Resource(
    "analytics", "Reports: managers see everybody's figures, sales managers their team's, support their own."
)


class Between(Sent):
    """From which day to which, both included."""

    start_date: Day | None = Field(default=None, description="Left out: from the beginning.")
    end_date: Day | None = Field(default=None, description="Left out: today.")


class On(Sent):
    """Which day."""

    target_date: Day | None = Field(default=None, description="Left out: today.")


@resource.get("/api/customers/analytics/conversion-report")
def conversion_report(caller: Caller, query: Between) -> ConversionReport:
    """Report how many contacts were reached and bought.

    Of the contacts that came in during these days, what became of them up to now.
    """
    return figures.conversion(conversion.report(scopes.of(caller.staff), period(caller, query)))


@resource.get("/api/customers/analytics/customer-analytics")
def customer_analytics(caller: Caller, query: Between) -> CustomerFigures:
    """Report who the customers are, what they buy most and how many take generics."""
    return figures.customers(customers.report(scopes.of(caller.staff), period(caller, query)))


@resource.get("/api/customers/analytics/daily-summary")
def daily_summary(caller: Caller, query: On) -> DayFigures:
    """Report what happened on one day."""
    on = query.target_date or refill_plan.today(caller.company, caller.at)
    return figures.day(daily.report(scopes.of(caller.staff), on))


@resource.get("/api/analytics/prescription-compliance")
def prescription_compliance(caller: Caller, query: Between) -> PrescriptionFigures:
    """Report whether care is kept up: follow-ups, chronic conditions, days covered.

    PDC by AdhereR's CMA7 rule, with MPR beside it; only counts, nothing medical of anybody.
    """
    days = period(caller, query)
    return figures.compliance(compliance.report(scopes.of(caller.staff), days, caller.at))


@resource.get("/api/analytics/call-effectiveness")
def call_effectiveness(caller: Caller, query: Between) -> CallFigures:
    """Report what calls and their scripts achieve."""
    return figures.calls(calls.report(scopes.of(caller.staff), period(caller, query)))


def period(caller: Caller, query: Between) -> Period:
    """The days that were asked for; raises `DomainError` `dates_reversed`."""
    today = refill_plan.today(caller.company, caller.at)
    return periods.between(query.start_date, query.end_date, today)
