"""Which medicine staff mean: the one of the catalogue, however it was typed; asks when unsure."""

from bot.router import Ask, Turn
from domain import medicines
from messaging.words import plain
from models import Medicine

_AS_TYPED = {"as typed", "as written", "other", "none"}


def meant(turn: Turn, slot: str, typed: str) -> Medicine | None:
    """The medicine that was typed; None if it is none of those we know.

    Unsure, it asks with numbered candidates; the answer comes back as `turn.given[slot]`.
    """
    found = medicines.match(turn.company, typed)
    said = plain(turn.given.get(slot, "")).strip(" .)#")
    if found.sure or not found.candidates:
        return found.sure
    if said.isdecimal() and 1 <= int(said) <= len(found.candidates):
        return found.candidates[int(said) - 1]
    if said in _AS_TYPED or said == str(len(found.candidates) + 1):
        return None
    chosen = medicines.match(turn.company, said).sure if said else None
    if chosen is None:
        raise Ask(slot, "ask_which_medicine", typed=typed[:60], candidates=found.candidates)
    return chosen
