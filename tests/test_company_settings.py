"""What a company sets for itself."""

import pytest

import company_settings
from company_settings import SETTINGS
from models import Company
from tests.conversation import fresh


@pytest.fixture
def company(database_url):
    return Company.create(name="Asha Medicals")


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("quiet_hours", "22:00-07:30", ["22:00", "07:30"]),
        ("quiet_hours", "off", None),
        ("daily_limit", "2000", 2000),
        ("daily_limit", "off", None),
        ("rate", "400", 400),
        ("remind_days_before", "0", 0),
        ("last_days_after", "365", 365),
        ("name_medicines", "on", True),
        ("name_medicines", "off", False),
        ("opening_hours", "  8 am to   10 pm,\nevery day ", "8 am to 10 pm, every day"),
        ("address", "", ""),
        ("holdout", "10%", 10),
        ("holdout", "off", None),
        ("message_cost", "0.55", "0.55"),
    ],
)
def test_a_setting_is_read_and_kept(company, name, typed, value):
    assert company_settings.change(company, name, typed) == value
    assert company_settings.get(fresh(company), name) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("quiet_hours", "9pm-8am"),
        ("holdout", "0%"),
        ("holdout", "60%"),
        ("message_cost", "cheap"),
        ("quiet_hours", "24:00-08:00"),
        ("quiet_hours", "21:00"),
        ("quiet_hours", "08:00-08:00"),
        ("daily_limit", "0"),
        ("daily_limit", "many"),
        ("rate", "-1"),
        ("rate", "2.5"),
        ("call_days_after", "366"),
        ("name_medicines", "maybe"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(company, name, typed):
    with pytest.raises(company_settings.Refused, match=f"{name} takes "):
        company_settings.change(company, name, typed)
    assert company_settings.get(fresh(company), name) == SETTINGS[name].default


def test_an_unknown_setting_is_refused_with_the_names_there_are(company):
    with pytest.raises(company_settings.Refused, match=r"There is no setting colour.*quiet_hours"):
        company_settings.change(company, "colour", "green")


def test_one_setting_leaves_the_others(company):
    company_settings.change(company, "rate", "10")
    company_settings.change(company, "address", "12 MG Road")
    assert company_settings.get(fresh(company), "rate") == 10


def test_another_company_keeps_its_own(company):
    company_settings.change(company, "rate", "10")
    assert company_settings.get(Company.create(name="Balaji Pharmacy"), "rate") == SETTINGS["rate"].default


@pytest.mark.parametrize("name", SETTINGS)
def test_each_default_is_a_value_that_could_be_typed(name):
    default = SETTINGS[name].default
    typed = {True: "on", False: "off"}.get(default) if isinstance(default, bool) else default
    typed = "-".join(default) if isinstance(default, list) else "off" if default is None else str(typed)
    assert SETTINGS[name].read(typed) == default


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_says_what_it_is_for(name):
    assert len(SETTINGS[name].help.split()) >= 4
