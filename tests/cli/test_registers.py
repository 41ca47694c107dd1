"""`flask register` writes the Schedule H1 register of a month as a sheet."""

from datetime import date

import openpyxl
import pytest

from models import AuditEntry, RegisterEntry
from tests.conversation import MORNING, it_is, open_shop


@pytest.fixture
def register(run, tmp_path):
    """What the command says, with the folder it writes into."""
    it_is(MORNING)
    shop = open_shop()
    for day in (date(2027, 1, 31), date(2027, 2, 1)):
        RegisterEntry.create(company=shop.company, sold_on=day, patient="Alice", drug="Alprax", quantity=10)
    return lambda *said: run.invoke(args=["register", "--to", str(tmp_path / "new"), *said])


def test_the_month_asked_for_is_written(register, tmp_path):
    assert "1 entry of January 2027 written to" in register("--month", "2027-01").output
    sheet = openpyxl.load_workbook(tmp_path / "new/schedule-h1-2027-01.xlsx").active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Date", "31-01-2027"]


def test_this_month_if_none_is_said(register, tmp_path):
    assert register().exit_code == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["schedule-h1-2027-02.xlsx"]


def test_what_is_no_month_is_refused_and_nothing_written(register, tmp_path):
    said = register("--month", "2027-13")
    assert said.exit_code == 2
    assert "2027-13" in said.output
    assert not (tmp_path / "new").exists()


def test_that_it_was_read_is_noted(register):
    register("--month", "2027-01")
    assert AuditEntry.get().subject == "register:2027-01"
