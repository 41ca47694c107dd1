"""The forecast is what then happens, when nobody answers or buys."""

from datetime import date, timedelta

import pytest

import company_settings
from domain import follow_ups, forecast, people
from domain.errors import DomainError
from models import FollowUp, Message, Phone, RefillReminder
from tests.conversation import (
    MORNING,
    approve_everything,
    fresh,
    it_is,
    later,
    new_customer,
    open_other_shop,
    send_all,
)
from tests.refilling import BOUGHT, after, buy, said, tick


@pytest.fixture
def shop(shop):
    approve_everything(shop.company)
    return shop


def crowd(shop) -> None:
    """Twelve customers whose supplies run out over a month; some may not be written to, two share a phone."""
    for n in range(12):
        customer = new_customer(shop.company, f"Person {n}", f"+9197000{n:05d}")
        buy(customer, days=16 + n, on=BOUGHT)
        if n % 3 == 0:
            buy(customer, "Atorva 10", days=18 + n, on=BOUGHT)
    buy(new_customer(shop.company, "Brother", "+919700000001"), "Amlodipine 5", days=18)
    Phone.update(reminders_allowed=False).where(Phone.address == "+919700000002").execute()
    Phone.update(wrong_number=True).where(Phone.address == "+919700000004").execute()


def happened(shop, first: date, days: int) -> list[tuple[int, int]]:
    """What the clock does on each of these days: reminders sent, calls asked for."""
    found = []
    for n in range(days):
        before = FollowUp.select().where(FollowUp.kind == "refill_call").count()
        tick(shop, first + timedelta(days=n))
        sent = list(send_all().taken)
        # What was held at the limit is looked at again each hour, until yesterday's count no more.
        for _ in range(10):
            later(hours=1)
            sent += send_all().taken
        calls = FollowUp.select().where(FollowUp.kind == "refill_call").count() - before
        found.append((len(sent), calls))
    return found


@pytest.mark.parametrize("limit", ["off", "2"])
def test_ten_days_come_as_they_were_foreseen(shop, limit):
    crowd(shop)
    company_settings.change(shop.company, "daily_limit", limit)
    first = BOUGHT + timedelta(days=12)
    at = it_is(f"{first} 10:00")
    foreseen = [(day.reminders, day.calls) for day in forecast.forecast(shop.company, at, 10).days]
    assert foreseen == happened(shop, first, 10)
    assert sum(reminders for reminders, _ in foreseen) > 5


def test_a_month_comes_as_it_was_foreseen_with_a_share_held_out(shop):
    crowd(shop)
    # Of ten phones hardly ever none is drawn.
    company_settings.change(shop.company, "holdout", "50%")
    at = it_is(f"{BOUGHT + timedelta(days=10)} 10:00")
    seen = forecast.forecast(shop.company, at, 30)
    assert [(day.reminders, day.calls) for day in seen.days] == happened(shop, at.date(), 30)
    assert seen.total.withheld["held_out"]


def test_a_forecast_changes_nothing(shop):
    crowd(shop)
    before = list(RefillReminder.select().order_by(RefillReminder.id).dicts())
    forecast.forecast(shop.company, MORNING, 60)
    assert list(RefillReminder.select().order_by(RefillReminder.id).dicts()) == before
    assert not said()


def test_why_something_will_not_go_is_told(shop):
    crowd(shop)
    seen = forecast.forecast(shop.company, MORNING, 40).total
    assert seen.withheld["no_consent"] and seen.withheld["wrong_number"]


def test_what_has_stopped_is_not_foreseen(shop):
    buy(shop.alice)
    Phone.update(opted_out_at=MORNING).where(Phone.id == shop.alice.phone_id).execute()
    assert not forecast.forecast(shop.company, MORNING, 60).total.reminders


def test_each_step_is_foreseen_on_its_day(shop):
    buy(shop.alice)
    steps = [step for day in forecast.forecast(shop.company, MORNING, 60).days for step in day.steps]
    assert [(step.on, step.step, step.fate) for step in steps] == [
        (after(-3), "due", "sent"),
        (after(2), "overdue", "sent"),
        (after(5), "call", "call"),
        (after(21), "last", "sent"),
    ]


def test_promised_calls_are_foreseen_on_their_day(shop):
    alice = people.of_customer(fresh(shop.alice))
    follow_ups.remind(alice, MORNING + timedelta(days=2), "call back", staff=shop.bob, at=MORNING)
    assert [day.calls for day in forecast.forecast(shop.company, MORNING, 4).days] == [0, 0, 1, 0]


def test_another_pharmacys_days_are_not_foreseen(shop):
    _, charlie = open_other_shop()
    buy(charlie)
    assert not forecast.forecast(shop.company, MORNING, 60).total.reminders


@pytest.mark.parametrize("days", [0, -3, 91])
def test_how_far_one_can_see_has_an_end(shop, days):
    with pytest.raises(DomainError, match="forecast_days"):
        forecast.forecast(shop.company, MORNING, days)


def test_messages_that_wait_already_are_foreseen(shop):
    buy(shop.alice)
    tick(shop, after(-3), hour=22)
    assert Message.get(Message.key.startswith("refill:")).reason == "quiet_hours"
    seen = forecast.forecast(shop.company, it_is(f"{after(-3)} 22:05"), 3)
    assert [day.reminders for day in seen.days] == [0, 1, 0]
