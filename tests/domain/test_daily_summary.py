"""Managers are told of the day once, at its hour."""

import pytest

import company_settings
from domain import daily_summary
from tests.conversation import approve_everything, it_is, later, new_customer, open_shop, told
from tests.refilling import buy


@pytest.fixture
def shop(database_url):
    it_is("2027-02-01 20:05")
    shop = open_shop()
    approve_everything(shop.company)
    return shop


def test_managers_are_told_once_however_often_the_clock_ticks(shop):
    buy(shop.alice)
    for _ in range(3):
        daily_summary.tell(shop.company, later(minutes=5))
    [said] = told(shop.meera, "day_summary")
    assert "1 sale worth ₹150" in said
    assert not told(shop.bob, "day_summary")


@pytest.mark.parametrize("moment", ["2027-02-01 19:59", "2027-02-01 23:01", "2027-02-02 00:30"])
def test_nobody_is_told_before_or_long_after_the_hour(shop, moment):
    assert daily_summary.tell(shop.company, it_is(moment)) == 0


def test_the_next_evening_has_its_own(shop):
    daily_summary.tell(shop.company, it_is("2027-02-01 20:05"))
    buy(new_customer(shop.company, "Anil Shah", "+919876500099"))
    daily_summary.tell(shop.company, it_is("2027-02-02 20:05"))
    assert len(told(shop.meera, "day_summary")) == 2


def test_it_can_be_turned_off_or_moved(shop):
    company_settings.change(shop.company, "daily_summary", "off")
    assert daily_summary.tell(shop.company, it_is("2027-02-01 20:05")) == 0
    company_settings.change(shop.company, "daily_summary", "08:30")
    assert daily_summary.tell(shop.company, it_is("2027-02-02 09:00")) == 1
