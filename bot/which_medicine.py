"""Which medicine staff mean: the one of the catalogue, however it was typed; asks when unsure."""

import re

from bot.router import Ask, Turn
from domain import medicine_spelling
from messaging.words import plain
from models import Medicine

_AS_TYPED = {"as typed", "as written", "other", "none"}
# "Metformin 500", "Telma, 30": no person's name is followed by a number.
_WITH_A_NUMBER = re.compile(r"\S+[\s,(x×-]+\d")


def is_first(turn: Turn, words: str) -> bool:
    """Whether `words` begin with a medicine, known or not, and not with a person's name."""
    if _WITH_A_NUMBER.match(words):
        return True
    return any(medicine_spelling.begins_with(turn.company, word) for word in words.split(maxsplit=1)[:1])


def meant(turn: Turn, slot: str, typed: str) -> Medicine | None:
    """The medicine that was typed; None if it is none of those we know.

    Unsure, it asks with numbered candidates; the answer comes back as `turn.given[slot]`.
    """
    found = medicine_spelling.match(turn.company, typed)
    said = plain(turn.given.get(slot, "")).strip(" .)#")
    if found.sure or not found.candidates:
        return found.sure
    if said.isdecimal() and 1 <= int(said) <= len(found.candidates):
        return found.candidates[int(said) - 1]
    if said in _AS_TYPED or said == str(len(found.candidates) + 1):
        return None
    chosen = medicine_spelling.match(turn.company, said).sure if said else None
    if chosen is None:
        raise Ask(slot, "ask_which_medicine", typed=typed[:60], candidates=found.candidates)
    return chosen
