"""why, resume sending: what became of a message and why, in words; and letting everything go again."""

import re
from typing import Any

from bot import who
from bot.router import MANAGERS, Reply, Turn, command, reply
from domain import explanations
from domain.errors import DomainError
from domain.people import Person
from messaging import alarms, approved, consent, policy, reach
from messaging.channels import errors
from models import Message, Phone

_NUMBER = re.compile(r"\s*#\s*(\d{1,9})\b")


@command("why", usage="why [#31 | who]")
def why(turn: Turn) -> Reply:
    """Why a message went, waits, or was not sent; of a person, what they may be sent and what they were."""
    message = _message_meant(turn)
    if message is not None:
        explanations.check_open(message, turn.speaker)
        return reply("why_message", **_about(message))
    stopped = _what_stops(turn)
    is_about_all = not turn.words and "who" not in turn.given
    if is_about_all and (any(stopped.values()) or who.last(turn) is None):
        return reply("why_nothing", **stopped)
    person = who.find(turn)
    if person.phone is None:
        raise DomainError("no_phone", person=person)
    return reply("why_person", **_standing(turn, person, person.phone))


@command("resume sending", "resume messages", usage="resume sending", roles=MANAGERS)
def resume_sending(turn: Turn) -> Reply:
    """Send again after an alarm: what stopped it is mended."""
    if alarms.standing(turn.company) or alarms.braked(turn.company):
        return reply("sending_resumed", waited=alarms.lift(turn.company))
    return reply("why_nothing", **_what_stops(turn))


def _message_meant(turn: Turn) -> Message | None:
    if not turn.words and turn.replied_to is not None:
        return turn.replied_to
    number = _NUMBER.match(turn.words)
    return explanations.numbered(turn.company, int(number[1])) if number else None


def _what_stops(turn: Turn) -> dict[str, Any]:
    """What stops this company's messages at present: sentences of errors, templates, and how many wait."""
    trouble = [errors.meaning(sender.stopped_by).sentence for sender in alarms.standing(turn.company)]
    templates = approved.in_trouble(turn.company)
    braked = alarms.braked(turn.company)
    waiting = alarms.waiting(turn.company) if trouble or templates or braked else 0
    unknown = alarms.unknown_errors(turn.company)
    return {
        "trouble": trouble,
        "templates": templates,
        "braked": braked,
        "unknown": unknown,
        "waiting": waiting,
    }


def _about(message: Message) -> dict[str, Any]:
    needs = {"reminder": consent.REMINDERS, "promotion": consent.PROMOTIONS}.get(message.kind)
    return {
        "message": message,
        "whom": explanations.whom(message),
        "cause": explanations.cause(message),
        "agreed": consent.basis(message.phone, needs) if needs else None,
        "reason": _reason(message.reason),
        "error": f"error_{errors.meaning(message.error_code).sentence}" if message.error_code else "",
    }


def _reason(reason: str | None) -> str:
    """The template that says why a message waits or was not sent; Twilio's codes have their own."""
    return "" if reason is None or reason.startswith("twilio_") else f"reason_{reason}"


def _standing(turn: Turn, person: Person, phone: Phone) -> dict[str, Any]:
    return {
        "person": person,
        "reach": reach.standing(phone, turn.at),
        "may_write": policy.window_open(phone, turn.at),
        "reminders": consent.basis(phone, consent.REMINDERS),
        "promotions": consent.basis(phone, consent.PROMOTIONS),
        "messages": explanations.latest(phone),
        "trouble": _what_stops(turn)["trouble"],
    }
