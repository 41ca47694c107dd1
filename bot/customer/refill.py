"""What a customer answers to a refill reminder, by button or in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NoReturn

from bot.router import Ask, NotMeant, Reply, Turn, question, reply
from bot.text import answers, moments
from domain import customers, questions, refill_answers
from domain.errors import DomainError
from models import Message, RefillReminder

# A bare yes or no counts as an answer to a reminder that is not older.
_YES_WITHIN = timedelta(days=7)
# So many words may stand before the day: "please remind me again on Friday".
_LEAD = 5
# Which answer asks for which fact.
_ASKED_BY = {"when": "later", "days": "have_stock"}


@question("keep_ready")
def keep_ready(turn: Turn) -> Reply:
    """Staff prepare it for pick-up."""
    reminders = _meant(turn)
    if refill_answers.keep_ready(reminders, at=turn.at, cause=_cause(turn)) is None:
        until = min(one.reserved_until for one in reminders if one.reserved_until)
        return _thanks(turn, "refill_set_aside", reminders, on=until)
    return _thanks(turn, "refill_kept_ready", reminders)


@question("yes")
def yes(turn: Turn) -> Reply:
    """Yes to a reminder is: keep it ready."""
    _must_answer_a_reminder(turn)
    return keep_ready(turn)


@question("no")
def no(turn: Turn) -> Reply:
    """No to a reminder: why, so that we know when to ask again."""
    _must_answer_a_reminder(turn)
    return _thanks(turn, "refill_no", _meant(turn))


@question("later")
def later(turn: Turn) -> Reply:
    """Not now: when shall we remind?"""
    reminders = _meant(turn)
    said = turn.given.get("when", turn.text)
    when = _moment(turn, said)
    if when is None or not turn.at <= when <= turn.at + refill_answers.FURTHEST:
        _ask(turn, "when", "ask_refill_when")
    on = refill_answers.later(reminders, when, at=turn.at)
    return _thanks(turn, "refill_later", reminders, on=on)


@question("have_stock")
def have_stock(turn: Turn) -> Reply:
    """Some is left: for how many days?"""
    reminders = _meant(turn)
    days = answers.days(turn.given.get("days", turn.text))
    if days is None:
        _ask(turn, "days", "ask_refill_days")
    out = refill_answers.have_stock(reminders, days, at=turn.at)
    return _thanks(turn, "refill_have_stock", reminders, on=out)


@question("bought_elsewhere")
def bought_elsewhere(turn: Turn) -> Reply:
    """They have it from another shop; a bare "le li" says so only in answer to a reminder."""
    _must_answer_a_reminder(turn, refill_answers.ANSWERED_WITHIN)
    reminders = _meant(turn)
    refill_answers.bought_elsewhere(reminders, at=turn.at)
    return _thanks(turn, "refill_bought_elsewhere", reminders)


@question("person")
def person(turn: Turn) -> Reply:
    """Somebody of the shop writes to them."""
    questions.pass_on(turn.phone, turn.text, at=turn.at, cause=_cause(turn))
    return reply("passed_on")


@question("wrong_person")
def wrong_person(turn: Turn) -> Reply:
    """Somebody else has this number now."""
    refill_answers.wrong_number(turn.phone, at=turn.at, cause=_cause(turn))
    return reply("refill_wrong_person")


def _registered(kind: str) -> Callable[[Turn], Reply]:
    @question(kind)
    def because(turn: Turn) -> Reply:
        reminders = _meant(turn)
        refill_answers.reason(reminders, kind, at=turn.at, cause=_cause(turn))
        return _thanks(turn, f"refill_{kind}", reminders)

    return because


for _kind in ("cost", "side_effects", "doctor_changed", "stopped_medicine", "moved"):
    _registered(_kind)


def _meant(turn: Turn) -> list[RefillReminder]:
    """The open reminders this is about. Words without any are read on; a button gets an answer."""
    replied_to = turn.replied_to
    if "about" in turn.given:
        replied_to = Message.get_or_none(Message.id == int(turn.given["about"]), Message.phone == turn.phone)
    reminders = refill_answers.meant(turn.phone, replied_to, turn.at)
    if not reminders:
        raise DomainError("refill_nothing_open") if turn.button else NotMeant()
    return reminders


def _must_answer_a_reminder(turn: Turn, within: timedelta = _YES_WITHIN) -> None:
    about = turn.replied_to is not None and refill_answers.is_about_refill(turn.replied_to)
    if not (turn.button or about or refill_answers.is_last_said(turn.phone, turn.at, within)):
        raise NotMeant


def _ask(turn: Turn, slot: str, template: str) -> NoReturn:
    """Ask once, and once more in other words; what is not understood then goes to a person."""
    asked = slot in turn.given
    if "again" in turn.given or (asked and _says_something_else(turn.text, slot)):
        raise NotMeant
    message = turn.replied_to or refill_answers.latest(turn.phone, turn.at)
    if message is not None:
        turn.given.setdefault("about", str(message.id))
    if asked:
        turn.given["again"] = "yes"
    raise Ask(slot, template, again=asked)


def _says_something_else(text: str, slot: str) -> bool:
    """Whether it is an answer of its own ("bought elsewhere" to "for how many days?")."""
    return answers.answer(text) not in (None, "yes", "no", _ASKED_BY[slot])


def _moment(turn: Turn, said: str) -> datetime | None:
    words = said.split()
    for start in range(min(len(words), _LEAD)):
        read = moments.moment(" ".join(words[start:]), turn.at, turn.company.timezone)
        if read is not None:
            return read[0]
    days = answers.days(said) if "when" in turn.given else None
    return turn.at + timedelta(days=days) if days else None


def _cause(turn: Turn) -> str:
    return f"message:{turn.message.id}"


def _thanks(turn: Turn, template: str, reminders: list[RefillReminder], on: date | None = None) -> Reply:
    whose = list({one.customer_id: one.customer for one in reminders}.values())
    return reply(template, first_name=customers.first_names(whose, turn.phone), on=on)
