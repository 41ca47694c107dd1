"""Whether people have their medicines: PDC, MPR, late refills and persistence, by drug and by customer.

PDC is what AdhereR calls CMA7: the days covered in the window, with what was left over from before it and
from one fill to the next, divided by the days of the window (Dima & Dediu, PLoS ONE 2017;12(4):e0174426). As
PQA asks, a person's window begins with the first fill, ends with death, and the threshold is 80 %. MPR is the
days' supply bought in the same days divided by them, and may pass 1. A changed dose ends the old window.

Counted is whoever bought a medicine that is taken for long on two days at least, the last time no more than
a year before the end: who ran out before the window counts as uncovered. It is what our shop covered, a lower
bound: what was bought elsewhere is not in it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import JOIN, SQL, Case, Expression, fn

import company_settings
from database import is_postgresql
from domain.reports.counting import added
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Customer, Medicine
from report_tables import CoveredSpan, Therapy

# From this share of days on somebody counts as adherent (PQA).
THRESHOLD = 0.8
# Who bought last longer ago than this before the end of the window is not asked about any more.
_SEEN_WITHIN = timedelta(days=365)
# A gap longer than this ends a therapy; looked at on that day of it (Vrijens et al. 2012 leave both open).
GAP = timedelta(days=30)
PERSISTENT_AT = timedelta(days=180)


@dataclass(frozen=True)
class Adherence:
    """One drug, one customer's medicine, or all together. `pdc` and `mpr` are means over `supplies`, each one
    customer's supply of one medicine; `adherent` of them have a PDC of 80 % or more. None: nobody counts."""

    drug: str
    supplies: int
    pdc: float | None
    mpr: float | None
    adherent: int
    refills: int
    late_refills: int
    mean_late_days: float | None


@dataclass(frozen=True)
class Persistence:
    """Of `begun` supplies that are old enough, `kept` had no gap longer than `gap_days` by day `at_day`."""

    begun: int
    kept: int
    at_day: int
    gap_days: int

    @property
    def rate(self) -> float | None:
        return self.kept / self.begun if self.begun else None


@dataclass(frozen=True)
class Report:
    """The whole shop, or what a member of staff may see of it."""

    period: Period
    customers: int
    total: Adherence
    drugs: list[Adherence]
    persistence: Persistence


def report(scope: Scope, period: Period) -> Report:
    """By drug, those most people take first."""
    drugs = _by_drug(_each(scope, period))
    asked = Therapy.select(fn.COUNT(Therapy.customer.distinct()))
    customers = _taken_for_long(asked, scope).where(_is_asked_about(period)).scalar()
    return Report(period, customers, _together(drugs), drugs, persistence(scope, period.last))


def total(scope: Scope, period: Period) -> Adherence:
    """All drugs together, where nothing else is asked for."""
    return _together(_by_drug(_each(scope, period)))


def of_customer(customer: Customer, period: Period) -> list[Adherence]:
    """Each medicine this customer takes for long."""
    return _by_drug(_each(Scope(customer.company, None), period, Therapy.customer == customer))


def persistence(scope: Scope, on: date, at: timedelta = PERSISTENT_AT, gap: timedelta = GAP) -> Persistence:
    """Of what was begun within the year before, as far as a gap by day `at` shows by `on`."""
    newest = on - at - gap
    begun = (Therapy.first_on <= newest) & (Therapy.first_on > newest - _SEEN_WITHIN)
    begun &= Therapy.until_on.is_null() | (Therapy.until_on > Therapy.first_on + at.days)
    gaps = CoveredSpan.select().where(
        CoveredSpan.therapy == Therapy.id,
        CoveredSpan.late_days > gap.days,
        CoveredSpan.filled_on - CoveredSpan.late_days < Therapy.first_on + at.days,
    )
    # The days without any since the last fill are a gap as well.
    ran_out = Therapy.runs_out_on < Therapy.first_on + at.days
    kept = Case(None, [(ran_out | fn.EXISTS(gaps), 0)], 1)
    rows = _taken_for_long(Therapy.select(fn.COUNT(Therapy.id), fn.COALESCE(fn.SUM(kept), 0)), scope)
    [(counted, still)] = rows.where(begun).tuples()
    return Persistence(counted, still, at.days, gap.days)


def _each(scope: Scope, period: Period, *only: Expression) -> Any:
    """One row for each supply that counts: its days, and what of them is covered."""
    begins = _greatest(Therapy.first_on, period.first.toordinal())
    ends = _least(fn.COALESCE(Therapy.until_on, period.after.toordinal()), period.after.toordinal())
    covered = _greatest(_least(CoveredSpan.ends_on, ends) - _greatest(CoveredSpan.begins_on, begins), 0)
    # PostgreSQL's LEAST passes over what is not there.
    has_some = CoveredSpan.ends_on.is_null(False)
    refilled = (CoveredSpan.filled_on >= period.first) & (CoveredSpan.filled_on > Therapy.first_on)
    is_late = refilled & (CoveredSpan.late_days > 0)
    within = (CoveredSpan.therapy == Therapy.id) & (CoveredSpan.ends_on > period.first)
    within &= CoveredSpan.filled_on < period.after
    rows = Therapy.select(
        Therapy.drug,
        (ends - begins).alias("days"),
        added(has_some, covered).alias("covered"),
        added(CoveredSpan.filled_on >= period.first, CoveredSpan.days).alias("supplied"),
        added(refilled, 1).alias("refills"),
        added(is_late, 1).alias("late_refills"),
        added(is_late, CoveredSpan.late_days).alias("late_days"),
    )
    counted = _taken_for_long(rows, scope).join_from(Therapy, CoveredSpan, JOIN.LEFT_OUTER, on=within)
    return counted.where(_is_asked_about(period), *only).group_by(Therapy.id)


def _is_asked_about(period: Period) -> Expression:
    seen_since = min(period.first, period.after - _SEEN_WITHIN)
    begun = (Therapy.first_on < period.after) & (Therapy.last_on >= seen_since)
    goes_on = Therapy.until_on.is_null() | (
        (Therapy.until_on > period.first) & (Therapy.until_on > Therapy.first_on)
    )
    return (Therapy.fills > 1) & begun & goes_on


def _taken_for_long(rows: Any, scope: Scope) -> Any:
    """Without short courses, and of the customers of those members of staff."""
    longer = company_settings.get(scope.company, "ladder_from_days")
    rows = rows.join_from(Therapy, Medicine).where(
        Therapy.company == scope.company, Therapy.longest_fill >= longer, ~Medicine.is_acute
    )
    if scope.staff is None:
        return rows
    return rows.join_from(Therapy, Customer).where(scope.covers(Customer.assigned_to))


def _by_drug(each: Any) -> list[Adherence]:
    columns = each.c
    pdc, mpr = _real(columns.covered) / columns.days, _real(columns.supplied) / columns.days
    figures = (
        columns.drug,
        fn.COUNT(columns.days).alias("supplies"),
        fn.AVG(pdc),
        fn.AVG(mpr),
        added(pdc >= THRESHOLD, 1),
        fn.COALESCE(fn.SUM(columns.refills), 0),
        fn.COALESCE(fn.SUM(columns.late_refills), 0),
        _real(fn.SUM(columns.late_days)) / fn.NULLIF(fn.SUM(columns.late_refills), 0),
    )
    rows = each.select_from(*figures).group_by(columns.drug)
    ordered: Any = rows.order_by(SQL("supplies").desc(), columns.drug).tuples()
    # PostgreSQL adds up sums as exact decimals.
    return [
        Adherence(drug, supplies, pdc, mpr, int(adherent), int(refills), int(late), days)
        for drug, supplies, pdc, mpr, adherent, refills, late, days in ordered
    ]


def _together(drugs: list[Adherence]) -> Adherence:
    """Means of means, each by how many it is of."""
    supplies, late = sum(one.supplies for one in drugs), sum(one.late_refills for one in drugs)
    pdc, mpr = (sum((getattr(one, name) or 0) * one.supplies for one in drugs) for name in ("pdc", "mpr"))
    days = sum((one.mean_late_days or 0) * one.late_refills for one in drugs)
    return Adherence(
        drug="",
        supplies=supplies,
        pdc=pdc / supplies if supplies else None,
        mpr=mpr / supplies if supplies else None,
        adherent=sum(one.adherent for one in drugs),
        refills=sum(one.refills for one in drugs),
        late_refills=late,
        mean_late_days=days / late if late else None,
    )


def _real(whole: Any) -> Any:
    # A kind both databases know; whole numbers would be divided without a remainder.
    return whole.cast("DOUBLE PRECISION")


def _least(one: Any, other: Any) -> Any:
    return fn.LEAST(one, other) if is_postgresql() else fn.MIN(one, other)


def _greatest(one: Any, other: Any) -> Any:
    return fn.GREATEST(one, other) if is_postgresql() else fn.MAX(one, other)
