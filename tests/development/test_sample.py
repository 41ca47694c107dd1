"""The sample pharmacy: loaded once, on a simulated Twilio only, with something to do today."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import phonenumbers
import pytest

import clock
import config
from development import made_up, sample
from domain import forecast, refill_plan
from models import Company, Contact, Customer, Medicine, Prescription, RefillReminder, Staff
from sheets import loading

Load = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Runs the loader in a process of its own, against a simulator that is not there."""

    def run(**settings: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"DATA_DIR": str(tmp_path), "DATABASE_URL": ""} | settings
        command = "flask --app app migrate && python -m development.sample"
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["sh", "-c", command],
            cwd=config.ROOT,
            env=environment | {"PATH": programs},
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def company(database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Company:
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    sample.load(clock.now())
    return Company.get()


def test_it_is_loaded_once(load: Load, redis_url: str) -> None:
    first, second = load(), load()
    assert (first.returncode, second.returncode) == (0, 0)
    assert "The sample pharmacy is loaded: Neem Tree Pharmacy" in first.stdout
    assert "loaded already" in second.stdout
    assert "4 staff and 6 customers" not in second.stdout


def test_without_a_simulator_the_templates_wait_and_that_is_said(load: Load, redis_url: str) -> None:
    assert "templates push" in load().stdout


def test_where_twilio_is_real_it_is_refused(load: Load) -> None:
    real = {"TWILIO_API_URL": "", "PUBLIC_URL": "https://desk.example"}
    refused = load(**real)
    assert refused.returncode == 1
    assert "only where Twilio is simulated" in refused.stderr


def test_everybody_works_here_in_a_role_of_their_own(company: Company) -> None:
    assert [staff.role for staff in Staff.select().order_by(Staff.code)] == [
        "ceo",
        "manager",
        "sales_manager",
        "support",
    ]
    assert Staff.get(Staff.is_pharmacist).manager.role == "sales_manager"


def test_reminders_are_due_today_this_week_and_one_is_late(company: Company) -> None:
    today = refill_plan.today(company, clock.now())
    steps = forecast.forecast(company, clock.now(), 1).days[0].steps
    due = {reminder.customer.name: step.step for step in steps for reminder in step.reminders}
    assert due == {"Sunita Rane": "due", "George Fernandes": "overdue"}
    assert RefillReminder.select().where(RefillReminder.next_step_on > today).count() == 4


def test_two_customers_share_a_phone(company: Company) -> None:
    sharing = Customer.select().where(Customer.phone == Customer.get(Customer.name == "Lata Kulkarni").phone)
    assert sorted(customer.name for customer in sharing) == ["Lata Kulkarni", "Suresh Kulkarni"]


def test_the_sheet_is_as_messy_as_it_should_be(company: Company, tmp_path: Path) -> None:
    data = (tmp_path / sample.SHEET).read_bytes()
    with loading.load(data, "contacts.xlsx", region="IN") as sheet:
        rows = list(sheet)
    assert not sheet.suspicious
    statuses = [row.status for row in rows]
    assert {status: statuses.count(status) for status in set(statuses)} == {
        "ok": 21,
        "duplicate": 1,
        "invalid": 2,
        "skipped": 1,
    }
    assert {*made_up.NOT_ON_WHATSAPP, made_up.ANITA} <= {row.phone for row in rows}
    assert Contact.select().count() == 0


def test_the_phones_for_the_page_are_of_people_there_are(company: Company, tmp_path: Path) -> None:
    listed = json.loads((tmp_path / "simulator_phones.json").read_text())
    numbers = [person["number"] for person in listed["phones"]]
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers)
    assert (tmp_path / listed["attachments"][0]["path"]).exists()
    known = {staff.phone for staff in Staff.select()} | {one.phone.address for one in Customer.select()}
    assert set(numbers) - known == {made_up.ANITA}


def test_the_shelf_and_a_prescription_give_something_to_look_at(company: Company) -> None:
    shelf = {medicine.name: medicine.stock for medicine in Medicine.select()}
    assert len(shelf) == len(made_up.CATALOGUE)
    # One is sold out, none has to be counted anew.
    assert min(shelf.values()) == shelf["Thyroxine 50 mcg"] == 0
    assert Prescription.get().customer.name == "Sunita Rane"
