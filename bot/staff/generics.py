"""cheaper, educated, opportunities: the same medicine for less, as the pharmacist offers it."""

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from domain import categories, generics, medicine_spelling, people
from domain.errors import DomainError

_SHOWN = 8


@command("cheaper", "generic", "generics", "substitute", usage="cheaper [who]|Glycomet 500")
def show_cheaper(turn: Turn) -> Reply:
    """What there is in stock for less: of a medicine, or of all that a customer takes."""
    person = who.named(turn)
    typed = turn.given.get("medicine") or turn.words
    if person is None and typed:
        return _of_medicine(turn, typed)
    if person is not None:
        who.remember(turn, person)
    customer = people.customer_of(person or who.find(turn))
    return reply("cheaper", customer=customer, offers=generics.for_customer(customer, turn.at))


@command("educated", "generic education", usage="educated [who] notes")
def educated(turn: Turn) -> Reply:
    """Somebody was told of generics."""
    customer = people.customer_of(who.find(turn))
    generics.educate(customer, staff=turn.speaker, at=turn.at, notes=turn.words)
    return reply("educated", changed="education", customer=customer)


@command("opportunities", "opportunity", usage="opportunities")
def show_opportunities(turn: Turn) -> Reply:
    """Regular customers of brands whom nobody has told of generics, and what they could save."""
    untold = categories.to_educate(turn.speaker, _SHOWN)
    lines = [(customer, generics.for_customer(customer, turn.at)) for customer in untold]
    return reply("opportunities", lines=lines, saved=generics.saved_by_all(turn.company))


def _of_medicine(turn: Turn, typed: str) -> Reply:
    found = medicine_spelling.match(turn.company, typed)
    if found.sure is None and found.candidates:
        raise Ask("medicine", "ask_medicine_name", typed=typed[:40], candidates=found.candidates)
    if found.sure is None:
        raise DomainError("no_such_medicine", said=typed[:40])
    return reply("cheaper", customer=None, offers=[generics.for_medicine(found.sure)])
