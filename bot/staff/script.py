"""script and outcome: what to say in a call, and how it ended."""

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import answers, moments, outcomes
from domain import call_outcomes, call_scripts, people, tasks
from domain.call_outcomes import Ended
from domain.errors import DomainError
from domain.people import Person
from messaging import call_scripts as in_words
from messaging.call_scripts import Spoken
from models import CallScript


@command("script", "call script", usage="script [who]")
def show_script(turn: Turn) -> Reply:
    """What to say to a customer, from all that is known now."""
    person = who.find(turn, alone=True)
    script, spoken = open_script(turn, person)
    return reply("script", person=person, priority=script.priority, spoken=spoken)


@command("outcome", "call outcome", usage="outcome [who] will come|call later|bought|refused|moved …")
def record_outcome(turn: Turn) -> Reply:
    """How the call by the script ended."""
    person = who.find(turn)
    script = call_scripts.current(people.customer_of(person), turn.at)
    if script is None:
        raise DomainError("no_such_script", person=person)
    ended = _ended(turn, person)
    task = call_outcomes.record(script, ended, staff=turn.speaker, at=turn.at)
    seen = tasks.seen(task) if task else None
    facts = {"person": person, "outcome": ended.outcome, "days": ended.days, "task": seen}
    return Reply("outcome_noted", facts, "outcome")


def open_script(turn: Turn, person: Person) -> tuple[CallScript, Spoken]:
    """The script by which this member of staff calls now, in words they may read."""
    script = call_scripts.make(people.customer_of(person), staff=turn.speaker, at=turn.at)
    content = call_scripts.opened(script, staff=turn.speaker, at=turn.at)
    return script, in_words.words(content, turn.language, zone=turn.company.timezone, at=turn.at)


def _ended(turn: Turn, person: Person) -> Ended:
    said = turn.words or turn.given.get("outcome", "")
    if not said:
        raise Ask("outcome", "ask_outcome", free=True, person=person)
    read = outcomes.outcome(said) or _with_day_first(turn, said)
    if read is None:
        raise DomainError("call_outcome", said=said[:40])
    outcome, rest = read
    moment = moments.moment(rest, turn.at, turn.company.timezone)
    when, notes = moment if moment else (None, rest)
    days = _days(turn, outcome, rest)
    return Ended(outcome, notes, when, days)


def _with_day_first(turn: Turn, said: str) -> tuple[str, str] | None:
    """ "kal aayega" is "aayega kal"."""
    moment = moments.moment(said, turn.at, turn.company.timezone)
    read = outcomes.outcome(moment[1]) if moment else None
    if moment is None or read is None:
        return None
    day = said.removesuffix(moment[1]).strip()
    return read[0], f"{day} {read[1]}".strip()


def _days(turn: Turn, outcome: str, notes: str) -> int | None:
    if outcome != "still_has_stock":
        return None
    days = answers.days(turn.given.get("days") or notes)
    if days is None:
        raise Ask("days", "ask_stock_left", free=True)
    return days
