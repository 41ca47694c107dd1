"""What reminders do: the refills of those who were reminded against those held out, and what one more costs.

Each phone counts once, with its first supply of the period, because it is phones that are drawn; a supply
counts from the day of its first message, or the day it would have gone, and its refill if it came within
three weeks of that day. Interval: Newcombe's method 10, made of two Wilson intervals (Statistics in Medicine
1998;17:873-890).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

import company_settings
from domain.holdout import HELD_OUT, REMINDED
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Company, Customer, RefillReminder
from report_tables import TrialCycle

# So many days after the first message a refill counts as one of this supply.
REFILLED_WITHIN = timedelta(days=21)
# With fewer on one side nothing is claimed, whatever the interval says.
FEWEST = 30
# Two-sided 95 %.
_Z = 1.959964


@dataclass(frozen=True)
class Side:
    """Phones of one side, and how many of them refilled in time."""

    people: int
    refilled: int

    @property
    def rate(self) -> float | None:
        return self.refilled / self.people if self.people else None


@dataclass(frozen=True)
class Report:
    """`difference` of the rates with its 95 % interval, as shares; None where one side is empty.

    `extra_refills` (with its interval) are those of the reminded that would not have come otherwise, `cost`
    what their messages cost, in rupees.
    """

    period: Period
    share: int | None
    reminded: Side
    held_out: Side
    waiting: int
    messages: int
    cost: Decimal

    @property
    def difference(self) -> float | None:
        one, other = self.reminded.rate, self.held_out.rate
        return None if one is None or other is None else one - other

    @property
    def interval(self) -> tuple[float, float] | None:
        return None if self.difference is None else newcombe(self.reminded, self.held_out)

    @property
    def verdict(self) -> str:
        """`helps`, `harms`, or `too_few` to tell: few people, or an interval on both sides of zero."""
        if self.interval is None or min(self.reminded.people, self.held_out.people) < FEWEST:
            return "too_few"
        low, high = self.interval
        return "helps" if low > 0 else "harms" if high < 0 else "too_few"

    @property
    def extra_refills(self) -> tuple[float, float, float] | None:
        if self.difference is None or self.interval is None:
            return None
        low, high = self.interval
        people = self.reminded.people
        return self.difference * people, low * people, high * people

    @property
    def cost_per_extra(self) -> Decimal | None:
        """Rupees; None unless reminders were seen to help."""
        if self.verdict != "helps" or self.extra_refills is None:
            return None
        return (self.cost / Decimal(self.extra_refills[0])).quantize(Decimal("0.01"))


def report(scope: Scope, period: Period, on: date) -> Report:
    """Of the supplies that joined in the period; `waiting` joined too lately to tell by `on`."""
    company = scope.company
    cycles = list(_first_of_each_phone(scope, period))
    old = [cycle for cycle in cycles if cycle.began_on + REFILLED_WITHIN < on]
    told = [cycle for cycle in old if cycle.arm == REMINDED]
    messages = sum(cycle.messages for cycle in told)
    return Report(
        period=period,
        share=company_settings.get(company, "holdout"),
        reminded=_side(told, company),
        held_out=_side([cycle for cycle in old if cycle.arm == HELD_OUT], company),
        waiting=len(cycles) - len(old),
        messages=messages,
        cost=messages * Decimal(company_settings.get(company, "message_cost")),
    )


def wilson(successes: int, people: int) -> tuple[float, float]:
    """The 95 % interval of one share (Wilson 1927)."""
    share, square = successes / people, _Z**2
    middle = share + square / (2 * people)
    width = _Z * sqrt(share * (1 - share) / people + square / (4 * people**2))
    return (middle - width) / (1 + square / people), (middle + width) / (1 + square / people)


def newcombe(one: Side, other: Side) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares, neither empty."""
    share, other_share = one.refilled / one.people, other.refilled / other.people
    (low, high), (other_low, other_high) = (wilson(side.refilled, side.people) for side in (one, other))
    below = sqrt((share - low) ** 2 + (other_high - other_share) ** 2)
    above = sqrt((high - share) ** 2 + (other_share - other_low) ** 2)
    return share - other_share - below, share - other_share + above


@dataclass(frozen=True)
class _Cycle:
    phone: int
    arm: str
    began_on: date
    because: str | None
    ended_at: datetime | None
    messages: int


def _first_of_each_phone(scope: Scope, period: Period) -> Iterable[_Cycle]:
    rows: Any = (
        TrialCycle.select(
            TrialCycle.phone,
            TrialCycle.arm,
            TrialCycle.began_on,
            RefillReminder.ended_because,
            RefillReminder.ended_at,
            RefillReminder.messages_sent,
        )
        .join_from(TrialCycle, RefillReminder)
        .join_from(RefillReminder, Customer)
        .where(
            TrialCycle.company == scope.company,
            TrialCycle.began_on.between(period.first, period.last),
            scope.covers(Customer.assigned_to),
        )
        .order_by(TrialCycle.began_on.desc(), TrialCycle.id.desc())
    )
    first = {row[0]: _Cycle(*row) for row in rows.tuples()}
    return first.values()


def _side(cycles: list[_Cycle], company: Company) -> Side:
    zone = ZoneInfo(company.timezone)
    return Side(len(cycles), sum(_is_refilled(cycle, zone) for cycle in cycles))


def _is_refilled(cycle: _Cycle, zone: ZoneInfo) -> bool:
    if cycle.ended_at is None or not (cycle.because or "").startswith("purchased"):
        return False
    return cycle.ended_at.astimezone(zone).date() <= cycle.began_on + REFILLED_WITHIN
