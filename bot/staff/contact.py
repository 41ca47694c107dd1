"""contact, converted, yellow, inactive: where a lead stands."""

from collections.abc import Callable

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import money
from domain import contacts, interactions
from domain.errors import DomainError
from models import Contact


@command("contact", "lead", "who is", usage="contact [who]")
def show_contact(turn: Turn) -> Reply:
    """Who this is, where they stand and what was said last."""
    person = who.find(turn, alone=True)
    return reply("contact", person=person, contact=person.contact, talks=interactions.of(person, limit=3))


@command("converted", "convert", usage="converted [who] [amount]")
def convert(turn: Turn) -> Reply:
    """They bought."""
    contact = _contact(turn)
    said = turn.given.get("amount") or turn.words
    if not said:
        raise Ask("amount", "ask_amount", contact=contact)
    value = money.amount(said)
    if value is None:
        raise DomainError("amount", said=said[:40])
    contacts.convert(contact, at=turn.at, staff=turn.speaker, value=value)
    return reply("converted", changed="conversion", contact=contact)


@command("yellow", usage="yellow [who] [why]")
def yellow(turn: Turn) -> Reply:
    """They came but bought nothing."""
    return _marked(turn, contacts.mark_yellow, "yellow")


@command("inactive", "not interested", usage="inactive [who] [why]")
def inactive(turn: Turn) -> Reply:
    """They are not interested."""
    return _marked(turn, contacts.mark_inactive, "inactive")


def _marked(turn: Turn, mark: Callable[..., Contact], template: str) -> Reply:
    contact = _contact(turn)
    mark(contact, at=turn.at, why=turn.words)
    return reply(template, changed=f"{template} mark", contact=contact, why=turn.words)


def _contact(turn: Turn) -> Contact:
    person = who.find(turn)
    if person.contact is None:
        raise DomainError("not_a_contact", person=person)
    return person.contact
