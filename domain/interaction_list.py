"""The shop's list of what goes badly together: every line of a sheet accounted for (FEATURES F5)."""

from typing import Any

from domain import medicines
from domain.catalogue import NEW, REPEATED, SKIPPED, UNCHANGED, UPDATED, Taking
from domain.errors import DomainError
from models import MedicineInteraction

# So much fits the columns and a screen.
_LONGEST_NAME, _LONGEST_ADVICE = 255, 500


def take(taking: Taking, rows: list[dict[str, Any]]) -> None:
    """Take in some lines, `{"row", "sheet", "said": {field: text}}` with `one`, `other`, `severity` and
    `advice`, in the caller's transaction; a later import renews the pairs it names and leaves the rest."""
    for row in rows:
        try:
            taking.counts[_take(taking, row["said"])] += 1
        except DomainError as refusal:
            both = (row["said"].get("one"), row["said"].get("other"))
            taking.refuse(row, " + ".join(filter(None, both)), refusal)


def _take(taking: Taking, said: dict[str, str]) -> str:
    if not said:
        return SKIPPED
    pair = _pair(said)
    key = tuple((name, name) for name in pair)
    if key in taking.lines:
        return REPEATED
    taking.lines.add(key)
    severity = said.get("severity", "").strip().casefold()[:_LONGEST_NAME] or None
    advice = said.get("advice", "").strip()[:_LONGEST_ADVICE]
    return _write(taking, pair, severity, advice)


def _pair(said: dict[str, str]) -> tuple[str, str]:
    """Both ingredients as medicines are compared, the earlier in the alphabet first."""
    names = [medicines.identity(said.get(field, "")).composition for field in ("one", "other")]
    if not all(any(letter.isalpha() for letter in name) for name in names):
        raise DomainError("interaction_one_name")
    if names[0] == names[1]:
        raise DomainError("interaction_itself", said=names[0])
    one, other = sorted(name[:_LONGEST_NAME] for name in names)
    return one, other


def _write(taking: Taking, pair: tuple[str, str], severity: str | None, advice: str) -> str:
    known = MedicineInteraction.get_or_none(
        MedicineInteraction.company == taking.company,
        MedicineInteraction.one == pair[0],
        MedicineInteraction.other == pair[1],
    )
    if known is not None and (known.severity, known.advice) == (severity, advice):
        return UNCHANGED
    row = known or MedicineInteraction(company=taking.company, one=pair[0], other=pair[1])
    row.severity, row.advice = severity, advice
    if not taking.is_preview:
        row.save()
    return UPDATED if known else NEW
