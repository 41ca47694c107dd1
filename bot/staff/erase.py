"""erase: a manager erases a person who asked for it."""

from bot import who
from bot.router import MANAGERS, Ask, Reply, Turn, command, reply
from domain import erasure
from messaging.words import plain

# Fewer than `answers.YES`: an "ok" or "ji" said in passing must erase nobody for ever.
_YES = {"yes", "haan", "हां"}


@command("erase", usage="erase [who]", roles=MANAGERS)
def erase(turn: Turn) -> Reply:
    """Erase all that is held about a person, after a yes; this cannot be undone."""
    person = who.find(turn, alone=True)
    if plain(turn.given.get("sure", "")) not in _YES:
        if "sure" in turn.given:
            return reply("dropped")
        turn.given["who"] = f"#{person.serial}"
        raise Ask("sure", "ask_erase_person", person=person)
    erasure.erase(person, at=turn.at, staff=turn.speaker)
    return reply("person_erased", serial=person.serial)
