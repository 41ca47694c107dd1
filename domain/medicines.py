"""Medicines by what they are: composition, strength and form, so that brand and generic are one supply."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

import company_settings
from models import Company, Medicine
from rows import knowing

_FORMS = {
    "tablet": "tab tabs tablet tablets pill pills goli",
    "capsule": "cap caps capsule capsules",
    "syrup": "syrup syp syr suspension susp oral-solution liquid",
    "drops": "drops drop",
    "injection": "injection injections inj vial vials ampoule",
    "pen": "pen pens penfill penfills cartridge cartridges",
    "cream": "cream ointment oint gel lotion",
    "inhaler": "inhaler rotacap rotacaps respule respules",
    "patch": "patch patches",
    "powder": "powder sachet sachets granules",
}
_FORM_OF = {word: form for form, words in _FORMS.items() for word in words.split()}
_STRENGTH = re.compile(
    r"(?<![\w./])(?P<number>\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)*)\s*(?P<unit>mg|mcg|ug|gm|g|ml|iu|k|%)?(?![\w/])"
)
# As much of a name as is told apart; together with a form it fits where it is kept.
_COMPOSITION = 180
_STRENGTHS = 50
# Salts do not change what a medicine is for; those that do (succinate, tartrate, potassium) are left alone.
_SALT_NAMES = "hcl hydrochloride sodium calcium maleate besylate besilate mesylate ip bp usp"
_SALTS = set(_SALT_NAMES.split())

# What is taken for days, not for long: infections, worms, fevers; by the beginning of any word of the name.
_ACUTE_NAMES = """
amoxicillin amoxycillin ampicillin cloxacillin penicillin augmentin moxikind mox
azithromycin azithral clarithromycin erythromycin roxithromycin
ciprofloxacin ciplox ofloxacin levofloxacin norfloxacin moxifloxacin
cefixime taxim zifi cefuroxime cefpodoxime cefadroxil cephalexin cefalexin ceftriaxone cefdinir
doxycycline metronidazole flagyl tinidazole ornidazole nitrofurantoin fosfomycin linezolid clindamycin
cotrimoxazole sulfamethoxazole trimethoprim rifaximin albendazole mebendazole ivermectin
fluconazole itraconazole acyclovir aciclovir valacyclovir oseltamivir artemether artesunate
"""
_ACUTE = tuple(_ACUTE_NAMES.split())

# "mox" is an antibiotic, moxonidine is not.
_LONG_ACUTE = tuple(name for name in _ACUTE if len(name) > 5)


@dataclass(frozen=True)
class Identity:
    """What a medicine is; what nobody said is empty and fits everything."""

    composition: str
    strength: str
    form: str

    def __str__(self) -> str:
        return f"{self.composition}|{self.strength}|{self.form}"

    @property
    def strength_number(self) -> str:
        """The strength without its unit, which many leave out."""
        return _split_unit(self.strength)[0]

    @property
    def precision(self) -> int:
        """How much of strength, its unit and form is said."""
        return sum(map(bool, (*_split_unit(self.strength), self.form)))

    def fits(self, other: "Identity") -> bool:
        """Whether both can be one supply."""
        if self.composition != other.composition:
            return False
        forms_fit = not self.form or not other.form or self.form == other.form
        return forms_fit and strengths_fit(self.strength, other.strength)


class Said(NamedTuple):
    """A medicine as it was typed, with what was told of it."""

    name: str
    brand: str = ""
    generic: str = ""


def identity(name: str) -> Identity:
    """What `name` says: "Metformin HCl 500mg Tablets" is metformin, 500mg, tablet."""
    text = name.casefold().replace("μ", "u")
    strengths = [_strength(match) for match in _STRENGTH.finditer(text)]
    words = re.findall(r"[^\W_]+", _STRENGTH.sub(" ", text))
    form = next((_FORM_OF[word] for word in words if word in _FORM_OF), "")
    kept = [word for n, word in enumerate(words) if word not in _FORM_OF and not (n and word in _SALTS)]
    composition = " ".join(kept) or " ".join(words)
    return Identity(composition[:_COMPOSITION], "+".join(strengths)[:_STRENGTHS], form)


def of(medicine: Medicine) -> Identity:
    """What a medicine we know is."""
    return read(medicine.identity)


def read(identity: str) -> Identity:
    """An identity as it is kept."""
    composition, strength, form = identity.split("|")
    return Identity(composition, strength, form)


def same_supply(one: Medicine, other: Medicine) -> bool:
    """Whether one goes on where the other ends, brand or generic."""
    return of(one).fits(of(other))


def read_for(rows: Iterable[Any], company: Company) -> None:
    """Let these rows, of whatever tables, know their medicines: few, bought again and again, in one query."""
    rows = list(rows)
    wanted = Medicine.id.in_({row.medicine_id for row in rows})
    known = {row.id: knowing(row, company=company) for row in Medicine.select().where(wanted)} if rows else {}
    for row in rows:
        knowing(row, medicine=known.get(row.medicine_id))


def find_or_create(company: Company, name: str, *, brand: str = "", generic: str = "") -> Medicine:
    """The medicine meant by what was typed; a brand once named with its generic is known from then on."""
    return find_or_create_all(company, [Said(name, brand, generic)])[0]


def find_or_create_all(company: Company, said: list[Said]) -> list[Medicine]:
    """The same for several, in their order; one that is said twice is the same row twice."""
    names = [" ".join(one.name.split())[:255] for one in said]
    same = Medicine.select().where(Medicine.company == company, Medicine.name.in_(names))
    known = {row.name: knowing(row, company=company) for row in same} if names else {}
    for typed, one in zip(names, said, strict=True):
        row = known.get(typed) or _in_another_case(company, typed)
        known[typed] = _learn(row, one) if row else _create(company, typed, one)
    return [known[typed] for typed in names]


def _create(company: Company, typed: str, said: Said) -> Medicine:
    meant = _meant(company, typed, said)
    return Medicine.create(
        company=company,
        name=typed,
        identity=str(meant),
        brand=said.brand.strip() or None,
        generic=said.generic.strip() or None,
        strength=meant.strength or None,
        form=meant.form or None,
        is_acute=is_acute(f"{meant.composition} {typed} {said.generic}"),
    )


def sold_at(medicine: Medicine, price: Decimal) -> None:
    """Remember what one piece was sold for, where no catalogue says what it costs."""
    if medicine.pack_price is None and medicine.price != price:
        medicine.price = price
        medicine.save()


def of_one(pack_price: Decimal, pack_size: int) -> Decimal:
    """What one piece of a pack comes to, in whole paise."""
    return (pack_price / pack_size).quantize(Decimal("0.01"), ROUND_HALF_UP)


def cost_of(medicine: Medicine, pieces: Decimal) -> Decimal | None:
    """What so many pieces cost us today; None where the catalogue does not say."""
    if medicine.pack_cost is None or not medicine.pack_size:
        return None
    return (medicine.pack_cost * pieces / medicine.pack_size).quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_acute(words: str) -> bool:
    """Whether these names are of what is taken for days: an antibiotic or the like."""
    spoken = re.findall(r"[^\W\d_]+", words.casefold())
    return any(word in _ACUTE or word.startswith(_LONG_ACUTE) for word in spoken)


def is_short_course(medicine: Medicine, days: int) -> bool:
    """Whether so many days get no reminders of themselves: an antibiotic or the like, or a few days."""
    return medicine.is_acute or days < company_settings.get(medicine.company, "ladder_from_days")


def _in_another_case(company: Company, typed: str) -> Medicine | None:
    same = Medicine.select().where(Medicine.company == company, Medicine.identity == str(identity(typed)))
    found = next((row for row in same if row.name.casefold() == typed.casefold()), None)
    return knowing(found, company=company) if found else None


def _meant(company: Company, typed: str, said: Said) -> Identity:
    name, brand, generic = identity(typed), identity(said.brand), identity(said.generic)
    composition = generic.composition if said.generic.strip() else _generic_of(company, name.composition)
    strength = name.strength or generic.strength or brand.strength
    return Identity(composition, strength, name.form or generic.form or brand.form)


def _generic_of(company: Company, composition: str) -> str:
    """The composition behind a brand's name, where it was told once."""
    of_company = (Medicine.company == company) & Medicine.brand.is_null(False)
    for row in Medicine.select().where(of_company, Medicine.brand.startswith(composition.split(" ")[0])):
        if identity(row.brand or "").composition == composition:
            return of(row).composition
    return composition


def _learn(known: Medicine, said: Said) -> Medicine:
    if said.generic.strip():
        meant = str(_meant(known.company, known.name, said))
        if known.identity != meant:
            known.identity = meant
            known.generic = said.generic.strip()
            known.is_acute = known.is_acute or is_acute(said.generic)
    if said.brand.strip() and not known.brand:
        known.brand = said.brand.strip()
    # Most sales teach nothing new, and a row that is not written is not waited for.
    known.save()
    return known


def _strength(match: re.Match[str]) -> str:
    number, unit = match["number"], (match["unit"] or "").replace("ug", "mcg")
    if unit in ("g", "gm") and "/" not in number:
        return f"{_short(float(number) * 1000)}mg"
    if unit == "k" and "/" not in number:
        return f"{_short(float(number) * 1000)}"
    return "/".join(_short(float(part)) for part in number.split("/")) + unit


def _short(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def strengths_fit(one: str, other: str) -> bool:
    """Whether both can be one strength; what nobody said, number or unit, fits every other."""
    if not one or not other:
        return True
    number, unit = _split_unit(one)
    other_number, other_unit = _split_unit(other)
    return number == other_number and (not unit or not other_unit or unit == other_unit)


def _split_unit(strength: str) -> tuple[str, str]:
    return re.sub(r"[^\d./+]", "", strength), re.sub(r"[\d./+]", "", strength)
