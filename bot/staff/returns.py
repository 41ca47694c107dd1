"""return: goods that a customer brings back."""

import re
from decimal import Decimal

from bot import which_medicine, who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import numbers
from domain import people, returns
from domain.errors import DomainError
from messaging.words import plain
from models import Customer, Medicine

_UNOPENED = re.compile(r"\b(?:unopened|un-opened|sealed|intact|not opened|band pack)\b", re.IGNORECASE)
_PIECES = {"tab", "tabs", "tablet", "tablets", "cap", "caps", "capsule", "capsules", "nos", "pcs", "pieces"}
_PACKS = {"strip", "strips", "pack", "packs", "patta", "patte", "bottle", "bottles"}


@command("return", "returned", "refund", "wapas", usage="return [who] Metformin 500 10 [unopened]")
def take_back(turn: Turn) -> Reply:
    """What comes back, and what the customer gets for it."""
    customer = people.customer_of(who.find(turn, expected=lambda words: which_medicine.is_first(turn, words)))
    unopened = _UNOPENED.search(turn.words) is not None
    medicine, said = _medicine(turn, customer, _UNOPENED.sub(" ", turn.words))
    pieces = _pieces(turn.given.get("pieces") or said, medicine)
    if pieces is None:
        raise Ask("pieces", "ask_return_pieces", medicine=medicine.name)
    returned = returns.record(customer, medicine, pieces, staff=turn.speaker, at=turn.at, unopened=unopened)
    return reply("returned", changed="return", returned=returned)


def _medicine(turn: Turn, customer: Customer, words: str) -> tuple[Medicine, str]:
    """The one of what they bought that is named, and the words after its name."""
    typed = plain(turn.given.get("medicine") or words).split()
    if not typed:
        raise Ask("medicine", "ask_return_medicine", medicines=returns.returnable(customer, turn.at))
    if typed[0].isdecimal():
        # "5 metformin" is "metformin 5".
        typed = typed[1:] + typed[:1]
    known = returns.bought(customer)
    for end in range(len(typed), 0, -1):
        meant = [one for one in known if _is_named(one, typed[:end])]
        meant = [one for one in meant if plain(one.name).split() == typed[:end]] or meant
        if len(meant) == 1:
            return meant[0], " ".join(typed[end:])
        if meant:
            raise Ask("medicine", "ask_return_medicine", medicines=meant)
    raise DomainError("not_bought", medicine=" ".join(typed)[:40], customer=customer)


def _is_named(medicine: Medicine, words: list[str]) -> bool:
    """Whether its name begins with these words, some perhaps left out: "metformin" of "Metformin 500"."""
    name = plain(medicine.name).split()
    return words[0] == name[0] and set(words) <= set(name) and len(words) <= len(name)


def _pieces(said: str, medicine: Medicine) -> Decimal | None:
    """ "10", "10 tablets", "2 strips" where the catalogue knows the pack; None for anything else."""
    words = plain(said).split()
    counts = [count for word in words if (count := numbers.whole(word)) is not None]
    if len(counts) != 1 or set(words[1:]) - _PIECES - _PACKS:
        return None
    if set(words) & _PACKS:
        return Decimal(counts[0] * medicine.pack_size) if medicine.pack_size else None
    return Decimal(counts[0])
