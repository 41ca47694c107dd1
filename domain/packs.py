"""How many days a sold quantity lasts by its dose: tablets, millilitres, drops, units of insulin, puffs."""

import re
from decimal import Decimal
from fractions import Fraction

from domain import doses, medicines, renewals
from models import Medicine, PrescribedMedicine

# What is used up slower than this is taken when needed, whatever was written.
LONGEST = 730
# By the pharmacopoeia's dropper and spoon.
DROPS_PER_ML = 20
ML_PER_SPOON = 5
# Every pen and cartridge sold in India.
_PEN_UNITS = 300

_ML, _DROP, _UNIT, _PUFF, _PIECE = "ml", "drop", "unit", "puff", "piece"
_WORDS = {
    _ML: re.compile(r"\d\s*ml\b|\b(?:tsp|teaspoons?|spoons?|chammach)\b|चम्मच", re.IGNORECASE),
    _DROP: re.compile(r"\bdrops?\b|बूंद|\bboond\b", re.IGNORECASE),
    _UNIT: re.compile(r"\b(?:units?|iu)\b|\d(?:u|iu)\b", re.IGNORECASE),
    _PUFF: re.compile(r"\b(?:puffs?|sprays?)\b", re.IGNORECASE),
}
_SPOON = re.compile(r"\b(?:tsp|teaspoons?|spoons?|chammach)\b|चम्मच", re.IGNORECASE)
_VOLUME = re.compile(r"(?<![\d/.])(\d{1,4}(?:\.\d+)?)\s*ml\b", re.IGNORECASE)
_PER_ML = re.compile(r"(\d{2,3})\s*(?:iu|units?|u)\s*/\s*ml\b", re.IGNORECASE)
_PUFFS = re.compile(r"(\d{2,3})\s*(?:mdi|puffs?|doses?|metered|md|sprays?)\b", re.IGNORECASE)
# Counted by the piece; others only by what their dose names.
_BY_PIECE = ("", "tablet", "capsule", "powder", "patch")


def days(name: str, quantity: Decimal | int, dosage: str, form: str = "") -> int | None:
    """Whole days that `quantity` of `name` lasts by `dosage` ("1-0-1", "2 tablets every 3 days", "5 ml BD").

    `name` may tell the content of a bottle, vial or inhaler ("Lantus 100 IU/ml 3 ml"). None where the dose is
    as needed or not understood, or where nobody can tell how much is in what was sold.
    """
    per_day = doses.per_day(dosage)
    content = _content(name, dosage, form or medicines.identity(name).form)
    if per_day is None or content is None:
        return None
    if _SPOON.search(dosage):
        per_day *= ML_PER_SPOON
    lasts = int(Fraction(quantity) * content / per_day)
    return lasts if 0 < lasts <= LONGEST else None


def days_as_prescribed(
    written: list[PrescribedMedicine], medicine: Medicine, quantity: Decimal | int
) -> int | None:
    """The same by the dose that is `written` for this medicine (`renewals.lines`)."""
    frequency = _frequency(written, medicine)
    return days(medicine.name, quantity, frequency, medicine.form or "") if frequency else None


def is_as_needed(written: list[PrescribedMedicine], medicine: Medicine, dosage: str) -> bool:
    """Whether it is taken when needed, as said or else as `written`: then nothing runs out on a day."""
    said = dosage or _frequency(written, medicine)
    return bool(said) and doses.is_as_needed(said)


def _content(name: str, dosage: str, form: str) -> Fraction | None:
    """How much of what the dose counts is in one sold piece."""
    counted = next((unit for unit, words in _WORDS.items() if words.search(dosage)), _PIECE)
    volume = _number(_VOLUME.findall(_PER_ML.sub(" ", name)))
    if counted == _ML:
        return volume
    if counted == _DROP:
        return volume * DROPS_PER_ML if volume else None
    if counted == _PUFF:
        return _number(_PUFFS.findall(name))
    if counted == _UNIT or form == "pen":
        return _units(name, volume, form)
    return Fraction(1) if form in _BY_PIECE else None


def _units(name: str, volume: Fraction | None, form: str) -> Fraction | None:
    per_ml = _number(_PER_ML.findall(name))
    if per_ml and volume:
        return per_ml * volume
    return Fraction(_PEN_UNITS) if form == "pen" and not volume else None


def _number(found: list[str]) -> Fraction | None:
    return Fraction(found[-1]) if found and Fraction(found[-1]) else None


def _frequency(written: list[PrescribedMedicine], medicine: Medicine) -> str:
    line = renewals.line_for(medicine, written)
    return str(line.frequency or line.dosage or "") if line else ""
