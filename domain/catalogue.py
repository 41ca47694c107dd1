"""The shop's catalogue of medicines: every line of a sheet accounted for, prices and stock renewed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain import listings, medicines, stock
from domain.errors import DomainError
from domain.listings import Listing
from models import Company, Medicine, Staff

NEW, UPDATED, UNCHANGED, REPEATED, INVALID, SKIPPED = (
    "new",
    "updated",
    "unchanged",
    "duplicate",
    "invalid",
    "skipped",
)
OUTCOMES = (NEW, UPDATED, UNCHANGED, REPEATED, INVALID, SKIPPED)
# So many lines that were not taken are remembered, to be shown.
_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """A line that was not taken: `code` is that of a refusal, `said` what stands there."""

    row: int
    sheet: str
    name: str
    code: str
    said: str


@dataclass
class Taking:
    """A catalogue being taken in, line after line; `counts` add up to the lines read."""

    company: Company
    staff: Staff | None
    at: datetime
    # Only look: nothing is changed.
    is_preview: bool = False
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(OUTCOMES, 0)))
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, Medicine] = field(default_factory=dict)
    # Pieces of each medicine told so far, for one that stands there once for each batch.
    counted: dict[str, Decimal] = field(default_factory=dict)
    lines: set[tuple[tuple[str, str], ...]] = field(default_factory=set)

    def begin(self) -> None:
        """Learn what is there already."""
        mine = Medicine.select().where(Medicine.company == self.company)
        self.known = {row.name.casefold(): row for row in mine}

    def refuse(self, row: dict[str, Any], name: str, refusal: DomainError) -> None:
        """Count a line that was not taken, and remember the first of them; `name` is what it is about."""
        self.counts[INVALID] += 1
        if len(self.problems) < _SHOWN:
            said = str(refusal.facts.get("said", ""))
            self.problems.append(Problem(row["row"], row["sheet"], name[:60], refusal.code, said))


def take(taking: Taking, rows: list[dict[str, Any]]) -> None:
    """Take in some lines, `{"row", "sheet", "said": {field: text}}`, in the caller's transaction."""
    for row in rows:
        try:
            taking.counts[_take(taking, row["said"])] += 1
        except DomainError as refusal:
            taking.refuse(row, _name(row["said"]), refusal)


def _take(taking: Taking, said: dict[str, str]) -> str:
    line = tuple(sorted(said.items()))
    if not said or not {"brand", "generic", "composition"} & said.keys():
        if len(said) > 1:
            raise DomainError("listing_no_name")
        return SKIPPED
    listing = listings.read(said)
    key = listing.name.casefold()
    if line in taking.lines or (key in taking.counted and listing.stock is None):
        return REPEATED
    taking.lines.add(line)
    is_repeated = key in taking.counted
    if listing.stock is not None:
        taking.counted[key] = taking.counted.get(key, Decimal()) + listing.stock
    else:
        taking.counted[key] = Decimal()
    outcome = _write(taking, key, listing)
    return REPEATED if is_repeated else outcome


def _write(taking: Taking, key: str, listing: Listing) -> str:
    known = taking.known.get(key)
    medicine = known or Medicine(company=taking.company, name=listing.name)
    has_changed = _set(medicine, listing)
    pieces = taking.counted[key] if listing.stock is not None else None
    moves = pieces is not None and (known is None or known.stock != pieces)
    if not taking.is_preview:
        if has_changed or known is None:
            medicine.save(force_insert=known is None)
        if moves and pieces is not None:
            stock.count(medicine, pieces, staff=taking.staff, at=taking.at, cause="catalogue")
            medicine = Medicine.get_by_id(medicine.id)
    taking.known[key] = medicine
    return NEW if known is None else UPDATED if has_changed or moves else UNCHANGED


def _set(medicine: Medicine, listing: Listing) -> bool:
    """Put what the line says into the medicine; whether that changed anything. What it does not say stays."""
    said: dict[str, Any] = {
        "identity": str(listing.identity),
        "brand": listing.brand or None,
        "generic": listing.generic or None,
        "composition": listing.composition or None,
        "strength": listing.identity.strength or None,
        "form": listing.identity.form or None,
        "manufacturer": listing.manufacturer or None,
        "schedule": listing.schedule,
        "pack_price": listing.pack_price,
        "pack_cost": listing.pack_cost,
    }
    values = {name: value for name, value in said.items() if value is not None}
    if listing.pack_price is not None:
        values["price"] = medicines.of_one(listing.pack_price, listing.pack_size)
    values |= {
        "pack_size": listing.pack_size,
        "is_generic": listing.is_generic,
        "is_listed": True,
        "is_acute": medicine.is_acute or medicines.is_acute(f"{listing.composition} {listing.name}"),
    }
    changed = {name: value for name, value in values.items() if getattr(medicine, name) != value}
    for name, value in changed.items():
        setattr(medicine, name, value)
    return bool(changed)


def _name(said: dict[str, str]) -> str:
    return said.get("brand") or said.get("generic") or said.get("composition") or ""
