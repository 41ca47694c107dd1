"""tasks, next, done, remind, followups: the day of a member of staff."""

import re

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.staff import script
from bot.text import moments
from bot.text.names import name_at_start
from domain import follow_ups, generics, interactions, tasks
from domain.errors import DomainError
from domain.generics import Offer
from domain.tasks import Task

# So many lines fit a phone's screen.
_SHOWN = 8
# "remind me at 5 to call Sita".
_ME = re.compile(r"^(?:me|us|mujhe)\b[\s,:]*", re.IGNORECASE)
_TO_CALL = re.compile(r"(?:to\s+)?(?P<what>call|phone|ring)\s+(?P<who>.+)", re.IGNORECASE)
# Tasks for which a customer is called, by a script.
_BY_SCRIPT = (*follow_ups.CALLS, "promise", "expected_visit")


@command("tasks", "task", "my tasks", "today", usage="tasks")
def show_tasks(turn: Turn) -> Reply:
    """What is to be done today, the most urgent first."""
    day = tasks.ranked(turn.speaker, turn.at)
    shown = tasks.read(day[:_SHOWN], turn.at)
    return reply("tasks", tasks=list(shown.values()), more=max(0, len(day) - _SHOWN))


@command("next", usage="next")
def show_next(turn: Turn) -> Reply:
    """The most urgent thing, with what one should know for it."""
    day = tasks.ranked(turn.speaker, turn.at)
    if not day:
        return reply("nothing_to_do")
    [task] = tasks.read(day[:1], turn.at).values()
    who.remember_task(turn, task.follow_up)
    if task.person.contact or task.person.customer:
        who.remember(turn, task.person)
    latest = interactions.of(task.person, limit=1) if task.person.contact or task.person.customer else []
    spoken = None
    if task.kind in _BY_SCRIPT and task.person.customer:
        _, spoken = script.open_script(turn, task.person)
    last = latest[0] if latest else None
    offers = _cheaper(turn, task)
    return reply("next", task=task, latest=last, left=len(day) - 1, spoken=spoken, offers=offers)


def _cheaper(turn: Turn, task: Task) -> list[Offer]:
    """For somebody who finds it too costly: what the pharmacist may offer."""
    customer = task.person.customer
    return generics.for_customer(customer, turn.at) if task.kind == "cost" and customer else []


@command("done", usage="done [#3]")
def tick_off(turn: Turn) -> Reply:
    """Tick off a task."""
    turn.words = turn.given.get("number", turn.words)
    number = who.serial(turn)
    if number is None and not turn.words.strip():
        number = who.last_task(turn)
    if number is None:
        raise Ask("number", "ask_task_number")
    task = follow_ups.done(turn.company, number, staff=turn.speaker, at=turn.at)
    return reply("task_done", changed=f"#{number} done", task=task, person=follow_ups.whom(task))


@command("remind", usage="remind [who] tomorrow 5pm call back")
def remind(turn: Turn) -> Reply:
    """Promise a follow-up."""
    turn.words = _ME.sub("", turn.words, count=1)
    when = _cut_when_to_call(turn)
    person = who.find(turn)
    said = turn.given.get("when") or f"{when} {turn.words}".strip()
    if not said:
        raise Ask("when", "ask_when", free=True, person=person)
    read = moments.moment(said, turn.at, turn.company.timezone)
    if read is None:
        raise DomainError("no_moment", said=said[:40])
    due_at, notes = read
    task = follow_ups.remind(person, due_at, notes, staff=turn.speaker, at=turn.at)
    return reply("reminder_set", changed="reminder", task=task, person=person)


def _cut_when_to_call(turn: Turn) -> str:
    """Of "at 5 to call Sita about her sugar": "at 5 call", which is cut off."""
    read = moments.moment(turn.words, turn.at, turn.company.timezone)
    called = _TO_CALL.fullmatch(read[1]) if read else None
    if called is None or not (who.begins_with_somebody(turn, called["who"]) or name_at_start(called["who"])):
        return ""
    when, turn.words = turn.words.removesuffix(called[0]).strip(), called["who"]
    return f"{when} {called['what']}"


@command("followups", "follow ups", usage="followups")
def show_follow_ups(turn: Turn) -> Reply:
    """Every follow-up promised, those of the coming days included."""
    promised = follow_ups.promised_by(turn.speaker)
    lines = [(task, follow_ups.whom(task)) for task in promised[:_SHOWN]]
    return reply("follow_ups", lines=lines, more=max(0, len(promised) - _SHOWN))
