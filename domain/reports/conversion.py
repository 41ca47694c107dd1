"""How many of the contacts of a time were spoken with, how many of those bought, and for how much (B10)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from peewee import fn

from database import MoneyField
from domain import contacts
from domain.reports.counting import added, times
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import Contact, Import, Staff

_MONEY = MoneyField()
_Key = tuple[int | None, int | None]


@dataclass(frozen=True)
class Conversion:
    """Of contacts that came in: a conversion counts as contacted, so `rate` (per cent) never passes 100.

    `rate` is None while nobody was contacted, `average` while nobody was converted; amounts in rupees.
    """

    total: int
    contacted: int
    converted: int
    value: Decimal

    @property
    def rate(self) -> float | None:
        return 100 * self.converted / self.contacted if self.contacted else None

    @property
    def average(self) -> Decimal | None:
        return (self.value / self.converted).quantize(Decimal("0.01")) if self.converted else None


@dataclass(frozen=True)
class OfStaff:
    """The contacts of one member of staff, who made the conversion or else has them; None: nobody's."""

    staff: Staff | None
    figures: Conversion


@dataclass(frozen=True)
class OfSheet:
    """The contacts of one sheet; None: those who came without one."""

    sheet: Import | None
    figures: Conversion


@dataclass(frozen=True)
class Report:
    """Contacts that came in during the period, what became of them up to now."""

    period: Period
    total: Conversion
    staff: list[OfStaff]
    sheets: list[OfSheet]


def report(scope: Scope, period: Period) -> Report:
    """All together, by staff and by sheet, those with most conversions first."""
    found = _grouped(scope, period)
    by_staff, by_sheet = _summed(found, 0), _summed(found, 1)
    staff: dict[int | None, Staff] = {
        row.id: row for row in Staff.select().where(Staff.company == scope.company)
    }
    sheets: dict[int | None, Import] = {
        row.id: row for row in Import.select().where(Import.id.in_([key for key in by_sheet if key]))
    }
    return Report(
        period,
        _sum(by_staff.values()),
        [OfStaff(staff.get(key), figures) for key, figures in _best_first(by_staff)],
        [OfSheet(sheets.get(key), figures) for key, figures in _best_first(by_sheet)],
    )


def _grouped(scope: Scope, period: Period) -> dict[_Key, Conversion]:
    """By the ids of member of staff and sheet together."""
    first, after = period.moments(scope.company.timezone)
    is_contacted = Contact.contacted_at.is_null(False) | (Contact.status != contacts.PENDING)
    is_converted = Contact.status == contacts.CONVERTED
    whose = fn.COALESCE(Contact.converted_by, Contact.assigned_to)
    # The raw paise: a sum of them is no amount to the field any more.
    value = added(is_converted, Contact.conversion_value)
    rows: Any = Contact.select(
        whose.alias("staff"),
        Contact.imported_by,
        fn.COUNT(Contact.id).alias("total"),
        times(is_contacted).alias("contacted"),
        times(is_converted).alias("converted"),
        value.python_value(_MONEY.python_value).alias("value"),
    )
    came = (Contact.created_at >= first) & (Contact.created_at < after)
    theirs = rows.where(Contact.company == scope.company, came, scope.covers(whose))
    grouped = theirs.group_by(whose, Contact.imported_by)
    return {(staff, sheet): Conversion(*figures) for staff, sheet, *figures in grouped.tuples()}


def _summed(found: dict[_Key, Conversion], part: int) -> dict[int | None, Conversion]:
    """The same by one part of the key alone."""
    groups: dict[int | None, list[Conversion]] = defaultdict(list)
    for key, figures in found.items():
        groups[key[part]].append(figures)
    return {key: _sum(figures) for key, figures in groups.items()}


def _best_first(groups: dict[int | None, Conversion]) -> list[tuple[int | None, Conversion]]:
    return sorted(groups.items(), key=lambda pair: (-pair[1].converted, -pair[1].contacted, pair[0] or 0))


def _sum(groups: Any) -> Conversion:
    all_of_them = list(groups)
    return Conversion(
        sum(one.total for one in all_of_them),
        sum(one.contacted for one in all_of_them),
        sum(one.converted for one in all_of_them),
        sum((one.value for one in all_of_them), Decimal("0.00")),
    )
