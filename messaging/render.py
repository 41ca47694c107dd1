"""The text of templates/messages in a language, with its buttons, and the approved
body made from the same file."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

import config
from messaging import formats

FOLDER = config.ROOT / "templates" / "messages"

# WhatsApp's limit for a template with its variables filled in; longer ones fail with 63021.
LONGEST_TEMPLATE = 1024
# Stands for an empty value, which Twilio would refuse together with the whole message (21656).
NOTHING = "–"

# Invisible characters that make WhatsApp refuse a value (63013); white space is dealt with apart.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff]")
_EXPRESSION = re.compile(r"\{\{\s*(.+?)\s*\}\}")
# A last line such as `[keep_ready] Keep ready` is a quick-reply button: its id and its title.
_BUTTON = re.compile(r"^\[(\w+)\]\s+(.+)$")


@dataclass(frozen=True)
class Text:
    """A message as a person sees it; `buttons` are (id, title) pairs."""

    body: str
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ApprovedText:
    """A message as WhatsApp approves it: `{{1}}`, `{{2}}` … stand for `expressions`, in order."""

    body: str
    buttons: tuple[tuple[str, str], ...]
    expressions: tuple[str, ...]


def text(name: str, language: str = "en", /, **facts: Any) -> Text:
    """Render `name`; a template or a name in it that does not exist is an error.

    `facts` hold `zone` (its name) and `now` (aware) for what is said of times, and whatever the template
    names.
    """
    template, buttons = _compiled(name, language_of(name, language))
    return Text(template.render(language=language, **facts).strip(), buttons)


@cache
def language_of(name: str, language: str) -> str:
    """`language` where that template is written in it, else English."""
    return language if (FOLDER / f"{name}.{language}.txt").exists() else "en"


def exists(name: str) -> bool:
    """Whether there is such a template."""
    return (FOLDER / f"{name}.txt").exists()


@cache
def approved(name: str, language: str = "en") -> ApprovedText:
    """The body to be approved, made from the template file itself; the template may hold no statements."""
    body, buttons = _parts(_source(name, language_of(name, language)))
    if "{%" in body:
        raise ValueError(f"{name} cannot be approved: it holds statements")
    expressions = tuple(dict.fromkeys(_EXPRESSION.findall(body)))
    numbered = _EXPRESSION.sub(lambda match: _marker(expressions.index(match[1]) + 1), body)
    return ApprovedText(numbered, buttons, expressions)


def variables(name: str, language: str, /, **facts: Any) -> dict[str, str]:
    """The values of an approved body's variables, by their number, as WhatsApp takes them: each on one line,
    none empty, and all together no longer than a template may be (PLATFORM §3)."""
    template = approved(name, language)
    values = [
        _plain(_expression(expression).render(language=language, **facts))
        for expression in template.expressions
    ]
    return _shortened(template, {str(number): value for number, value in enumerate(values, 1)})


def fill(approved_text: ApprovedText, values: dict[str, str]) -> str:
    """The approved body with its variables filled in, as the person will see it."""
    return re.sub(r"\{\{(\d+)\}\}", lambda match: values[match[1]], approved_text.body)


def _plain(value: str) -> str:
    words = _CONTROL.sub(" ", value).split()
    return " ".join(words) or NOTHING


def _shortened(template: ApprovedText, values: dict[str, str]) -> dict[str, str]:
    """`values` with the longest cut until the message fits."""
    while (over := len(fill(template, values)) - LONGEST_TEMPLATE) > 0:
        longest = max(values, key=lambda number: len(values[number]))
        kept = max(1, len(values[longest]) - over - 1)
        values = values | {longest: values[longest][:kept].rstrip() + "…"}
    return values


def _marker(number: int) -> str:
    return "{{" + str(number) + "}}"


def _source(name: str, language: str) -> str:
    path = FOLDER / (f"{name}.txt" if language == "en" else f"{name}.{language}.txt")
    return path.read_text(encoding="utf-8").strip()


def _parts(source: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    lines = source.splitlines()
    buttons: list[tuple[str, str]] = []
    while lines and (match := _BUTTON.match(lines[-1])):
        buttons.insert(0, (match[1], match[2].strip()))
        lines.pop()
    return "\n".join(lines).strip(), tuple(buttons)


@cache
def _compiled(name: str, language: str) -> tuple[Template, tuple[tuple[str, str], ...]]:
    body, buttons = _parts(_source(name, language))
    return _environment().from_string(body), buttons


@cache
def _expression(expression: str) -> Template:
    return _environment().from_string("{{ " + expression + " }}")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name, function in formats.FILTERS.items():
        environment.filters[name] = _in_context(function)
    return environment


def _in_context(function: Callable[..., str]) -> Callable[..., str]:
    """`function` as a filter that takes language, zone and day from the message it stands in."""
    wanted = inspect.signature(function).parameters.keys() & {"language", "zone", "now", "today"}

    @pass_context
    def filtered(context: Context, value: Any, *arguments: Any) -> str:
        zone = context["zone"]
        if isinstance(value, datetime) and "zone" not in wanted:
            value = value.astimezone(ZoneInfo(zone)).date()
        given = {"language": context["language"], "zone": zone, "now": context["now"]}
        if "today" in wanted:
            given["today"] = given["now"].astimezone(ZoneInfo(zone)).date()
        return function(value, *arguments, **{name: given[name] for name in wanted})

    return filtered
