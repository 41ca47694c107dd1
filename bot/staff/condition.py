"""condition: what a customer lives with, in one line or question by question; `condition who` shows it."""

import re
from datetime import date

from bot import records, which_medicine, who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import answers, described, prescribed
from bot.text.described import Said
from domain import conditions, medical_access, monitoring, people, refill_plan
from domain.conditions import Described
from domain.errors import DomainError
from messaging.words import plain
from models import Customer, FollowUp, MedicalCondition

_SKIPS = answers.SKIPS | {"never"}
_OVER = re.compile(r"(?i)\s*(?:resolved|cured|over|ended|ठीक)\s*[.!]?\s*")
_CHECKED = re.compile(
    r"(?i)\s*(?:checked|tested|check-?\s?up done)\b\s*(?:on)?\s*(?P<day>[^,;]*?)"
    r"(?:[,;]?\s*\bnext\b\s*(?P<next>.+))?"
)


@command(
    "condition",
    "conditions",
    usage="condition [who] Type 2 Diabetes chronic moderate, check monthly, on Metformin",
)
def write_down(turn: Turn) -> Reply:
    """Record a condition, or what became of one; without words, show those there are."""
    known = _numbered(turn)
    if known is not None:
        return _followed(turn, known)
    customer = people.customer_of(who.find(turn))
    medical_access.check(customer, turn.speaker)
    if records.is_shown(turn):
        return _shown(turn, customer)
    condition = conditions.record(customer, _described(turn), staff=turn.speaker, at=turn.at)
    return _told(condition, "condition_recorded", f"condition #{condition.serial}")


def _numbered(turn: Turn) -> MedicalCondition | None:
    """The condition that `#45` is, which is cut off."""
    match = re.match(r"\s*#\s*(\d{1,9})\b[\s:,.-]*", turn.words)
    known = conditions.numbered(turn.speaker, int(match[1])) if match else None
    if match and known is not None:
        turn.words = turn.words[match.end() :]
    return known


def _shown(turn: Turn, customer: Customer) -> Reply:
    known = conditions.of(customer, staff=turn.speaker, at=turn.at)
    return reply("conditions", customer=customer, conditions=known)


def _followed(turn: Turn, condition: MedicalCondition) -> Reply:
    """What became of it: over, looked at, or in words how it goes."""
    said = turn.words or turn.given.get("progress", "")
    checked = _CHECKED.fullmatch(said)
    if not said:
        medical_access.open_record(condition.customer, staff=turn.speaker, at=turn.at)
        raise Ask("progress", "ask_condition_progress", free=True, condition=condition)
    if _OVER.fullmatch(said):
        conditions.resolve(condition, staff=turn.speaker, at=turn.at)
    elif checked:
        _looked_at(turn, condition, checked)
    else:
        conditions.note_progress(condition, said, staff=turn.speaker, at=turn.at)
    return _told(condition, "condition_noted", f"condition #{condition.serial}")


def _looked_at(turn: Turn, condition: MedicalCondition, checked: re.Match[str]) -> None:
    today = refill_plan.today(turn.company, turn.at)
    on = _day(checked["day"], today, ahead=False) if checked["day"].strip() else today
    next_on = _day(checked["next"], today, ahead=True) if checked["next"] else None
    conditions.checkup_done(condition, on, staff=turn.speaker, at=turn.at, next_on=next_on)


def _day(words: str, today: date, *, ahead: bool) -> date:
    found = prescribed.day(words, today, ahead=ahead)
    if found is None:
        raise DomainError("no_day", said=words.strip()[:40])
    return found


def _told(condition: MedicalCondition, template: str, changed: str) -> Reply:
    task = FollowUp.get_or_none(FollowUp.cause == conditions.cause_of(condition), FollowUp.state == "open")
    return reply(template, changed, condition=condition, customer=condition.customer, task=task)


def _described(turn: Turn) -> Described:
    """The whole condition; asks for what is missing, one thing at a time."""
    today = refill_plan.today(turn.company, turn.at)
    said = described.condition(turn.words, today)
    if said.unread:
        raise DomainError("no_day", said=said.unread[1][:40])
    if not said.name:
        said.name = _answer(turn, "condition_name", "ask_condition_name")
    kind = said.kind or _kind(turn, said)
    severity = said.severity or _optional(turn, "severity", "ask_condition_severity", conditions.SEVERITIES)
    return Described(
        said.name,
        kind=kind,
        severity=severity or None,
        monitoring_frequency=said.frequency or _frequency(turn, said, kind),
        primary_medicine=_medicine(turn, said.medicine),
        diagnosed_on=said.diagnosed_on,
        last_checkup_on=said.last_on,
        next_checkup_on=said.next_on,
        notes=said.notes,
    )


def _medicine(turn: Turn, typed: str) -> str:
    known = which_medicine.meant(turn, "medicine", typed) if typed else None
    return known.name if known else typed


def _kind(turn: Turn, said: Said) -> str:
    if prescribed.is_chronic(said.name):
        return "chronic"
    answer = plain(_answer(turn, "kind", "ask_condition_kind"))
    if answer not in conditions.KINDS:
        raise Ask("kind", "ask_condition_kind")
    return answer


def _frequency(turn: Turn, said: Said, kind: str) -> str:
    if kind == "acute" or said.next_on is not None:
        return ""
    answer = _answer(turn, "frequency", "ask_condition_frequency")
    if plain(answer) in _SKIPS:
        return ""
    if monitoring.interval(answer) is None:
        raise Ask("frequency", "ask_condition_frequency")
    return answer


def _answer(turn: Turn, slot: str, template: str) -> str:
    if slot not in turn.given:
        raise Ask(slot, template)
    return turn.given[slot].strip()


def _optional(turn: Turn, slot: str, template: str, allowed: tuple[str, ...]) -> str:
    answer = plain(_answer(turn, slot, template))
    if answer in _SKIPS:
        return ""
    if answer not in allowed:
        raise Ask(slot, template)
    return answer
