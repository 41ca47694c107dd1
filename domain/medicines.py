"""Medicines by what they are: composition, strength and form, so that brand and generic are one supply."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from peewee import fn
from rapidfuzz import fuzz

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


# Likeness from 0 to 100: below the first nothing is meant, from the second on there is no doubt if the next
# is so much less alike.
_LIKE = 72
_SURE = 88
_AHEAD = 6


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
        return forms_fit and _strengths_fit(self.strength, other.strength)


def identity(name: str) -> Identity:
    """What `name` says: "Metformin HCl 500mg Tablets" is metformin, 500mg, tablet."""
    text = name.casefold().replace("μ", "u")
    strengths = [_strength(match) for match in _STRENGTH.finditer(text)]
    words = re.findall(r"[^\W_]+", _STRENGTH.sub(" ", text))
    form = next((_FORM_OF[word] for word in words if word in _FORM_OF), "")
    kept = [word for n, word in enumerate(words) if word not in _FORM_OF and not (n and word in _SALTS)]
    return Identity(" ".join(kept) or " ".join(words), "+".join(strengths), form)


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


def find_or_create(company: Company, name: str, *, brand: str = "", generic: str = "") -> Medicine:
    """The medicine meant by what was typed; a brand once named with its generic is known from then on."""
    typed = " ".join(name.split())
    known = _by_name(company, typed)
    if known is not None:
        return _learn(knowing(known, company=company), brand, generic)
    meant = _meant(company, typed, brand, generic)
    return Medicine.create(
        company=company,
        name=typed[:255],
        identity=str(meant),
        brand=brand.strip() or None,
        generic=generic.strip() or None,
        strength=meant.strength or None,
        form=meant.form or None,
        is_acute=is_acute(f"{meant.composition} {typed} {generic}"),
    )


@dataclass(frozen=True)
class Match:
    """What somebody may have meant: `sure` is the one, else `candidates` hold up to three to choose from."""

    sure: Medicine | None
    candidates: list[Medicine]


def match(company: Company, typed: str) -> Match:
    """The medicine of the catalogue that was typed, however it was spelled; nothing where none is like it.

    A strength that was typed is never another one: 500 is not 850.
    """
    columns = Medicine.select(Medicine.id, Medicine.name, Medicine.generic)
    listed: Any = columns.where(Medicine.company == company, Medicine.is_listed).tuples()
    said, wanted = _spelled(typed), identity(typed).strength
    scored = [
        (max(_likeness(said, name), _likeness(said, generic or "")), name, number)
        for number, name, generic in listed
        if _strengths_fit(wanted, identity(name).strength)
    ]
    # Whoever writes the name itself means no brand that holds the same.
    likest = sorted(scored, key=lambda one: (_spelled(one[1]) != said, -one[0], len(one[1])))
    best = [one for one in likest if one[0] >= _LIKE][:3]
    rows = {row.id: row for row in Medicine.select().where(Medicine.id.in_([one[2] for one in best]))}
    found = [rows[number] for _, _, number in best]
    is_alone = len(best) == 1 or (len(best) > 1 and best[0][0] - best[1][0] >= _AHEAD)
    is_named = bool(best) and _spelled(best[0][1]) == said
    is_sure = is_named or (is_alone and best[0][0] >= _SURE)
    if is_sure:
        return Match(found[0], [])
    return Match(_misspelled(company, said, wanted), []) if not found else Match(None, found)


def begins_with(company: Company, word: str) -> bool:
    """Whether the name of a medicine we know begins with this word."""
    named = (fn.LOWER(Medicine.name) == word.casefold()) | Medicine.name.startswith(f"{word} ")
    return Medicine.select().where(Medicine.company == company, named).exists()


def _misspelled(company: Company, said: str, strength: str) -> Medicine | None:
    """What the shop sold under nearly that name in the same strength, where its catalogue has nothing like
    it: "metformn 500" is no new medicine."""
    if not strength:
        return None
    sold = Medicine.select().where(Medicine.company == company, ~Medicine.is_listed)
    near = [one for one in sold if identity(one.name).strength == strength]
    likeness = {one: fuzz.ratio(said, _spelled(one.name)) for one in near}
    best = max(near, key=lambda one: likeness[one], default=None)
    return best if best is not None and likeness[best] >= _SURE else None


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


def _by_name(company: Company, typed: str) -> Medicine | None:
    exact = Medicine.get_or_none(Medicine.company == company, Medicine.name == typed)
    if exact is not None:
        return exact
    same = (Medicine.company == company) & (Medicine.identity == str(identity(typed)))
    return next(
        (row for row in Medicine.select().where(same) if row.name.casefold() == typed.casefold()), None
    )


def _meant(company: Company, typed: str, brand: str, generic: str) -> Identity:
    said = identity(typed)
    composition = identity(generic).composition if generic.strip() else _generic_of(company, said.composition)
    strength = said.strength or identity(generic).strength or identity(brand).strength
    return Identity(composition, strength, said.form or identity(generic).form or identity(brand).form)


def _generic_of(company: Company, composition: str) -> str:
    """The composition behind a brand's name, where it was told once."""
    of_company = (Medicine.company == company) & Medicine.brand.is_null(False)
    for row in Medicine.select().where(of_company, Medicine.brand.startswith(composition.split(" ")[0])):
        if identity(row.brand or "").composition == composition:
            return of(row).composition
    return composition


def _learn(known: Medicine, brand: str, generic: str) -> Medicine:
    if generic.strip():
        meant = str(_meant(known.company, known.name, brand, generic))
        if known.identity != meant:
            known.identity = meant
            known.generic = generic.strip()
            known.is_acute = known.is_acute or is_acute(generic)
    if brand.strip() and not known.brand:
        known.brand = brand.strip()
    # Most sales teach nothing new, and a row that is not written is not waited for.
    known.save()
    return known


def _spelled(name: str) -> str:
    """A name without its forms and units, for comparing: "Glycomet-500 mg Tab" is "glycomet 500"."""
    known = identity(name)
    return f"{known.composition} {re.sub(r'[^0-9./+]', '', known.strength)}".strip()


def _likeness(said: str, name: str) -> float:
    spelled = _spelled(name)
    # Who leaves out the strength, or a word at the end, means the name all the same.
    beginning = 0.9 * fuzz.ratio(said, spelled[: len(said)]) if len(said) >= 4 else 0
    return max(fuzz.ratio(said, spelled), beginning)


def _strength(match: re.Match[str]) -> str:
    number, unit = match["number"], (match["unit"] or "").replace("ug", "mcg")
    if unit in ("g", "gm") and "/" not in number:
        return f"{_short(float(number) * 1000)}mg"
    if unit == "k" and "/" not in number:
        return f"{_short(float(number) * 1000)}"
    return "/".join(_short(float(part)) for part in number.split("/")) + unit


def _short(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


def _strengths_fit(one: str, other: str) -> bool:
    if not one or not other:
        return True
    number, unit = _split_unit(one)
    other_number, other_unit = _split_unit(other)
    return number == other_number and (not unit or not other_unit or unit == other_unit)


def _split_unit(strength: str) -> tuple[str, str]:
    return re.sub(r"[^\d./+]", "", strength), re.sub(r"[\d./+]", "", strength)
