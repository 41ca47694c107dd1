"""Which days fills cover: pure arithmetic, the same whatever order the fills were entered in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from domain.medicines import Identity


@dataclass(frozen=True)
class Fill:
    """So many days of a medicine, bought on a day."""

    on: date
    days: int
    identity: Identity
    medicine_id: int


@dataclass(frozen=True)
class Span:
    """The days a fill covers, `ends_on` not included, and how many days were without any before it."""

    filled_on: date
    days: int
    begins_on: date
    ends_on: date
    late_days: int


@dataclass(frozen=True)
class Course:
    """One customer's taking of one medicine. `until_on`: the day another dose was begun, or of death."""

    identity: Identity
    medicine_id: int
    spans: tuple[Span, ...]
    until_on: date | None

    @property
    def drug(self) -> str:
        """What reports add up by: composition and strength without its unit, "metformin 500"."""
        return f"{self.identity.composition} {self.identity.strength_number}".strip()[:255]


def courses(fills: Iterable[Fill], died_on: date | None = None) -> list[Course]:
    """One customer's fills by medicine, brand and generic together.

    What leaves strength or form open belongs to the kind bought last before it. A strength that is not bought
    again once another one of the same composition has been begun ends there: the dose was changed.
    """
    of_composition = defaultdict(list)
    for fill in fills:
        of_composition[fill.identity.composition].append(fill)
    found = []
    for composition in sorted(of_composition):
        kinds = _by_kind(of_composition[composition])
        found += [_course(kind, same, _changed_on(same, kinds), died_on) for kind, same in kinds.items()]
    return found


def spans(fills: Iterable[Fill]) -> tuple[Span, ...]:
    """The days covered, one span for each day of buying; what is left over shifts what comes after it."""
    days_of: dict[date, int] = defaultdict(int)
    for fill in fills:
        days_of[fill.on] += fill.days
    found: list[Span] = []
    for on in sorted(days_of):
        out = found[-1].ends_on if found else on
        begins = max(on, out)
        ends = begins + timedelta(days=days_of[on])
        found.append(Span(on, days_of[on], begins, ends, max(0, (on - out).days)))
    return tuple(found)


def _by_kind(fills: list[Fill]) -> dict[Identity, list[Fill]]:
    """The fills of one composition by what they are, as far as anything they say tells them apart."""
    kinds: list[Identity] = []
    fitting: dict[Identity, list[Identity]] = {}
    for identity in sorted({fill.identity for fill in fills}, key=lambda one: (-one.precision, str(one))):
        fitting[identity] = [kind for kind in kinds if kind.fits(identity)] or [identity]
        if fitting[identity] == [identity]:
            kinds.append(identity)
    of_kind: dict[Identity, list[Fill]] = {kind: [] for kind in kinds}
    for fill in fills:
        if len(fitting[fill.identity]) == 1:
            of_kind[fitting[fill.identity][0]].append(fill)
    certain = {kind: list(same) for kind, same in of_kind.items()}
    for fill in fills:
        if len(fitting[fill.identity]) > 1:
            meant = min(fitting[fill.identity], key=lambda kind: _distance(fill, certain[kind]))
            of_kind[meant].append(fill)
    return of_kind


def _distance(fill: Fill, certain: list[Fill]) -> tuple[bool, int]:
    """Sorts kinds by when they were bought: the last before this fill, else the first after it."""
    before = [(fill.on - one.on).days for one in certain if one.on <= fill.on]
    return (False, min(before)) if before else (True, min((one.on - fill.on).days for one in certain))


def _changed_on(fills: list[Fill], kinds: dict[Identity, list[Fill]]) -> date | None:
    """The day from which only other strengths of the same composition were bought."""
    last = max(fill.on for fill in fills)
    begun = (min(fill.on for fill in others) for others in kinds.values() if others is not fills)
    return min((on for on in begun if on > last), default=None)


def _course(kind: Identity, fills: list[Fill], changed_on: date | None, died_on: date | None) -> Course:
    latest = max(fills, key=lambda fill: (fill.on, fill.medicine_id))
    until = min(filter(None, (changed_on, died_on)), default=None)
    ordered = sorted(fills, key=attrgetter("on", "days"))
    return Course(kind, latest.medicine_id, spans(ordered), until)
