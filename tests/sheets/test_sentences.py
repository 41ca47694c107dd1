"""Every code of the engine has its sentence, in English and in Hindi."""

import ast
from pathlib import Path

import pytest

from sheets.unreadable import CODES

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = ROOT / "templates" / "messages"
SOURCES = sorted((ROOT / "sheets").rglob("*.py"))


# What rows.SheetRow.code and .repairs may hold.
WANTED = {
    *("no_phone", "not_a_phone", "too_short", "too_long", "no_such_number", "rounded", "needs_country_code"),
    *("service_number", "duplicate_in_file", "blank", "repeated_header", "hint", "total_line"),
    *("scientific", "decimal", "joined", "several_phones", "digits", "text_beside", "other_number_used"),
}


@pytest.mark.parametrize(
    "code", [*(f"sheet_{code}" for code in CODES), *(f"row_{code}" for code in sorted(WANTED))]
)
def test_a_code_has_its_sentence_in_both_languages(code):
    for name in (f"{code}.txt", f"{code}.hi.txt"):
        assert len((SENTENCES / name).read_text().strip().splitlines()) == 1, name


def test_no_sentence_is_without_its_code():
    rows = {path.name.split(".")[0].removeprefix("row_") for path in SENTENCES.glob("row_*.txt")}
    assert rows == WANTED


def test_every_refusal_in_the_sources_is_a_known_code():
    used = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            # Raised as it stands there, or by the kind of sheet it is missing in.
            place = {"Unreadable": 0, "Kind": -1}.get(getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and place is not None and node.args:
                used |= {leaf.value for leaf in ast.walk(node.args[place]) if isinstance(leaf, ast.Constant)}
    assert {code for code in used if isinstance(code, str)} == set(CODES)


def test_every_row_code_stands_in_the_sources():
    texts = "".join(source.read_text() for source in SOURCES)
    assert {code for code in WANTED if f'"{code}"' not in texts} == set()
