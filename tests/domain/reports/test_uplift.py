"""What reminders do: intervals by the published numbers, simulated truth, and no claim from too little."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest

import company_settings
from domain.holdout import HELD_OUT, REMINDED
from domain.reports import periods, scopes, uplift
from domain.reports.uplift import Side
from models import RefillReminder
from report_tables import TrialCycle
from tests.conversation import MORNING, ZONE, new_customer
from tests.refilling import after, buy

ON = after(60)
PERIOD = periods.last(90, ON)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe 1998 (Statistics in Medicine 17:873-890), Table II, method 10.
        (Side(70, 56), Side(80, 48), 0.0524, 0.3339),
        (Side(10, 9), Side(10, 3), 0.1705, 0.8090),
        (Side(56, 5), Side(29, 0), -0.0381, 0.1926),
        (Side(10, 10), Side(10, 0), 0.6075, 1.0000),
    ],
)
def test_the_interval_is_the_published_one(one, other, low, high):
    assert uplift.newcombe(one, other) == pytest.approx((low, high), abs=5e-5)


def test_wilsons_interval_is_the_published_one():
    # Newcombe 1998 (Statistics in Medicine 17:857-872), Table I: 81 of 263.
    assert uplift.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@pytest.mark.parametrize(("rate", "other_rate"), [(0.30, 0.25), (0.62, 0.60), (0.05, 0.02)])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(rate, other_rate):
    chance = random.Random(2027)

    def holds() -> bool:
        one = Side(450, sum(chance.random() < rate for _ in range(450)))
        other = Side(50, sum(chance.random() < other_rate for _ in range(50)))
        low, high = uplift.newcombe(one, other)
        return low <= rate - other_rate <= high

    assert 0.93 <= sum(holds() for _ in range(1500)) / 1500 <= 0.985


def told(reminded: Side, held_out: Side, messages: int = 0) -> uplift.Report:
    return uplift.Report(PERIOD, 10, reminded, held_out, 0, messages, messages * Decimal("0.5"))


@pytest.mark.parametrize(
    ("reminded", "held_out", "verdict"),
    [
        (Side(1000, 620), Side(100, 40), "helps"),
        (Side(1000, 400), Side(100, 60), "harms"),
        (Side(1000, 620), Side(100, 60), "too_few"),
        # Clear, but of twenty people.
        (Side(1000, 900), Side(20, 2), "too_few"),
        (Side(1000, 900), Side(0, 0), "too_few"),
    ],
)
def test_nothing_is_claimed_from_too_little(reminded, held_out, verdict):
    assert told(reminded, held_out).verdict == verdict


def test_extra_refills_and_what_one_costs():
    report = told(Side(1000, 600), Side(100, 40), messages=1500)
    # 20 points more of 1,000 people are 200 refills; 1,500 messages at 50 paise are ₹750.
    assert report.extra_refills[0] == pytest.approx(200)
    assert report.cost_per_extra == Decimal("3.75")


def test_no_price_is_named_for_what_is_not_seen_to_help():
    assert told(Side(1000, 620), Side(100, 60), messages=1500).cost_per_extra is None


def joined(shop, n: int, arm: str, *, ended: int | None, because: str = "purchased:1", messages: int = 1):
    """A supply that joined on 1 March, and ended so many days later."""
    reminder = buy(new_customer(shop.company, f"Person {n}", f"+9197000{n:05d}"))
    began = after(-3)
    TrialCycle.create(company=shop.company, reminder=reminder, phone=reminder.phone, arm=arm, began_on=began)
    if ended is not None:
        moment = began + timedelta(days=ended)
        reminder.state, reminder.ended_because = "ended", because
        reminder.ended_at = MORNING.replace(year=moment.year, month=moment.month, day=moment.day, tzinfo=ZONE)
    reminder.messages_sent = messages
    reminder.save()
    return reminder


def test_a_refill_within_three_weeks_counts_and_nothing_else(shop):
    joined(shop, 1, REMINDED, ended=21)
    joined(shop, 2, REMINDED, ended=22)
    joined(shop, 3, REMINDED, ended=5, because="bought_elsewhere")
    joined(shop, 4, REMINDED, ended=None)
    joined(shop, 5, HELD_OUT, ended=3, messages=0)
    company_settings.change(shop.company, "message_cost", "0.60")
    report = uplift.report(scopes.whole(shop.company), PERIOD, ON)
    assert (report.reminded, report.held_out) == (Side(4, 1), Side(1, 1))
    assert (report.messages, report.cost) == (4, Decimal("2.40"))


def test_who_joined_lately_waits(shop):
    joined(shop, 1, REMINDED, ended=None)
    report = uplift.report(scopes.whole(shop.company), periods.last(90, after(10)), after(10))
    assert (report.waiting, report.reminded.people) == (1, 0)


def test_each_phone_counts_once_with_its_first_supply(shop):
    first = joined(shop, 1, REMINDED, ended=5)
    second = RefillReminder.get(RefillReminder.id == buy(first.customer, on=after(2)).id)
    TrialCycle.create(
        company=shop.company, reminder=second, phone=second.phone, arm=REMINDED, began_on=after(10)
    )
    report = uplift.report(scopes.whole(shop.company), PERIOD, ON)
    assert report.reminded == Side(1, 1)
