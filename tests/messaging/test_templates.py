"""Every sentence we can say: written in both languages, alike, used, and fit for WhatsApp's approval."""

import ast
import re
from datetime import UTC, date, datetime
from functools import cache

import pytest
from jinja2 import Environment, FileSystemLoader, meta

import config
from bot import customer, router, staff
from bot.text import wishes
from messaging import approved, render, template_approval
from messaging.formats import FILTERS

LANGUAGES = ("en", "hi")
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted(render.FOLDER.glob("*.txt"))}
NAMES = [name.removesuffix(".txt") for name in FILES if name.count(".") == 1]

# Whatever an approved message may be filled in with.
FACTS = {
    "store": "Asha Medicals",
    "name": "Bob D'Souza",
    "first_name": "Alice",
    "medicines": "Metformin 500",
    "runs_out_on": date(2027, 3, 3),
    "reserved_until": date(2027, 3, 10),
    "due_on": date(2027, 3, 5),
    "offer": "medicines at fair prices",
    "sales": 12,
    "value": 4500,
    "converted": 1,
    "answers": 3,
    "open": 2,
    "address": "12 MG Road",
    "zone": "Asia/Kolkata",
    "now": datetime(2027, 2, 28, 4, 30, tzinfo=UTC),
}

# Approved, a quick reply may have ten buttons; the same message inside the 24 hours three (PLATFORM §4).
MOST_BUTTONS = 3
LONGEST_TITLE = 20
LONGEST_BODY = 1024

every_approved = pytest.mark.parametrize("name", approved.APPROVED)
both = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module", autouse=True)
def loaded():
    staff.load()
    customer.load()


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(render.FOLDER))
    environment.filters.update(FILTERS)
    return environment


def _in(language: str, name: str) -> str:
    return FILES.get(f"{name}.txt" if language == "en" else f"{name}.{language}.txt", "")


@cache
def _constants() -> frozenset[str]:
    """Every text that stands in the code."""
    return frozenset(node.value for node in _nodes(ast.Constant) if isinstance(node.value, str))


@cache
def _patterns() -> frozenset[str]:
    """Every text the code puts together, such as f"refused_{code}", as a pattern."""
    return frozenset(_pattern(node) for node in _nodes(ast.JoinedStr))


def _nodes(kind):
    for path in config.ROOT.rglob("*.py"):
        if path.relative_to(config.ROOT).parts[0] in {"bot", "domain", "messaging", "workers", "sheets"}:
            yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kind))


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values
    )


def _is_put_together(name: str) -> bool:
    # At least a word and its underscore are said outright, or any name would do.
    return any(re.match(r"[a-z]+_", pattern) and re.fullmatch(pattern, name) for pattern in _patterns())


# ---- all of them


def test_every_template_can_be_read():
    for source in FILES.values():
        _environment().from_string(source)


def test_every_template_is_written_in_both_languages():
    assert not [f"{name}.{language}" for name in NAMES for language in LANGUAGES if not _in(language, name)]
    assert {name.split(".")[1] for name in FILES} == {"txt", "hi"}


def test_both_languages_say_the_same_facts():
    different = {
        name: facts for name in NAMES if len(set(facts := [_facts(name, each) for each in LANGUAGES])) > 1
    }
    assert not different


def _facts(name: str, language: str) -> frozenset[str]:
    declared = meta.find_undeclared_variables(_environment().parse(_in(language, name)))
    # The language itself chooses what is included; a name that everything knows is no fact of this one.
    return frozenset(declared)


def test_both_languages_have_the_same_buttons():
    for name in NAMES:
        english, hindi = (
            re.findall(r"^\[(\w+)\] ", _in(language, name), re.MULTILINE) for language in LANGUAGES
        )
        assert english == hindi, name


def test_each_language_is_written_in_its_script():
    bilingual = {"ask_language", "staff_reply", "help_command"}
    assert not [
        name for name in NAMES if re.search(r"[\u0900-\u097f]", _in("en", name)) and name not in bilingual
    ]
    assert not [
        name for name in NAMES if not re.search(r"[\u0900-\u097f]", _in("hi", name)) and name not in bilingual
    ]


def test_what_staff_must_type_is_the_same_in_both_languages():
    of_customers = {"my_medicines", "welcome"}
    for name in set(NAMES) - of_customers:
        english, hindi = (_words(name, language) for language in LANGUAGES)
        typed = [words for words in re.findall(r'"([a-z][^"]*)"', english) if router.find_command(words)]
        assert not [words for words in typed if words not in hindi], name


def _words(name: str, language: str) -> str:
    """What is read of a template whatever the facts are."""
    return re.sub(r"\{[{%].*?[}%]\}", "X", _in(language, name))


def test_no_template_is_left_over():
    included = "".join(FILES.values())
    unused = [name for name in NAMES if name not in _constants() and not _is_put_together(name)]
    assert not [name for name in unused if f'"{name}.' not in included]


def test_nothing_is_said_that_is_not_written():
    spoken = {
        name for name in _constants() if re.fullmatch(r"(ask|refused|help|import|refill)_[a-z_]+", name)
    }
    assert {name for name in spoken if name.startswith(("ask_", "refused_"))} <= set(NAMES)


def test_nobody_is_answered_in_a_hurry():
    """No template shouts or stumbles: no doubled marks, no space before one, none at the end of a line."""
    for name in NAMES:
        for language in LANGUAGES:
            text = _words(name, language)
            assert not re.search(r"!!|\?\?|\.\.\.|\w [,!?।]|[ \t]$", text, re.MULTILINE), f"{name} {language}"


# ---- families


def test_each_command_is_explained_and_nothing_else():
    explained = {name for name in NAMES if name.startswith("help_")} - {"help_command"}
    assert explained == {f"help_{name.replace(' ', '_')}" for name in router.COMMANDS}


def _codes() -> tuple[set[str], set[str]]:
    """What `DomainError` is raised with: codes said outright, and patterns of those put together."""
    outright: set[str] = set()
    together: set[str] = set()
    for call in _nodes(ast.Call):
        if ast.unparse(call.func).endswith("DomainError") and call.args:
            code = call.args[0]
            if isinstance(code, ast.Constant):
                outright.add(str(code.value))
            elif isinstance(code, ast.JoinedStr):
                together.add(_pattern(code))
    return outright, together


def test_each_refusal_has_its_sentence():
    outright, together = _codes()
    said = {name.removeprefix("refused_") for name in NAMES if name.startswith("refused_")}
    assert outright <= said
    assert not [pattern for pattern in together if not any(re.fullmatch(pattern, code) for code in said)]


def test_each_sentence_of_refusal_has_its_code():
    outright, together = _codes()
    said = {name.removeprefix("refused_") for name in NAMES if name.startswith("refused_")}
    known = {code for code in said if code in outright or any(re.fullmatch(each, code) for each in together)}
    assert not [code for code in said - known if f"refused_{code}" not in _constants()]


@both
def test_what_the_welcome_offers_is_understood(language):
    offered = re.findall(r"\*(.+?)\*", _in(language, "welcome"))
    assert len(offered) == 5
    assert not [words for words in offered if wishes.wish(words) not in router.WISHES]


# ---- what WhatsApp approves


@every_approved
def test_an_approved_message_is_there_in_both_languages(name):
    assert approved.languages_of(name) == list(LANGUAGES)


@every_approved
@both
def test_what_is_read_is_the_approved_body_with_its_variables(name, language):
    body = render.approved(name, language)
    filled = render.fill(body, render.variables(name, language, **FACTS))
    assert filled == render.text(name, language, **FACTS).body
    assert len(filled) <= LONGEST_BODY


@every_approved
@both
def test_variables_stand_neither_first_nor_last_nor_side_by_side(name, language):
    body = render.approved(name, language).body
    assert not re.match(r"\W*\{\{", body)
    assert not re.search(r"\}\}\W*$", body)
    assert not re.search(r"\}\}\W*\{\{", body)
    assert "\n" not in body


@every_approved
@both
def test_there_are_more_than_twice_as_many_words_as_variables(name, language):
    text = render.approved(name, language)
    words = re.sub(r"\{\{\d+\}\}", "", text.body).split()
    assert len(words) >= 2 * len(text.expressions) + 1


@every_approved
@both
def test_reviewers_see_an_example_of_each_variable(name, language):
    assert all(template_approval.sample(each) for each in render.approved(name, language).expressions)


@every_approved
@both
def test_buttons_fit(name, language):
    buttons = render.approved(name, language).buttons
    assert len(buttons) <= MOST_BUTTONS
    assert all(len(title) <= LONGEST_TITLE for _, title in buttons)
    assert len({title for _, title in buttons}) == len(buttons)


@pytest.mark.parametrize(
    "name", [each.name for each in approved.APPROVED.values() if each.category == approved.MARKETING]
)
@both
def test_an_offer_says_how_to_end_offers(name, language):
    assert "STOP" in render.approved(name, language).body


@pytest.mark.parametrize(
    "name", sorted({each for entry in approved.APPROVED.values() for each in entry.instead_of})
)
def test_what_an_approved_message_stands_for_exists(name):
    assert render.exists(name) or name == "staff_notice"


def test_a_notice_in_the_place_of_another_needs_only_what_is_always_known():
    for entry in approved.APPROVED.values():
        if entry.instead_of:
            expressions = {
                each for language in LANGUAGES for each in render.approved(entry.name, language).expressions
            }
            assert {re.split(r"\W", each)[0] for each in expressions} <= {"name", "store"}
