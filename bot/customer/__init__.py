"""What customers can say: answers to our question, buttons, wishes in words; the rest reaches a person."""

import importlib
import pkgutil

from bot import router
from bot.customer import death
from bot.router import Ask, Reply, Turn
from bot.text import answers, complaints, dangers, deaths, rests, wishes
from database import db
from domain import brakes, customers, prescription_photos, questions
from domain.errors import DomainError
from models import Customer


def load() -> None:
    """Import every module here, so that what it answers is registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def answer(turn: Turn) -> Reply | None:
    """What to say to a customer, or to somebody we do not know yet; None when a person is answering."""
    urgent = death.told(turn) or _danger(turn)
    if urgent is None and brakes.is_a_machine(turn.phone, turn.at):
        _let_a_person_look(turn)
        return None
    # Whatever is said with it, a picture is kept.
    picture = _picture(turn)
    return (
        urgent
        or picture
        or _answer_to_question(turn)
        or _button(turn)
        or _answer_in_words(turn)
        or _wish(turn)
        or _rest(turn)
        or _complaint(turn)
        or _to_a_person(turn)
    )


def _let_a_person_look(turn: Turn) -> None:
    """Two machines would answer each other for ever: nobody is answered, staff are told once an hour."""
    cause = f"machine:{turn.phone.id}:{turn.at:%Y-%m-%d-%H}"
    questions.pass_on(turn.phone, turn.text, at=turn.at, cause=cause)


def _danger(turn: Turn) -> Reply | None:
    if dangers.danger(turn.text) is None and deaths.said(turn.text) is None:
        return None
    questions.call_a_person_now(turn.phone, turn.text, at=turn.at, cause=f"message:{turn.message.id}")
    return router.reply("danger")


def _picture(turn: Turn) -> Reply | None:
    """A picture answers no question of ours: it may be a prescription, and a pharmacist looks at it."""
    if not any(prescription_photos.is_one(file) for file in turn.message.media):
        return None
    prescription_photos.receive(turn.phone, turn.message, at=turn.at)
    return router.reply("photo_received")


def _answer_to_question(turn: Turn) -> Reply | None:
    asking = turn.phone.asking
    if not asking:
        return None
    _forget_question(turn)
    if answers.is_cancel(turn.text):
        return router.reply("dropped_customer")
    if turn.button or wishes.wish(turn.text) or rests.days(turn.text):
        return None
    turn.given = {**asking["given"], asking["slot"]: turn.text}
    return _run(turn, asking["question"])


def _button(turn: Turn) -> Reply | None:
    return _run(turn, turn.button) if turn.button in router.QUESTIONS else None


def _answer_in_words(turn: Turn) -> Reply | None:
    if rests.days(turn.text):
        return _run(turn, "rest", router.WISHES)
    meant = answers.answer(turn.text, [one.name for one in customers.behind(turn.phone)])
    return _run(turn, meant) if meant in router.QUESTIONS else None


def _wish(turn: Turn) -> Reply | None:
    wanted = wishes.wish(turn.text)
    return _run(turn, wanted, router.WISHES) if wanted in router.WISHES else None


def _rest(turn: Turn) -> Reply | None:
    """ "Tell me after two weeks", where no refill is open that it could be about, is a rest from messages."""
    return _run(turn, "rest", router.WISHES) if rests.days_until_asked(turn.text) else None


def _complaint(turn: Turn) -> Reply | None:
    """What a medicine may have done is never met with silence, whoever is answering already."""
    if not complaints.side_effect(turn.text):
        return None
    questions.complain(turn.phone, turn.text, at=turn.at, cause=f"message:{turn.message.id}")
    return router.reply("refill_side_effects", first_name=customers.first_names(_alone(turn), turn.phone))


def _alone(turn: Turn) -> list[Customer]:
    here = customers.behind(turn.phone)
    return here if len(here) == 1 else []


def _to_a_person(turn: Turn) -> Reply | None:
    """Anything else reaches a person; while one is answering already, the bot keeps out of it."""
    is_new = questions.pass_on(turn.phone, turn.text, at=turn.at, cause=f"message:{turn.message.id}")
    return router.reply("passed_on") if is_new else None


def _run(turn: Turn, name: str, table: dict[str, router.Handler] = router.QUESTIONS) -> Reply | None:
    try:
        with db.atomic():
            return table[name](turn)
    except router.NotMeant:
        return None
    except Ask as question:
        given = {"question": name, "given": turn.given, "slot": question.slot}
        turn.phone.asking = given
        turn.phone.save(only=["asking"])
        return router.reply(question.template, **question.facts)
    except DomainError as refusal:
        return router.reply(f"refused_{refusal.code}", **refusal.facts)


def _forget_question(turn: Turn) -> None:
    turn.phone.asking = None
    turn.phone.save(only=["asking"])
