"""How a call by a script ended, and the next step that follows from it by itself (FEATURES C6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain import call_facts, departures, follow_ups, people, refill_answers, refill_plan, refills
from domain.errors import DomainError
from models import CallScript, Customer, FollowUp, Interaction, RefillReminder, Staff

# Whether the call won what it was made for; None where that cannot be said.
SUCCESSFUL = {
    "agreed_to_visit": True,
    "call_later": None,
    "already_bought": None,
    "still_has_stock": None,
    "too_costly": False,
    "side_effects": None,
    "doctor_changed": None,
    "refused": False,
    "no_answer": False,
    "busy": False,
    "wrong_number": False,
    "moved": None,
    "died": None,
}
OUTCOMES = tuple(SUCCESSFUL)

# What a log of the call says by itself.
_OF_CALL = ("no_answer", "busy", "wrong_number")
# A person who never answers is let be after so many calls in a row.
TRIES = 3
_IN_A_ROW = timedelta(days=14)
# When one calls again if nobody said when.
_NEXT_CALL = time(11)
_DAYS_TO_COME = 2


@dataclass(frozen=True)
class Ended:
    """What was said: `when` is when to call again or to expect them, `days` how long their stock lasts."""

    outcome: str
    notes: str = ""
    when: datetime | None = None
    days: int | None = None


def record(script: CallScript, ended: Ended, *, staff: Staff, at: datetime) -> FollowUp | None:
    """Note how the call ended and do what follows; returns the task that came of it, if any.

    Raises `DomainError` `call_outcome` for what is no outcome, `outcome_known` if there is one,
    `stock_days_needed` where they still have some and nobody said for how long.
    """
    if ended.outcome not in SUCCESSFUL:
        raise DomainError("call_outcome", said=ended.outcome)
    if script.outcome is not None:
        raise DomainError("outcome_known", script=script)
    task = _NEXT[ended.outcome](script, ended, staff, at)
    script.outcome, script.outcome_notes = ended.outcome, ended.notes
    script.was_successful = SUCCESSFUL[ended.outcome]
    script.staff, script.used_at = staff, script.used_at or at
    script.interaction = script.interaction or _call_of(script, staff)
    script.save()
    return task


def note_call(interaction: Interaction, *, staff: Staff, at: datetime) -> None:
    """A call was logged: it belongs to the script that was open; that nobody answered is an outcome."""
    opened = CallScript.used_at.is_null(False) & CallScript.outcome.is_null() & (CallScript.expires_at > at)
    mine = opened & (CallScript.customer == interaction.customer)
    script = CallScript.select().where(mine).order_by(CallScript.id.desc()).first()
    if script is None:
        return
    script.interaction = interaction
    script.save()
    if interaction.call_outcome in _OF_CALL:
        record(script, Ended(interaction.call_outcome), staff=staff, at=at)


def is_open(interaction: Interaction) -> bool:
    """Whether this call was made by a script and nobody has said yet how it ended."""
    mine = (CallScript.interaction == interaction) & CallScript.outcome.is_null()
    return bool(CallScript.select().where(mine).exists())


Step = Callable[[CallScript, Ended, Staff, datetime], FollowUp | None]


def _agreed(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    """They come: what they need is kept ready, or somebody sees whether they came."""
    due = _due(script, at)
    if due:
        return refill_answers.keep_ready(due, at=at, cause=f"script:{script.id}")
    expected = ended.when or at + timedelta(days=_DAYS_TO_COME)
    return _task(script, "expected_visit", expected, ended, staff)


def _later(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    when = ended.when or _tomorrow(script, at)
    return follow_ups.remind(people.of_customer(script.customer), when, ended.notes, staff=staff, at=at)


def _bought(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    refill_answers.bought_elsewhere(_due(script, at), at=at)
    return None


def _stock(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    if ended.days is None:
        raise DomainError("stock_days_needed")
    due = _due(script, at)
    if due:
        refill_answers.have_stock(due, ended.days, at=at)
    return None


def _because(kind: str) -> Step:
    def step(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
        due = _due(script, at)
        return refill_answers.reason(due, kind, at=at, cause=f"script:{script.id}") if due else None

    return step


def _ends(because: str) -> Step:
    def step(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
        for reminder in refills.of_customer(script.customer):
            refills.end(reminder, because, at)
        return None

    return step


def _moved(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    departures.moved(script.customer, at=at)
    return None


def _died(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    departures.died(script.customer, on=refill_plan.today(script.company, at), at=at)
    return None


def _wrong_number(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    if script.customer.phone is not None:
        refill_answers.wrong_number(script.customer.phone, at=at, cause=f"script:{script.id}")
    return None


def _again(script: CallScript, ended: Ended, staff: Staff, at: datetime) -> FollowUp | None:
    """Call again tomorrow, unless nobody has answered several times."""
    waiting = list(_open_calls(script.customer))
    if _vain_calls(script.customer, at) + 1 >= TRIES:
        follow_ups.tick_off(waiting, at=at, staff=staff)
        return None
    when = ended.when or _tomorrow(script, at)
    if not waiting:
        return _task(script, "call_again", when, ended, staff)
    waiting[0].due_at = when
    waiting[0].save()
    return waiting[0]


def _open_calls(customer: Customer) -> Any:
    calls = (FollowUp.customer == customer) & (FollowUp.state == "open") & FollowUp.kind.in_(follow_ups.CALLS)
    return FollowUp.select().where(calls).order_by(FollowUp.id)


_NEXT: dict[str, Step] = {
    "agreed_to_visit": _agreed,
    "call_later": _later,
    "already_bought": _bought,
    "still_has_stock": _stock,
    "too_costly": _because("cost"),
    "side_effects": _because("side_effects"),
    "doctor_changed": _because("doctor_changed"),
    "refused": _ends("refused"),
    "no_answer": _again,
    "busy": _again,
    "wrong_number": _wrong_number,
    "moved": _moved,
    "died": _died,
}


def _task(script: CallScript, kind: str, due_at: datetime, ended: Ended, staff: Staff) -> FollowUp:
    return follow_ups.raise_task(
        script.company,
        kind,
        at=due_at,
        person=people.of_customer(script.customer),
        notes=ended.notes,
        staff=staff,
        cause=f"{kind}:script:{script.id}",
    )


def _due(script: CallScript, at: datetime) -> list[RefillReminder]:
    return call_facts.due(script.customer, refill_plan.today(script.company, at))


def _tomorrow(script: CallScript, at: datetime) -> datetime:
    zone = ZoneInfo(script.company.timezone)
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=1), _NEXT_CALL, zone)


def _vain_calls(customer: Customer, at: datetime) -> int:
    """How many of the latest calls by script reached nobody, before the first that did."""
    lately = (CallScript.customer == customer) & (CallScript.created_at > at - _IN_A_ROW)
    ended = (
        CallScript.select().where(lately, CallScript.outcome.is_null(False)).order_by(CallScript.id.desc())
    )
    outcomes = [script.outcome in ("no_answer", "busy") for script in ended]
    return outcomes.index(False) if False in outcomes else len(outcomes)


def _call_of(script: CallScript, staff: Staff) -> Interaction | None:
    """The call that was logged since the script was opened."""
    since = script.used_at or script.created_at
    calls = (Interaction.customer == script.customer) & (Interaction.kind == "call")
    made = Interaction.select().where(calls, Interaction.staff == staff, Interaction.happened_at >= since)
    return made.order_by(Interaction.id.desc()).first()
