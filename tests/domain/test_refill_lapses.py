"""What nobody bought again leaves the due list after the last word, and says so."""

import pytest

import company_settings
from clock import now
from domain import refill_lapses, refills
from domain.reports import daily, scopes
from models import RefillReminder
from tests.conversation import Shop, fresh, it_is, open_shop, say
from tests.refilling import after, buy, tick
from workers.jobs import refills_due


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is("2027-02-01 10:00")
    return open_shop()


def end_old(shop: Shop, day: int) -> int:
    it_is(f"{after(day)} 10:00")
    return refill_lapses.end_old(shop.company, now())


def all_said(shop: Shop) -> RefillReminder:
    """A supply about which everything has been said, and nothing came of it."""
    reminder = buy(shop.alice)
    for day in (-3, 2, 5, 21):
        tick(shop, after(day))
    return reminder


def test_it_ends_sixty_days_after_it_ran_out_and_not_before(shop: Shop) -> None:
    reminder = all_said(shop)
    assert (end_old(shop, 59), fresh(reminder).state) == (0, refills.OPEN)
    assert end_old(shop, 60) == 1
    assert (fresh(reminder).state, fresh(reminder).ended_because) == (refills.ENDED, "lapsed")
    assert end_old(shop, 61) == 0


def test_the_clock_does_it_and_the_list_is_short_again(shop: Shop) -> None:
    all_said(shop)
    it_is(f"{after(60)} 10:00")
    assert "Metformin 500" in say(shop.bob, "refills")
    refills_due.run()
    assert "No refills are due" in say(shop.bob, "refills")


def test_the_day_is_a_setting(shop: Shop) -> None:
    company_settings.change(shop.company, "lapsed_days_after", "30")
    all_said(shop)
    assert (end_old(shop, 29), end_old(shop, 30)) == (0, 1)


def test_a_day_the_customer_chose_is_waited_for(shop: Shop) -> None:
    reminder = all_said(shop)
    it_is(f"{after(50)} 10:00")
    say(shop.alice, "remind me after 20 days")
    assert end_old(shop, 65) == 0
    tick(shop, after(70))
    assert fresh(reminder).state == refills.OPEN


def test_bought_after_all_a_new_supply_begins(shop: Shop) -> None:
    all_said(shop)
    end_old(shop, 60)
    again = buy(shop.alice, on=after(62))
    assert (again.state, again.runs_out_on) == (refills.OPEN, after(92))


def test_refill_and_why_say_that_it_lapsed(shop: Shop) -> None:
    reminder = all_said(shop)
    end_old(shop, 60)
    assert "lapsed, nobody bought it again after 3 Mar 2027" in say(shop.bob, f"refill #{reminder.serial}")
    assert f"(refill #{reminder.serial}, lapsed" in say(shop.bob, f"why #{reminder.serial}")


def test_the_report_of_the_day_counts_it_as_lost(shop: Shop) -> None:
    all_said(shop)
    end_old(shop, 60)
    assert daily.report(scopes.whole(shop.company), after(60)).refills_lost == 1
