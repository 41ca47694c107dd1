"""refills and refill: who runs out, and what became of a reminder."""

import re

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import durations, numbers
from domain import people, refill_cycles, refill_ladder, refill_plan, refills, scopes, strengths
from domain.errors import DomainError
from domain.refills import Wanted
from messaging.words import plain
from models import RefillReminder

# So many lines fit a phone's screen.
_SHOWN = 10
# How far ahead we look when nothing is due today.
_WEEK = 7
_FURTHEST = 90
_SPOKEN = {"tomorrow": 1, "kal": 1, "this week": 7, "next week": 7, "this month": 30, "next month": 30}

_MARKS = {
    "called": "called call phoned rang",
    "responded": "responded answered replied",
    "purchased": "purchased bought sold",
    "elsewhere": "elsewhere",
    "replaced": "replaced replace instead",
    "send": "send sent notify remind whatsapp",
}
_MARK_OF = {word: mark for mark, words in _MARKS.items() for word in words.split()}


@command("refills", "due", "refills due", usage="refills [7]")
def show_refills(turn: Turn) -> Reply:
    """Who runs out by then, of those this member of staff sees, overdue ones first."""
    days, theirs = _ahead(turn.words), Wanted(seen_by=turn.speaker)
    on = refill_plan.today(turn.company, turn.at)
    due = refills.due(turn.company, on, days, limit=_SHOWN, where=theirs)
    count = refills.count_due(turn.company, on, days, theirs)
    soon = refills.count_due(turn.company, on, _WEEK, theirs)
    return reply("refills", due=due, days=days, more=count - len(due), soon=soon)


@command("refill", usage="refill #4 called|responded|purchased|send|elsewhere|replaced")
def mark_refill(turn: Turn) -> Reply:
    """What became of a reminder; without a word it is shown."""
    reminder = _reminder(turn)
    scopes.check(turn.speaker, reminder.customer)
    who.remember(turn, people.of_customer(reminder.customer))
    mark = next((_MARK_OF[word] for word in plain(turn.words).split() if word in _MARK_OF), None)
    if mark is None:
        if turn.words.strip():
            raise DomainError("refill_mark", said=turn.words[:40], serial=reminder.serial)
        return _shown(turn, reminder)
    return _marked(turn, reminder, mark)


def _ahead(words: str) -> int:
    said = plain(words).removeprefix("due ")
    match = re.search(r"\d+", said)
    days = durations.days(words) or _SPOKEN.get(said) or (int(match[0][:4]) if match else numbers.whole(said))
    return min(days or 0, _FURTHEST)


def _reminder(turn: Turn) -> RefillReminder:
    turn.words = turn.given.get("number", "") + " " + turn.words if "number" in turn.given else turn.words
    number = who.serial(turn)
    if number is not None:
        return refills.numbered(turn.company, number)
    person = who.named(turn) or who.last(turn)
    theirs = refills.of_customer(person.customer) if person and person.customer else []
    if len(theirs) != 1:
        raise Ask("number", "ask_refill_number", person=person, reminders=theirs)
    return theirs[0]


def _shown(turn: Turn, reminder: RefillReminder) -> Reply:
    left = (reminder.runs_out_on - refill_plan.today(turn.company, turn.at)).days
    return reply("refill", reminder=reminder, days_left=left, ended_by=refills.ended_by(reminder))


def _marked(turn: Turn, reminder: RefillReminder, mark: str) -> Reply:
    renewed = message = None
    if mark == "called":
        refills.called(reminder, at=turn.at)
    elif mark == "responded":
        refills.responded(reminder, at=turn.at)
    elif mark == "purchased":
        renewed = refill_cycles.purchased(reminder, at=turn.at)
    elif mark == "elsewhere":
        refills.bought_elsewhere(reminder, at=turn.at)
    elif mark == "replaced":
        strengths.replaced(reminder, at=turn.at)
    else:
        message = refill_ladder.notify(reminder, at=turn.at)
    changed = f"refill #{reminder.serial} {mark}"
    return reply("refill_marked", changed, mark=mark, reminder=reminder, renewed=renewed, message=message)
