"""Which medicine is meant by what was typed, however it was spelled."""

import re
from dataclasses import dataclass
from typing import Any

from peewee import fn
from rapidfuzz import fuzz

from domain.medicines import identity, strengths_fit
from models import Company, Medicine

# Likeness from 0 to 100: below the first nothing is meant, from the second on there is no doubt if the next
# is so much less alike.
_LIKE = 72
_SURE = 88
_AHEAD = 6


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
        if strengths_fit(wanted, identity(name).strength)
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


def _spelled(name: str) -> str:
    """A name without its forms and units, for comparing: "Glycomet-500 mg Tab" is "glycomet 500"."""
    known = identity(name)
    return f"{known.composition} {re.sub(r'[^0-9./+]', '', known.strength)}".strip()


def _likeness(said: str, name: str) -> float:
    spelled = _spelled(name)
    # Who leaves out the strength, or a word at the end, means the name all the same.
    beginning = 0.9 * fuzz.ratio(said, spelled[: len(said)]) if len(said) >= 4 else 0
    return max(fuzz.ratio(said, spelled), beginning)
