"""The refill messages as WhatsApp approves them: what they may never say, the same in both languages."""

import re
from datetime import UTC, date, datetime

import pytest

from messaging import approved, render

NAMES = [
    f"refill_{step}{named}"
    for step in ("due", "overdue", "waiting", "renew", "last")
    for named in ("", "_named")
]
LANGUAGES = ("en", "hi")
FACTS = {
    "store": "Asha Medicals",
    "first_name": "Alice",
    "medicines": "Metformin 500",
    "runs_out_on": date(2027, 3, 3),
    "reserved_until": date(2027, 3, 10),
    "zone": "Asia/Kolkata",
    "now": datetime(2027, 2, 28, 4, 30, tzinfo=UTC),
}

both = pytest.mark.parametrize("language", LANGUAGES)
every = pytest.mark.parametrize("name", NAMES)


@every
def test_it_is_a_utility_in_both_languages(name: str) -> None:
    assert approved.APPROVED[name].category == approved.UTILITY
    assert approved.languages_of(name) == list(LANGUAGES)


@every
@both
def test_what_is_read_is_the_approved_body_with_its_variables(name: str, language: str) -> None:
    body = render.approved(name, language)
    assert (
        render.fill(body, render.variables(name, language, **FACTS))
        == render.text(name, language, **FACTS).body
    )


@every
@both
def test_variables_stand_neither_first_nor_last_nor_side_by_side(name: str, language: str) -> None:
    body = render.approved(name, language).body
    assert not re.match(r"\{\{", body) and not re.search(r"\}\}\W*$", body)
    assert not re.search(r"\}\}\W*\{\{", body)


@every
@both
def test_without_being_asked_no_medicine_is_named_and_never_a_price(name: str, language: str) -> None:
    said = render.text(name, language, **FACTS).body
    assert ("Metformin" in said) == name.endswith("_named")
    assert not re.search(r"₹|\bRs\b|%|discount|offer|छूट", said)


@every
def test_both_languages_have_the_same_buttons(name: str) -> None:
    english, hindi = (render.approved(name, language).buttons for language in LANGUAGES)
    assert [button for button, _ in english] == [button for button, _ in hindi]


@every
@both
def test_three_buttons_with_titles_that_fit(name: str, language: str) -> None:
    titles = [title for _, title in render.approved(name, language).buttons]
    assert len(titles) == 3 and all(len(title) <= 20 for title in titles)
