"""What staff can say: commands in modules of their own, an answer to our question, or a file."""

import importlib
import pkgutil
import re
from typing import Any

from rapidfuzz import fuzz, process

from bot import router, who
from bot.router import Ask, Command, Found, Reply, Turn
from bot.text import answers, captions, everyday, wishes
from database import db
from domain import medicine_spelling, undo
from domain.errors import DomainError
from messaging.words import plain

# A word counts as nearly a command from this likeness on (0 to 100).
_NEARLY = 72
# "#12" at the beginning of what follows a command.
_NUMBER = re.compile(r"#\s*\d")
_COUNTS = re.compile(r"(?P<name>[^\W\d][^=\n]*?)\s*=\s*\d[\d,]*")
# "name = column C".
_NAMES_COLUMN = re.compile(r"[^\W\d][^=\n]{1,30}=\s*\w")


def load() -> None:
    """Import every module here, so that its commands are registered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def answer(turn: Turn) -> Reply | None:
    """What to say to a member of staff."""
    asking = turn.phone.asking
    if answers.is_cancel(turn.text):
        _forget_question(turn)
        return router.reply("dropped" if asking else "nothing_to_drop")
    command, words = _meant(turn, asking)
    if command is None:
        return _unknown(turn)
    _forget_question(turn)
    turn.words = words
    return _run(turn, command, asking if turn.given else None)


def _meant(turn: Turn, asking: dict[str, Any] | None) -> tuple[Command | None, str]:
    found = router.find_command(turn.text)
    if turn.message.media and not _is_about_somebody(turn, found):
        # A sheet answers no question, and "consent: …" or "stock.xlsx" below one is about that sheet.
        return router.COMMANDS["upload"], turn.text
    if found is None and _counts_medicine(turn):
        return router.COMMANDS["stock"], turn.text
    if found is None and _NAMES_COLUMN.match(turn.text):
        # What a sheet's column holds answers no question about its people.
        return router.COMMANDS["columns"], turn.text
    if asking and (found is None or not _is_surely_meant(turn, found, asking)):
        turn.given = {**asking["given"], asking["slot"]: turn.text}
        return router.COMMANDS[asking["command"]], asking["words"]
    if found is None and (_NUMBER.match(turn.text) or who.is_one(turn, turn.text)):
        return router.COMMANDS["contact"], turn.text
    return found[:2] if found else (None, "")


def _counts_medicine(turn: Turn) -> bool:
    """Whether it is a count of what is on the shelf: "Telma 40 = 120"."""
    counted = _COUNTS.fullmatch(turn.text)
    found = medicine_spelling.match(turn.company, counted["name"]) if counted else None
    return found is not None and bool(found.sure or found.candidates)


def _is_about_somebody(turn: Turn, found: Found | None) -> bool:
    """Whether words below a file are no caption but a command: `upload`, or one that names whom it is for."""
    if found is None or found.command.name == "consent" or captions.file_name(turn.text):
        return False
    return (
        found.command.name == "upload" or _points(turn, found) or who.begins_with_somebody(turn, found.words)
    )


def _is_surely_meant(turn: Turn, found: Found, asking: dict[str, Any]) -> bool:
    """Whether a command is one although a question is open; else it is the answer, if it fits."""
    if _points(turn, found):
        return True
    if everyday.is_answer(found.spelling, found.words):
        return False
    return not found.words or not asking["free"] or who.begins_with_somebody(turn, found.words)


def _points(turn: Turn, found: Found) -> bool:
    """Whether the command names by number what it is for, or a person and nothing else: "done #3"."""
    by_number = found.words.isdecimal() and "#" in found.command.usage
    return by_number or bool(_NUMBER.match(found.words)) or who.is_somebody(turn, found.words)


def _run(turn: Turn, command: Command, asked: dict[str, Any] | None) -> Reply:
    if turn.speaker.role not in command.roles:
        return router.reply("refused_role", command=command.name)
    words = turn.words
    try:
        with db.atomic(), undo.recording() as changes:
            said = command.function(turn)
    except (Ask, DomainError) as trouble:
        if instead := _another_command(turn, trouble, asked):
            return _run(turn, instead, None)
        if isinstance(trouble, Ask):
            asked = {"command": command.name, "words": words, "given": turn.given}
            asked |= {"slot": trouble.slot, "free": trouble.free}
        # An answer that is refused is asked for again, until it fits or is dropped with "cancel".
        _ask(turn, asked)
        template = trouble.template if isinstance(trouble, Ask) else f"refused_{trouble.code}"
        return router.reply(template, **trouble.facts)
    if said.changed:
        undo.keep(turn.speaker, said.changed, changes)
    if said.asks:
        _ask(
            turn,
            {"command": said.asks.command, "words": said.asks.words, "given": {}}
            | {"slot": said.asks.slot, "free": said.asks.free},
        )
    return said


def _another_command(turn: Turn, trouble: Ask | DomainError, asked: dict[str, Any] | None) -> Command | None:
    """The command that was taken for an answer, which it does not fit; an everyday word is none."""
    is_open = asked and (isinstance(trouble, DomainError) or trouble.slot == asked["slot"])
    found = router.find_command(turn.text) if is_open else None
    if found is None:
        return None
    is_everyday = everyday.is_answer(found.spelling, found.words)
    if is_everyday and not who.begins_with_somebody(turn, found.words):
        return None
    turn.given, turn.words = {}, found.words
    return found.command


def _forget_question(turn: Turn) -> None:
    _ask(turn, None)


def _ask(turn: Turn, open_question: dict[str, Any] | None) -> None:
    if turn.phone.asking != open_question:
        turn.phone.asking = open_question
        turn.phone.save(only=["asking"])


def _unknown(turn: Turn) -> Reply:
    if wishes.wish(turn.text) in ("greeting", "thanks") or answers.answer(turn.text) in ("yes", "no"):
        return router.reply("staff_welcome")
    spellings = {spelling: name for name, entry in router.COMMANDS.items() for spelling in entry.spellings}
    first_words = " ".join(turn.text.casefold().split()[:2])
    for attempt in (first_words, first_words.split(" ")[0]):
        match = process.extractOne(attempt, list(spellings), scorer=fuzz.ratio, score_cutoff=_NEARLY)
        if match:
            return router.reply("did_you_mean", command=spellings[match[0]], said=turn.text[:40])
    named = next((word for word in plain(turn.text).split() if word in spellings), None)
    if named:
        return router.reply("did_you_mean", command=spellings[named], said=turn.text[:40])
    return router.reply("unknown_command", said=turn.text[:40])
