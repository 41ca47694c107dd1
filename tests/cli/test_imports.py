"""`flask import`: the same engine from the command line."""

from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from models import Contact, Import, Medicine, MedicineInteraction
from tests.conversation import open_other_shop
from tests.sheets.files import HEADER, RAVI, xlsx

pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(xlsx([HEADER, RAVI, ["Bad", "12"]]))
    return str(path)


def test_it_imports_and_tells_what_was_taken_for_what(run: FlaskCliRunner, sheet: str) -> None:
    done = run.invoke(args=["import", sheet, "--consent", "at the counter", "--staff", "STAFF002"])
    assert done.exit_code == 0
    assert "name = column A" in done.output
    assert "new        1" in done.output
    assert Import.get().consent_basis == "at the counter"


def test_a_dry_run_only_looks(run: FlaskCliRunner, sheet: str) -> None:
    assert "is preview" in run.invoke(args=["import", sheet, "--dry-run"]).output
    assert not Contact.select().exists()


def test_a_file_that_cannot_be_read_ends_in_one_sentence(run: FlaskCliRunner, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"")
    done = run.invoke(args=["import", str(tmp_path / "x.xlsx")])
    assert done.exit_code == 1
    assert "This file is empty" in done.output


def test_with_two_shops_one_must_be_named(run: FlaskCliRunner, sheet: str) -> None:
    open_other_shop()
    assert "Say which company" in run.invoke(args=["import", sheet]).output


def test_a_column_we_do_not_know_is_refused(run: FlaskCliRunner, sheet: str) -> None:
    done = run.invoke(args=["import", sheet, "--map", "colour = column C"])
    assert "I don't know" in done.output
    assert not Import.select().exists()


def test_a_catalogue_of_medicines_is_taken_and_its_problems_are_told(
    run: FlaskCliRunner, tmp_path: Path
) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("Item Name,MRP,Pack\nGlycomet 500,36.40,20's\nTelma 40,free,15's\n", encoding="utf-8")
    done = run.invoke(args=["import", "--kind", "medicines", str(path)])
    assert done.exit_code == 0, done.output
    assert "new        1" in done.output and "invalid    1" in done.output
    assert 'row 3 Telma 40: "free" is not a price' in done.output
    assert "nothing was changed" in run.invoke(args=["import", "--kind", "medicines", str(path)]).output
    assert [row.name for row in Medicine.select()] == ["Glycomet 500"]


def test_a_list_of_interactions_is_taken_line_by_line_and_renewed(
    run: FlaskCliRunner, tmp_path: Path
) -> None:
    path = tmp_path / "interactions.csv"
    lines = ["Ingredient 1,Ingredient 2,Severity,Advice", "Warfarin,Aspirin,Severe,Bleeding: ask the doctor"]
    odd = ["aspirin,WARFARIN,mild,again", "Aspirin,,severe,alone", "Aspirin,aspirin,,itself"]
    path.write_text("\n".join([*lines, "Losartan,Spironolactone,moderate,Check potassium", *odd]), "utf-8")
    done = run.invoke(args=["import", "--kind", "interactions", str(path)])
    assert done.exit_code == 0, done.output
    for count in ("new        2", "duplicate  1", "invalid    2"):
        assert count in done.output
    assert "row 5 Aspirin: A line needs two ingredients" in done.output
    assert "row 6 Aspirin + aspirin: Both are aspirin" in done.output
    known = {(row.one, row.other, row.severity) for row in MedicineInteraction.select()}
    assert known == {("aspirin", "warfarin", "severe"), ("losartan", "spironolactone", "moderate")}


def test_a_second_list_of_the_same_interactions_changes_nothing(run: FlaskCliRunner, tmp_path: Path) -> None:
    path = tmp_path / "interactions.csv"
    text = "Drug A,Drug B,Severity,Advice\nWarfarin,Aspirin,severe,Bleeding\n"
    path.write_text(text, "utf-8")
    run.invoke(args=["import", "--kind", "interactions", str(path)])
    path.write_text(text + "\n", "utf-8")
    assert "unchanged  1" in run.invoke(args=["import", "--kind", "interactions", str(path)]).output
    assert MedicineInteraction.select().count() == 1


def test_a_sheet_without_interactions_is_refused_in_words(run: FlaskCliRunner, tmp_path: Path) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("Item Name,MRP\nGlycomet 500,36.40\n", "utf-8")
    done = run.invoke(args=["import", "--kind", "interactions", str(path)])
    assert done.exit_code == 1 and "no list of interactions" in done.output
