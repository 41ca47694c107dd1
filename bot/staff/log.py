"""log call, log visit and their like: what was said with a person."""

import re

from bot import who
from bot.router import Ask, Question, Reply, Turn, command, reply
from bot.text import calls, durations
from domain import call_outcomes, interactions
from domain.interactions import Talk

_FIELD = re.compile(r"\b(response|next)\s*:\s*", re.IGNORECASE)


@command(
    "log call", "called", "call log", usage="log call [who] [3m] [answered|no answer|busy|wrong number] notes"
)
def log_call(turn: Turn) -> Reply:
    """A telephone call."""
    person = who.find(turn)
    words = f"{turn.words} {turn.given.get('notes', '')}".strip()
    seconds, words = durations.split_call_seconds(words)
    outcome, words = calls.split_result(words)
    if seconds is None:
        seconds, words = durations.split_call_seconds(words)
    if not words and outcome in (None, "answered"):
        raise Ask("notes", "ask_call_notes", free=True, person=person)
    return _log(turn, person, _talk("call", words, seconds, outcome or "answered"))


def _registered(kind: str) -> None:
    @command(f"log {kind}", usage=f"log {kind} [who] notes")
    def log(turn: Turn) -> Reply:
        person = who.find(turn)
        words = turn.words or turn.given.get("notes", "")
        if not words:
            raise Ask("notes", "ask_notes", free=True, person=person)
        return _log(turn, person, _talk(kind, words, None, None))


for _kind in ("visit", "whatsapp", "email", "meeting", "support", "inquiry"):
    _registered(_kind)


def _log(turn: Turn, person: who.Person, talk: Talk) -> Reply:
    interaction = interactions.log(person, talk, staff=turn.speaker, at=turn.at)
    asks = None
    if call_outcomes.is_open(interaction):
        asks = Question("outcome", "outcome", f"#{person.serial}", free=True)
    facts = {"person": person, "talk": talk, "contact": person.contact, "asks_outcome": asks is not None}
    return reply("logged", f"{talk.kind} logged", asks, **facts)


def _talk(kind: str, words: str, seconds: int | None, outcome: str | None) -> Talk:
    notes, *fields = _FIELD.split(words)
    said = dict(
        zip((name.casefold() for name in fields[::2]), (text.strip() for text in fields[1::2]), strict=True)
    )
    return Talk(kind, notes.strip(), said.get("response", ""), said.get("next", ""), seconds, outcome)
