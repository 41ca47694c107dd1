"""Who speaks and what they mean: the tables of commands, questions and wishes, and
what a turn consists of."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from domain import staff as team
from models import Company, InboundMessage, Message, Phone, Staff

MANAGERS = team.MANAGERS
EVERYONE = team.ROLES


@dataclass
class Turn:
    """One message being answered. `words` is what follows the command, `given` what
    questions have brought."""

    company: Company
    phone: Phone
    message: InboundMessage
    text: str
    at: datetime
    staff: Staff | None = None
    words: str = ""
    given: dict[str, str] = field(default_factory=dict)
    replied_to: Message | None = None

    @property
    def button(self) -> str | None:
        """The id of the button that was pressed."""
        return self.message.button

    @property
    def speaker(self) -> Staff:
        """The member of staff who speaks; only commands of staff may ask."""
        assert self.staff is not None
        return self.staff

    @property
    def language(self) -> str:
        """The language this person is answered in."""
        return (self.staff.language if self.staff else self.phone.language) or self.company.language


@dataclass(frozen=True)
class Question:
    """What the next words answer, unless they are a command: `slot` of `command`, said with `words`; `free`
    as for `Ask`."""

    command: str
    slot: str
    words: str = ""
    free: bool = False


@dataclass(frozen=True)
class Reply:
    """What is said back: a template and its facts. `changed` names in a word what `undo` would take back,
    `asks` is the question it ends with."""

    template: str
    facts: dict[str, Any]
    changed: str = ""
    asks: Question | None = None
    # Addresses of files that go with it.
    media: tuple[str, ...] = ()


class Ask(Exception):
    """Something is missing: `template` asks for it, the answer comes back as `turn.given[slot]`.

    `free` marks an answer in any words: what begins like a command is tried as the answer first.
    """

    def __init__(self, slot: str, template: str, *, free: bool = False, **facts: Any):
        super().__init__(slot)
        self.slot, self.template, self.free, self.facts = slot, template, free, facts


class NotMeant(Exception):
    """The words had a meaning that fits nothing here (a "yes" to no question); they are read on."""


Handler = Callable[[Turn], Reply]


@dataclass(frozen=True)
class Command:
    name: str
    spellings: tuple[str, ...]
    usage: str
    roles: tuple[str, ...]
    function: Handler
    pattern: re.Pattern[str]


class Found(NamedTuple):
    """The command a text begins with, the words after it, and how the command was spelled."""

    command: Command
    words: str
    spelling: str


COMMANDS: dict[str, Command] = {}
QUESTIONS: dict[str, Handler] = {}
WISHES: dict[str, Handler] = {}


def reply(template: str, changed: str = "", asks: Question | None = None, **facts: Any) -> Reply:
    """Say `template` with these facts."""
    return Reply(template, facts, changed, asks)


def command(
    name: str, *also: str, usage: str, roles: tuple[str, ...] = EVERYONE
) -> Callable[[Handler], Handler]:
    """Register a command of staff under its name and other spellings; `usage` is the line `help` shows."""

    def register(function: Handler) -> Handler:
        assert name not in COMMANDS, name
        COMMANDS[name] = Command(name, (name, *also), usage, roles, function, _pattern((name, *also)))
        return function

    return register


def question(name: str) -> Callable[[Handler], Handler]:
    """Register what a customer's answer to an open question, or a button of that id, leads to."""
    return _registrar(QUESTIONS, name)


def wish(name: str) -> Callable[[Handler], Handler]:
    """Register what happens when a customer asks for `name` in words."""
    return _registrar(WISHES, name)


def find_command(text: str) -> Found | None:
    """The command `text` begins with; the longest spelling wins."""
    found = [(command, match) for command in COMMANDS.values() if (match := command.pattern.match(text))]
    if not found:
        return None
    command, match = max(found, key=lambda pair: len(pair[1]["keyword"]))
    return Found(command, match["rest"].strip(), match["keyword"])


def _registrar(table: dict[str, Handler], name: str) -> Callable[[Handler], Handler]:
    def register(function: Handler) -> Handler:
        assert name not in table, name
        table[name] = function
        return function

    return register


def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    # Case, spacing and punctuation do not matter: "Log-call: …", "/log call …" and "logcall" are one.
    words = "|".join(r"[\W_]*".join(map(re.escape, spelling.split())) for spelling in spellings)
    return re.compile(
        rf"[^\w#]*(?P<keyword>{words})(?!\w)(?:[\s:,.;!?–—]|-(?!\d))*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
    )
