"""What calls achieve: how many were made and answered, and what the scripts brought (C7)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from peewee import fn

from domain.reports.counting import times
from domain.reports.periods import Period
from domain.reports.scopes import Scope
from models import CallScript, Interaction, Staff

PRIORITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Scripts:
    """Scripts that were used: `told` of them have an outcome that can be judged, `won` succeeded."""

    used: int
    told: int
    won: int

    @property
    def rate(self) -> float | None:
        """Per cent of those that can be judged."""
        return 100 * self.won / self.told if self.told else None


_UNUSED = Scripts(0, 0, 0)
_NONE = (0, 0, 0, 0)
_Key = tuple[str, int | None, str | None]


@dataclass(frozen=True)
class OfStaff:
    """The calls one member of staff logged, and the scripts they used."""

    staff: Staff
    calls: int
    answered: int
    scripts: Scripts


@dataclass(frozen=True)
class Report:
    """`mean_seconds` is of calls whose length is known; `made` counts scripts made, used or not."""

    period: Period
    calls: int
    answered: int
    mean_seconds: float | None
    made: int
    scripts: Scripts
    priorities: dict[str, Scripts]
    outcomes: dict[str, int]
    staff: list[OfStaff]


def report(scope: Scope, period: Period) -> Report:
    """Of the calls and scripts of these members of staff, busiest first."""
    calls = _calls(scope, period)
    used = _scripts(scope, period)
    by_priority, by_staff, by_outcome = (_summed(used, part) for part in range(3))
    seconds, timed = (sum(row[n] for row in calls.values()) for n in (2, 3))
    return Report(
        period=period,
        calls=sum(row[0] for row in calls.values()),
        answered=sum(row[1] for row in calls.values()),
        mean_seconds=seconds / timed if timed else None,
        made=_within(CallScript.select(), CallScript.created_at, CallScript.staff, scope, period).count(),
        scripts=_sum(by_priority.values()),
        priorities={name: by_priority.get(name, _UNUSED) for name in PRIORITIES},
        outcomes=_outcomes(by_outcome),
        staff=_of_staff(calls, by_staff),
    )


def _calls(scope: Scope, period: Period) -> dict[int, tuple[int, int, int, int]]:
    """By member of staff: made, answered, seconds in all, and of how many calls these are."""
    rows: Any = Interaction.select(
        Interaction.staff,
        fn.COUNT(Interaction.id),
        # Who says nothing of it has spoken with somebody.
        times(Interaction.call_outcome.is_null() | (Interaction.call_outcome == "answered")),
        fn.COALESCE(fn.SUM(Interaction.call_seconds), 0),
        fn.COUNT(Interaction.call_seconds),
    )
    made = _within(rows, Interaction.happened_at, Interaction.staff, scope, period)
    grouped = made.where(Interaction.kind == "call", Interaction.staff.is_null(False))
    return {staff: tuple(figures) for staff, *figures in grouped.group_by(Interaction.staff).tuples()}


def _scripts(scope: Scope, period: Period) -> dict[_Key, Scripts]:
    """By priority, member of staff and outcome together."""
    key = (CallScript.priority, CallScript.staff, CallScript.outcome)
    rows: Any = CallScript.select(
        *key, fn.COUNT(CallScript.id), fn.COUNT(CallScript.was_successful), times(CallScript.was_successful)
    )
    used = _within(rows, CallScript.used_at, CallScript.staff, scope, period).group_by(*key)
    return {(priority, staff, said): Scripts(*figures) for priority, staff, said, *figures in used.tuples()}


def _summed(found: dict[_Key, Scripts], part: int) -> dict[Any, Scripts]:
    """The same by one part of the key alone."""
    groups: dict[Any, list[Scripts]] = defaultdict(list)
    for key, figures in found.items():
        groups[key[part]].append(figures)
    return {key: _sum(figures) for key, figures in groups.items()}


def _outcomes(found: dict[str | None, Scripts]) -> dict[str, int]:
    """How often each was told, the most frequent first."""
    known = [(said, figures.used) for said, figures in found.items() if said is not None]
    return dict(sorted(known, key=lambda pair: (-pair[1], pair[0])))


def _within(rows: Any, moment: Any, staff: Any, scope: Scope, period: Period) -> Any:
    first, after = period.moments(scope.company.timezone)
    table = moment.model
    return rows.where(table.company == scope.company, moment >= first, moment < after, scope.covers(staff))


def _of_staff(calls: dict[int, Any], scripts: dict[Any, Scripts]) -> list[OfStaff]:
    ids = [key for key in calls.keys() | scripts.keys() if key]
    lines = [
        OfStaff(row, calls.get(row.id, _NONE)[0], calls.get(row.id, _NONE)[1], scripts.get(row.id, _UNUSED))
        for row in Staff.select().where(Staff.id.in_(ids))
    ]
    return sorted(lines, key=lambda line: (-line.calls, line.staff.code))


def _sum(scripts: Any) -> Scripts:
    all_of_them = list(scripts)
    return Scripts(*(sum(getattr(one, name) for one in all_of_them) for name in ("used", "told", "won")))
