"""reply, pause, resume: a person of the shop speaks with a customer, or has the desk keep still."""

import re
from datetime import timedelta

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import durations
from domain import departures, questions
from domain.errors import DomainError
from domain.people import Person

_PAUSE_DAYS = 30
_MANY = re.compile(
    r"(?:every(?:one|body)|all (?:customers|people|patients)|sab ?ko|sabhi ko)\b|सबको|सभी को", re.IGNORECASE
)


@command("reply", "tell", usage="reply [who] text")
def answer_customer(turn: Turn) -> Reply:
    """Send one's own words to a person."""
    if _MANY.match(turn.words):
        raise DomainError("one_person")
    person = _reachable(turn)
    text = turn.given.get("text") or turn.words
    if not text:
        raise Ask("text", "ask_reply_text", free=True, person=person)
    message = questions.reply(person, text, staff=turn.speaker, at=turn.at)
    return reply("reply_sent", changed="reply", person=person, waits=message.reason == "window_closed")


@command("pause", usage="pause [who] [14 days]")
def pause(turn: Turn) -> Reply:
    """No reminders or offers for a while."""
    person = _reachable(turn)
    days = durations.leading_days(turn.words) if turn.words else _PAUSE_DAYS
    if days is None:
        raise DomainError("no_days", said=turn.words[:40])
    until = turn.at + timedelta(days=days)
    questions.pause(person, until)
    return reply("paused", person=person, until=until)


@command("resume", usage="resume [who]")
def resume(turn: Turn) -> Reply:
    """The desk speaks with them again, with somebody said to have died by mistake as well."""
    person = _reachable(turn, alone=True)
    if person.customer is not None:
        departures.lives(person.customer, at=turn.at)
    questions.resume(person)
    return reply("resumed", person=person)


def _reachable(turn: Turn, alone: bool = False) -> Person:
    person = who.find(turn, alone=alone)
    if person.phone is None:
        raise DomainError("no_phone", person=person)
    return person
