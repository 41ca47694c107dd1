"""What happened on one day, in the company's own zone."""

from datetime import timedelta
from decimal import Decimal

from domain.reports import daily, scopes
from models import Contact
from tests.conversation import MORNING, later, new_contact, say
from tests.refilling import OUT, buy, tick

ON = MORNING.date()


def test_the_day_of_a_shop(shop):
    lead = new_contact(shop.company, "Ravi Kumar", "+919811100001")
    say(shop.bob, f"log call #{lead.serial} 3m will visit")
    say(shop.bob, f"sale #{lead.serial} Metformin 500 30 x 5 for 30 days")
    day = daily.report(scopes.whole(shop.company), ON)
    # Alice, made with the shop, and Ravi are the new customers.
    assert (day.new_contacts, day.contacted, day.converted, day.calls) == (1, 1, 1, 1)
    assert (day.sales, day.sales_value, day.customers_served, day.new_customers) == (1, Decimal(150), 1, 2)
    assert day.conversion_value == Decimal(150)


def test_the_day_ends_at_midnight_of_the_shop(shop):
    lead = new_contact(shop.company, "Ravi Kumar", "+919811100001")
    # 19:00 in London is half past midnight in India.
    Contact.update(created_at=MORNING.replace(hour=0, minute=30) + timedelta(days=1)).where(
        Contact.id == lead.id
    ).execute()
    whole = scopes.whole(shop.company)
    assert [daily.report(whole, ON + timedelta(days=n)).new_contacts for n in (0, 1)] == [0, 1]


def test_refills_and_answers_of_the_day(shop):
    reminder = buy(shop.alice)
    tick(shop, OUT - timedelta(days=3))
    say(shop.alice, "bought elsewhere")
    buy(shop.alice, "Atorva 10", on=OUT - timedelta(days=3), days=4 + 26)
    day = daily.report(scopes.whole(shop.company), OUT - timedelta(days=3))
    assert (day.answers, day.refills_bought) == (1, 0)
    assert reminder.runs_out_on == OUT


def test_what_runs_out_tomorrow_is_told_today(shop):
    buy(shop.alice)
    assert daily.report(scopes.whole(shop.company), OUT - timedelta(days=1)).refills_tomorrow == 1


def test_what_is_left_undone_is_counted(shop):
    say(shop.bob, f"remind #{shop.alice.serial} today 5pm call back")
    say(shop.bob, f"remind #{shop.alice.serial} tomorrow 5pm call back")
    later(hours=1)
    assert daily.report(scopes.of(shop.bob), ON).tasks_open == 1
    assert daily.report(scopes.of(shop.meera), ON).tasks_open == 1
