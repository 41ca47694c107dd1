"""rx: what a doctor wrote, in one line or question by question; `rx who` shows what is known."""

import re
from dataclasses import replace
from datetime import date

from bot import records, which_medicine, who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import answers, everyday, prescribed
from bot.text.prescribed import Line, Said
from domain import doses, medical_access, people, prescription_photos, prescriptions, refill_plan
from domain.errors import DomainError
from domain.people import Person
from domain.prescriptions import Prescribed, Written
from models import Customer

_ASKED_FOR_DAY = {"follow_up": "ask_rx_follow_up", "on": "ask_rx_on"}
# So many fit a phone's screen.
_SHOWN = 4


@command(
    "rx",
    "prescription",
    "prescriptions",
    usage="rx [who] Dr Smith Hypertension: Amlodipine 5 once daily 30 days 30 tabs; followup 15 Feb",
)
def write_down(turn: Turn) -> Reply:
    """Record a prescription; without one, show those there are."""
    customer = people.customer_of(_patient(turn))
    medical_access.check(customer, turn.speaker)
    if records.is_shown(turn):
        return _shown(turn, customer)
    return _recorded(turn, customer, _written(turn))


def _patient(turn: Turn) -> Person:
    # "Dr Smith" is the doctor, not a customer of that name.
    if prescribed.starts_with_doctor(turn.words) and "who" not in turn.given and (last := who.last(turn)):
        return last
    return who.find(turn)


def _shown(turn: Turn, customer: Customer) -> Reply:
    known = prescriptions.of(customer, staff=turn.speaker, at=turn.at)
    more = max(0, len(known) - _SHOWN)
    return reply("prescriptions", customer=customer, prescriptions=known[:_SHOWN], more=more)


def _recorded(turn: Turn, customer: Customer, written: Written) -> Reply:
    photo = prescription_photos.waiting_of(customer)
    written = replace(written, media=photo.media if photo else None)
    try:
        recorded = prescriptions.record(
            customer, written, staff=turn.speaker, at=turn.at, again=_is_meant(turn)
        )
    except DomainError as refusal:
        if refusal.code != "rx_repeated":
            raise
        if answers.is_skip(turn.given.get("again", "")):
            return reply("dropped")
        raise Ask("again", "ask_rx_again", **refusal.facts) from None
    if photo:
        prescription_photos.written_down(photo, staff=turn.speaker, at=turn.at)
    return reply(
        "rx_recorded",
        f"prescription #{recorded.prescription.serial}",
        recorded=recorded,
        customer=customer,
        photo=photo,
        unclear=_unclear(recorded),
    )


def _is_meant(turn: Turn) -> bool:
    return answers.is_yes(turn.given.get("again", ""))


def _unclear(recorded: prescriptions.Recorded) -> list[str]:
    """The medicines of which nobody can tell how much is taken in a day."""
    return [
        line.medicine_name
        for line in recorded.medicines
        if doses.per_day(line.frequency) is None and not doses.is_as_needed(line.frequency)
    ]


def _written(turn: Turn) -> Written:
    """The whole prescription; asks for what is missing, one thing at a time."""
    today = refill_plan.today(turn.company, turn.at)
    said = prescribed.prescription(turn.words, today)
    lines = _lines(turn, said, today)
    _complete_head(turn, said)
    chronic = said.is_chronic if said.is_chronic is not None else prescribed.is_chronic(said.condition)
    return Written(
        tuple(_complete(turn, n, line) for n, line in enumerate(lines, 1)),
        on=_day(turn, said, "on", today),
        doctor_name=said.doctor,
        doctor_phone=said.doctor_phone,
        condition_name=said.condition,
        is_chronic=chronic,
        next_follow_up_on=_follow_up(turn, said, today, is_asked=chronic),
        repeats=said.repeats,
        notes=said.notes,
    )


def _lines(turn: Turn, said: Said, today: date) -> list[Line]:
    if said.lines:
        return said.lines
    answer = turn.given.get("medicines", "")
    if not answer or _is_no_name(answer) or answers.is_skip(answer):
        raise Ask("medicines", "ask_rx_medicines", free=True, said=answer[:60])
    return prescribed.prescription(":" + answer, today).lines


def _complete_head(turn: Turn, said: Said) -> None:
    if said.unclear_head or not (said.doctor or said.condition):
        said.doctor, said.condition = _doctor_and_condition(turn, said)
    if not said.condition:
        answer = turn.given.get("condition")
        if answer is None or _is_no_name(answer):
            raise Ask("condition", "ask_rx_condition", free=True, doctor=said.doctor, said=answer)
        said.condition = "" if answers.is_skip(answer) else answer.strip()[:100]


def _doctor_and_condition(turn: Turn, said: Said) -> tuple[str, str]:
    answer = turn.given.get("doctor")
    if answer is None:
        raise Ask("doctor", "ask_rx_doctor", free=True, said=said.unclear_head)
    if answers.is_skip(answer):
        return "", ""
    found = prescribed.doctor_and_condition(answer)
    if found is None:
        raise Ask("doctor", "ask_rx_doctor", free=True, said=answer[:60])
    if _is_no_name(answer) or re.search(r"\d", found[0] or found[1]):
        raise Ask("doctor", "ask_rx_doctor", free=True, said="")
    # An answer of a name alone is the doctor's: the doctor was asked for.
    return found if found[0] or "," in answer else (f"Dr {found[1]}", "")


def _is_no_name(answer: str) -> bool:
    return everyday.is_nothing_else(answer) or answers.is_yes(answer)


def _complete(turn: Turn, n: int, line: Line) -> Prescribed:
    known = which_medicine.meant(turn, f"medicine_{n}", line.name)
    often = line.frequency or _often(turn, n, line)
    days = line.days
    if days is None and line.quantity is None and not doses.is_as_needed(often):
        days = _days(turn, n, line)
    return Prescribed(
        known.name if known else line.name,
        dosage=prescribed.strength(line.name) or (known.strength or "" if known else ""),
        frequency=often,
        duration_days=days,
        quantity=line.quantity,
        instructions=line.instructions,
    )


def _often(turn: Turn, n: int, line: Line) -> str:
    said = turn.given.get(f"often_{n}")
    if said is None:
        raise Ask(f"often_{n}", "ask_rx_often", medicine=line.name, said="")
    if answers.is_skip(said):
        return ""
    if doses.per_day(said) is None and not doses.is_as_needed(said):
        raise Ask(f"often_{n}", "ask_rx_often", medicine=line.name, said=said[:40])
    return said.strip()


def _days(turn: Turn, n: int, line: Line) -> int | None:
    said = turn.given.get(f"days_{n}")
    if said is not None and answers.is_skip(said):
        return None
    days = prescribed.days_said(said) if said else None
    if days is None or not 0 < days <= prescriptions.LONGEST_DAYS:
        raise Ask(f"days_{n}", "ask_rx_days", medicine=line.name, said=(said or "")[:40])
    return days


def _follow_up(turn: Turn, said: Said, today: date, *, is_asked: bool) -> date | None:
    if said.follow_up_on is None and not is_asked and not _is_unread(said, "follow_up"):
        return None
    return _day(turn, said, "follow_up", today, ahead=True)


def _day(turn: Turn, said: Said, slot: str, today: date, *, ahead: bool = False) -> date | None:
    """The day that was said, or answered; a day that is none is asked for until it is one."""
    known = said.follow_up_on if ahead else said.on
    if known is not None or (not ahead and not _is_unread(said, slot)):
        return known
    answer = turn.given.get(slot)
    if answer is not None and answers.is_skip(answer):
        return None
    found = prescribed.day(answer, today, ahead=ahead) if answer else None
    if found is None:
        words = answer or (said.unread[1] if said.unread and _is_unread(said, slot) else "")
        raise Ask(slot, _ASKED_FOR_DAY[slot], free=True, said=words[:40])
    return found


def _is_unread(said: Said, slot: str) -> bool:
    return bool(said.unread and said.unread[0] == slot)
