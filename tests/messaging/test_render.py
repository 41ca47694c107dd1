"""The text of a template, with its buttons, and the body WhatsApp approves made from the same file."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from jinja2 import UndefinedError

from messaging import render
from messaging.render import ApprovedText, Text

ALWAYS = {"store": "Asha Medicals", "zone": "Asia/Kolkata", "now": datetime(2027, 2, 1, 4, 30, tzinfo=UTC)}


@pytest.fixture
def write(monkeypatch, tmp_path):
    """Write a template into a folder of its own, which counts for this test."""
    monkeypatch.setattr(render, "FOLDER", tmp_path)
    _forget()

    def write_template(text: str, name: str = "hello") -> None:
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    yield write_template
    _forget()


def _forget():
    for remembered in (
        render.approved,
        render.language_of,
        render._compiled,
        render._expression,
        render._environment,
    ):
        remembered.cache_clear()


def _text(language="en", **facts):
    return render.text("hello", language, **ALWAYS, **facts)


def test_names_are_filled_in(write):
    write("Hello {{ name }}, this is {{ store }}.\n")
    assert _text(name="Alice") == Text("Hello Alice, this is Asha Medicals.")


def test_lines_in_brackets_at_the_end_are_buttons(write):
    write("Is it so?\n[yes] Yes, it is\n[later] Later\n")
    assert _text() == Text("Is it so?", (("yes", "Yes, it is"), ("later", "Later")))


def test_a_line_in_brackets_in_the_middle_is_text(write):
    write("[sic] Hello\nand good bye\n")
    assert _text() == Text("[sic] Hello\nand good bye")


def test_a_name_nobody_gave_is_an_error(write):
    write("Hello {{ nmae }}")
    with pytest.raises(UndefinedError):
        _text(name="Alice")


def test_a_template_there_is_not_is_an_error(write):
    with pytest.raises(FileNotFoundError):
        _text()
    assert not render.exists("hello")


def test_a_language_it_is_written_in_is_taken_and_english_else(write):
    write("Hello")
    write("नमस्ते", "hello.hi")
    assert [_text(language).body for language in ("en", "hi", "ta")] == ["Hello", "नमस्ते", "Hello"]


def test_what_people_write_is_text_and_no_template(write):
    write("{{ said }}")
    assert _text(said="{{ store }} {% if %} <b>&").body == "{{ store }} {% if %} <b>&"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("{{ Decimal('150000') | rupees }}", "₹1,50,000"),
        ("{{ night | date }}", "2 Feb 2027"),
        ("{{ night | day }}", "tomorrow"),
        ("{{ night | time }}", "12:15 am"),
        ("{{ night | moment }}", "tomorrow, 12:15 am"),
        ("{{ on | day }}", "today"),
        ("{{ '+919876543210' | phone }}", "98765 43210"),
        ("{{ 1200 | count('contact', 'contacts') }}", "1,200 contacts"),
    ],
)
def test_filters_know_the_zone_and_the_day(write, expression, said):
    write(expression)
    night = datetime(2027, 2, 1, 18, 45, tzinfo=UTC)
    assert _text(night=night, on=date(2027, 2, 1), Decimal=Decimal).body == said


def test_filters_know_the_language(write):
    write("{{ on | day }}")
    assert _text("hi", on=date(2027, 2, 1)).body == "आज"


def test_the_approved_body_numbers_each_expression_once(write):
    write("Hello {{ name }} of {{ store }}, yes {{ name }}!\n[ok] Good\n")
    body = "Hello {{1}} of {{2}}, yes {{1}}!"
    assert render.approved("hello") == ApprovedText(body, (("ok", "Good"),), ("name", "store"))


def test_the_same_fact_in_two_forms_is_two_variables(write):
    write("Due {{ on | day }}, that is {{ on | date }}.")
    assert render.approved("hello").expressions == ("on | day", "on | date")


def test_a_template_with_statements_cannot_be_approved(write):
    write("Hello{% if name %} {{ name }}{% endif %}")
    with pytest.raises(ValueError, match="statements"):
        render.approved("hello")


def test_the_values_of_variables_are_one_line_each(write):
    write("We offer {{ offer }} and more.")
    assert render.variables("hello", "en", **ALWAYS, offer="tea\n\n and    coffee ") == {
        "1": "tea and coffee"
    }


def test_a_value_is_never_taken_for_a_variable(write):
    write("To {{ name }} from {{ store }} with love.")
    values = render.variables("hello", "en", **ALWAYS, name="{{2}}")
    assert render.fill(render.approved("hello"), values) == "To {{2}} from Asha Medicals with love."


@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b", "\x07"])
def test_an_empty_value_has_something_in_its_place(write, nothing):
    write("We offer {{ offer }} and more.")
    assert render.variables("hello", "en", **ALWAYS, offer=nothing) == {"1": render.NOTHING}


def test_what_whatsapp_refuses_in_a_value_is_taken_out(write):
    write("We offer {{ offer }} and more.")
    values = render.variables("hello", "en", **ALWAYS, offer="tea\t\r\n     \u200e and\u2028coffee")
    assert values == {"1": "tea and coffee"}


def test_the_longest_value_is_cut_until_the_message_fits(write):
    write("We offer {{ offer }} at {{ store }} and more.")
    values = render.variables("hello", "en", **ALWAYS, offer="medicine " * 200)
    assert len(render.fill(render.approved("hello"), values)) <= render.LONGEST_TEMPLATE
    assert values["1"].endswith("…")
    assert values["2"] == "Asha Medicals"
