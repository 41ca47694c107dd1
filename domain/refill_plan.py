"""When a supply runs out and what is said before and after it: pure arithmetic on local dates (DESIGN §7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import company_settings
from models import Company, RefillReminder

DUE = "due"
OVERDUE = "overdue"
CALL = "call"
LAST = "last"
# Those that say something, each once; a call is a person's.
WRITTEN = (DUE, OVERDUE, LAST)
# What the customer asked for: "remind me on Friday".
LATER = "later"

# Nothing that is older than this is said any more after the clock stood still.
TOO_OLD = timedelta(days=7)
# After a reminder on a day the customer chose, the ladder rests for so long.
REST = timedelta(days=3)


@dataclass(frozen=True)
class Step:
    """One rung of the ladder and the local date it may happen on."""

    name: str
    on: date

    @property
    def is_message(self) -> bool:
        """All but the call."""
        return self.name != CALL

    @property
    def is_limited(self) -> bool:
        """Counts among the messages of a cycle; one that was asked for always goes."""
        return self.name not in (CALL, LATER)


def today(company: Company, at: datetime) -> date:
    """The date in the company's zone: 19:00 UTC is tomorrow in India."""
    return at.astimezone(ZoneInfo(company.timezone)).date()


def ladder(company: Company, out: date) -> list[Step]:
    """All steps around the day it runs out, in their order; each number is a setting of the company."""
    setting = company_settings.get
    steps = [
        Step(DUE, out - timedelta(days=setting(company, "remind_days_before"))),
        Step(OVERDUE, out + timedelta(days=setting(company, "overdue_days_after"))),
        Step(CALL, out + timedelta(days=setting(company, "call_days_after"))),
        Step(LAST, out + timedelta(days=setting(company, "last_days_after"))),
    ]
    return sorted(steps, key=lambda step: step.on)


def put_on_ladder(reminder: RefillReminder, out: date, after: date) -> None:
    """Let it run out on `out` and go on with the first step later than `after`; saved by the caller."""
    company = reminder.company
    reminder.runs_out_on = out
    reminder.reminder_on = out - timedelta(days=company_settings.get(company, "show_days_before"))
    go_on_with(reminder, next((step for step in ladder(company, out) if step.on > after), None))


def go_on_with(reminder: RefillReminder, step: Step | None) -> None:
    """Make `step` the next one; None: nothing more is to come."""
    reminder.next_step = step.name if step else None
    reminder.next_step_on = step.on if step else None


def steps_from_now(reminder: RefillReminder) -> list[Step]:
    """The next step and those after it, as far as they may still happen: messages up to the limit."""
    if reminder.next_step is None or reminder.next_step_on is None:
        return []
    company = reminder.company
    first = Step(reminder.next_step, reminder.next_step_on)
    rest = first.on + REST if first.name == LATER else first.on + timedelta(days=1)
    steps = [first, *(step for step in ladder(company, reminder.runs_out_on) if step.on >= rest)]
    if reminder.messages_sent >= most_messages(reminder):
        return [step for step in steps if not step.is_limited]
    return steps


def most_messages(reminder: RefillReminder) -> int:
    """Automatic messages at most for this supply: fewer for who has not answered for some cycles."""
    setting = company_settings.get
    most: int = setting(reminder.company, "messages_per_cycle")
    quiet = setting(reminder.company, "silent_cycles")
    if quiet is None or reminder.silent_cycles < quiet:
        return most
    return min(most, setting(reminder.company, "messages_when_silent"))


def silent_cycles_after(before: RefillReminder | None) -> int:
    """Cycles in a row in which we wrote and nobody answered, counted for the supply that follows `before`."""
    if before is None or before.answered_at is not None:
        return 0
    return before.silent_cycles + int(before.messages_sent > 0)


def reached(reminder: RefillReminder, on: date) -> Step | None:
    """The newest step due on that day; older ones, and one more than a week old, are not made up for."""
    due = [step for step in steps_from_now(reminder) if step.on <= on]
    return due[-1] if due and due[-1].on >= on - TOO_OLD else None


def is_missed(reminder: RefillReminder, on: date) -> bool:
    """Whether everything due lies so far back that no message fits any more: then a person is to call."""
    due = [step for step in steps_from_now(reminder) if step.on <= on]
    return bool(due) and due[-1].on < on - TOO_OLD


def following(reminder: RefillReminder, on: date, said: str = "") -> Step | None:
    """The first step later than that day, `said` left out because it has just happened."""
    return next((step for step in steps_from_now(reminder) if step.on > on and step.name != said), None)


def baskets(waiting: list[RefillReminder], on: date) -> Iterator[tuple[Step | None, list[RefillReminder]]]:
    """What is due on that day for one phone; what runs out within days of each other goes together.

    What was missed for so long that no message fits is a call; with None there is nothing to do but to go on.
    `waiting` are its open ones, the first to run out first; whoever takes a basket moves it on.
    """
    if missed := [one for one in waiting if is_missed(one, on)]:
        yield Step(CALL, on), missed
    waiting = [one for one in waiting if one not in missed]
    while first := next((one for one in waiting if _is_due(one, on)), None):
        waiting.remove(first)
        step = reached(first, on)
        others = [one for one in waiting if step is not None and _goes_with(first, one, step, on)]
        waiting = [one for one in waiting if one not in others]
        yield step, [first, *others]


def _is_due(reminder: RefillReminder, on: date) -> bool:
    return reminder.next_step_on is not None and reminder.next_step_on <= on


def _goes_with(first: RefillReminder, other: RefillReminder, step: Step, on: date) -> bool:
    """Whether both are one basket: they run out within days of each other and go on together."""
    near = timedelta(days=company_settings.get(first.company, "basket_days"))
    if abs(other.runs_out_on - first.runs_out_on) > near:
        return False
    # What a customer asked for is not brought forward.
    same_step = other.next_step == step.name and step.name != LATER
    return same_step or _is_due(other, on)
