"""number: the right phone number of somebody, once it is found."""

import re

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import phones
from domain import new_numbers, people
from domain.errors import DomainError
from sheets.phones import SERVICE, of_a_person

# "new number of Sunita", "naya number Sunita ka".
_BEFORE_NAME = re.compile(r"(?:of|for)\s+", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:(?:is|to|now|new|ka|ki|ke|naya|number|phone|का|की|के|नया|नंबर|फ़ोन|ab|अब)\s+|[=:→]\s?)+", re.IGNORECASE
)
_END = re.compile(r" (?:now|hai|है)[.!।]?$", re.IGNORECASE)


@command(
    "number",
    *("new number", "new phone", "change number", "phone number", "mobile number", "phone of", "mobile of"),
    *("naya number", "number badlo", "नया नंबर", "नंबर"),
    usage="number [who] 98765 43210",
)
def give_number(turn: Turn) -> Reply:
    """Where to call and write to them from now on."""
    turn.words = said = _BEFORE_NAME.sub("", f"{turn.words} ", count=1).strip()
    is_number_alone = bool(phones.phone(said, turn.company.region))
    if is_number_alone:
        # It is the new one of who was spoken about, not somebody behind it.
        turn.words = ""
    person = who.find(turn)
    said = turn.given.get("number") or (said if is_number_alone else turn.words)
    if not said:
        raise Ask("number", "ask_new_number", person=person)
    phone = people.phone_at(turn.company, _address(turn, said))
    given = new_numbers.give(person, phone, staff=turn.speaker, at=turn.at)
    return reply("number_given", changed=f"the number of #{person.serial}", given=given)


def _address(turn: Turn, said: str) -> str:
    """Raises `DomainError` `service_number`, and `not_a_phone` for what is not one number and no more."""
    written = _END.sub("", " ".join(said.split()))
    address = phones.phone(_BETWEEN.sub("", written, count=1), turn.company.region)
    if address is None:
        raise DomainError("not_a_phone", said=said[:40])
    if of_a_person(address, turn.company.region).problem == SERVICE:
        raise DomainError("service_number", said=said[:40])
    return address
