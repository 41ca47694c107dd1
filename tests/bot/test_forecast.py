"""forecast: the coming days on a phone's screen."""

import re

import pytest

from models import Phone, Staff
from tests.conversation import MORNING, approve_everything, it_is, new_customer, open_shop, say
from tests.refilling import buy


@pytest.fixture
def shop(database_url):
    it_is(MORNING)
    shop = open_shop()
    approve_everything(shop.company)
    buy(shop.alice)
    return shop


def test_the_coming_days_are_told_with_what_will_not_go(shop):
    anil = new_customer(shop.company, "Anil Shah", "+919876500099")
    buy(anil)
    Phone.update(reminders_allowed=False).where(Phone.id == anil.phone_id).execute()
    said = say(shop.bob, "forecast")
    assert said.startswith("*The next 30 days*")
    assert "1 reminder, 0 offers" in said
    assert "no consent: 1" in said


def test_a_few_days_stand_each_by_itself(shop):
    it_is("2027-02-27 10:00")
    said = say(shop.bob, "forecast 3d")
    assert "Today: 0 to send, 0 calls" in said
    assert "Tomorrow: 1 to send, 0 calls" in said


def test_hindi_reads_as_well(shop):
    Staff.update(language="hi").execute()
    said = say(shop.bob, "forecast 30d")
    assert said.startswith("*अगले 30 दिन*")
    assert not re.search(r"None|[a-z]{3}", said)


@pytest.mark.parametrize("typed", ["forecast 0d", "forecast 400d", "forecast -3"])
def test_how_far_one_can_see_is_said(shop, typed):
    assert "from 1 to 90 days" in say(shop.bob, typed)
