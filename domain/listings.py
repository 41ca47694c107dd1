"""One line of a catalogue: the texts of its cells read as names, money, packs and counts."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from domain import bills, medicines
from domain.errors import DomainError

LARGEST_STOCK = 1_000_000
LARGEST_PRICE = Decimal(1_000_000)
LARGEST_PACK = 1000

_COUNTED = re.compile(r"\d\s*(?:tab|tabs|tablets?|caps?|capsules?|pcs?|pieces?|nos?|units?|t|c|s)\b")
_MARKED = re.compile(r"(\d+(?:\.\d+)?)\s*['’]\s*s\b")
_DIGIT_AND_LETTER = re.compile(r"(?<=\d)(?=[a-z])")
# What is sold whole, whatever it holds: a bottle of 100 ml is one piece.
_WHOLE = re.compile(
    r"\b(?:ml|l|ltr|litre|gm?|gms|grams?|kg|mg|bottle|tube|vial|amp(?:oule)?|jar|kit|inhaler|doses?|mdi|sachet)s?\b"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCHEDULES = {"h": "H", "h1": "H1", "x": "X", "g": "G", "c": "C", "c1": "C1", "j": "J", "otc": "", "none": ""}
_GENERIC_WORDS = {"generic", "generics", "yes", "y", "true", "1", "g", "gen", "जेनेरिक"}
_BETWEEN = re.compile(r"\s*(?:\+|&|,|\band\b|\bwith\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Listing:
    """What a line says; prices are of a whole pack, `stock` is in pieces. None: the sheet does not say."""

    name: str
    identity: medicines.Identity
    generic: str
    composition: str
    is_generic: bool
    pack_size: int
    pack_price: Decimal | None
    pack_cost: Decimal | None
    stock: Decimal | None
    schedule: str | None
    manufacturer: str
    brand: str


def read(said: dict[str, str]) -> Listing:
    """The line whose cells are `said`, by field.

    Raises `DomainError` `listing_no_name`, `listing_price`, `listing_pack`, `listing_stock`.
    """
    brand, generic = said.get("brand", ""), said.get("generic", "")
    composition = said.get("composition", "") or generic
    name = _name(brand or generic or composition, said)
    if not re.search(r"[^\W\d_]", name):
        raise DomainError("listing_no_name")
    pack_size = _pack(said.get("pack", ""))
    return Listing(
        name=name[:255],
        identity=_identity(composition or name, name, said),
        generic=generic[:255],
        composition=composition,
        is_generic=_is_generic(brand, generic or composition, said.get("kind", "")),
        pack_size=pack_size,
        pack_price=_money(said.get("price", "")),
        pack_cost=_money(said.get("cost", "")),
        stock=_stock(said, pack_size),
        schedule=_schedule(said["schedule"]) if "schedule" in said else None,
        manufacturer=said.get("manufacturer", "")[:255],
        brand=brand[:255],
    )


def _name(name: str, said: dict[str, str]) -> str:
    """The name with the strength behind it, where that has a column of its own."""
    strength = said.get("strength", "")
    is_in_it = strength and strength.replace(" ", "").casefold() in name.replace(" ", "").casefold()
    return " ".join((name if is_in_it else f"{name} {strength}").split())


def _identity(composition: str, name: str, said: dict[str, str]) -> medicines.Identity:
    """Of the composition, its parts in one order; what it leaves out the name may say."""
    parts = sorted(part for part in _BETWEEN.split(composition.casefold()) if part)
    whole = medicines.identity(" ".join([*parts, said.get("form", "")]))
    named = medicines.identity(name)
    strength = whole.strength or medicines.identity(f"x {said.get('strength', '')}").strength
    return medicines.Identity(whole.composition, strength or named.strength, whole.form or named.form)


def _is_generic(brand: str, generic: str, kind: str) -> bool:
    if kind:
        return kind.casefold().strip() in _GENERIC_WORDS
    # A name that is nothing but the substance: "Metformin 500" whose generic is metformin.
    return not brand or (bool(generic) and _substances(brand) <= _substances(generic))


def _substances(text: str) -> set[str]:
    return set(medicines.identity(text).composition.split())


def _pack(text: str) -> int:
    """Pieces in a pack: "10's", "1x15", "strip of 15", "30 TAB"; a bottle, a tube or nothing is one."""
    words = text.casefold()
    marked = _MARKED.search(words)
    if marked:
        return _pieces(marked[1], text)
    if not _COUNTED.search(words) and _WHOLE.search(_DIGIT_AND_LETTER.sub(" ", words)):
        return 1
    counts = _NUMBER.findall(words)
    if len(counts) == 2 and counts[0] == "1":
        counts = counts[1:]
    if len(counts) > 1:
        raise DomainError("listing_pack", said=text[:40])
    return _pieces(counts[0], text) if counts else 1


def _pieces(written: str, text: str) -> int:
    count = Decimal(written)
    if count != int(count) or not 0 < count <= LARGEST_PACK:
        raise DomainError("listing_pack", said=text[:40])
    return int(count)


def _money(text: str) -> Decimal | None:
    """None for nothing and for 0, by which lists say that there is no price yet."""
    bare = re.sub(r"^(?:₹|rs\.?|inr)\s*|\s*(?:/-|only)$|,", "", text.strip(), flags=re.IGNORECASE)
    amount = _number(bare) if bare else Decimal()
    if amount is None or not 0 <= amount <= LARGEST_PRICE:
        raise DomainError("listing_price", said=text[:40])
    return bills.paise(amount) or None


def _stock(said: dict[str, str], pack_size: int) -> Decimal | None:
    text, each = (said["stock_packs"], pack_size) if "stock_packs" in said else (said.get("stock", ""), 1)
    if not text:
        return None
    pieces = _number(text.replace(",", ""))
    if pieces is None or not 0 <= pieces * each <= LARGEST_STOCK:
        raise DomainError("listing_stock", said=text[:40])
    return bills.paise(pieces * each)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _schedule(text: str) -> str:
    """ "Schedule H1", "Sch-h1" and "H1" are one; what we do not know is kept as written."""
    bare = re.sub(r"^(?:schedule|sch(?:ed)?)\b[\s.:-]*", "", text.strip(), flags=re.IGNORECASE)
    return _SCHEDULES.get(bare.casefold().replace(" ", ""), bare)[:40]
