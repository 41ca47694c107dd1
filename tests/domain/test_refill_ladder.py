"""The clock and the refill ladder: what is said when, once, to whom, and what stops it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest

import database
from domain import refill_answers, refill_ladder, refills
from domain.errors import DomainError
from domain.refill_plan import Step
from messaging import consent
from models import Customer, FollowUp, Message, RefillReminder
from tests.conversation import (
    MORNING,
    ZONE,
    Shop,
    approve_everything,
    fresh,
    it_is,
    new_customer,
    open_other_shop,
    phone_of,
    send_all,
    told,
)
from tests.refilling import after, buy, said, tick
from workers.jobs import refills_due


def calls() -> list[FollowUp]:
    return list(FollowUp.select().where(FollowUp.kind == "refill_call"))


def test_the_whole_ladder_day_by_day(shop: Shop) -> None:
    reminder = buy(shop.alice)
    happened = {}
    for day in range(-10, 60):
        before = (len(said()), len(calls()))
        tick(shop, after(day))
        if (len(said()), len(calls())) != before:
            happened[day] = "call" if len(said()) == before[0] else said()[-1].split(":")[2]
    assert happened == {-3: "due", 2: "overdue", 5: "call", 21: "last"}
    assert (fresh(reminder).state, fresh(reminder).next_step) == ("open", None)


def test_nothing_is_said_twice_however_often_the_clock_ticks(shop: Shop) -> None:
    reminder = buy(shop.alice)
    for hour in (8, 8, 9, 10, 23):
        tick(shop, after(-3), hour)
    assert said() == [f"refill:{reminder.id}:due"]
    assert fresh(reminder).messages_sent == 1


def test_a_clock_that_read_the_row_before_another_took_the_step_does_nothing(shop: Shop) -> None:
    buy(shop.alice)
    [stale] = refills.open_of_phone(phone_of(shop.alice))
    tick(shop, after(-3))
    assert not refill_ladder._claim(stale, after(-3), Step("due", after(-3)))


def test_the_day_begins_at_midnight_in_india_and_the_message_waits_for_the_morning(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-4), hour=23)
    assert said() == []
    tick(shop, after(-3), hour=0)
    [message] = Message.select()
    assert (message.state, message.reason) == ("queued", "quiet_hours")
    assert message.send_after.astimezone(ZONE) == datetime(2027, 2, 28, 8, tzinfo=ZONE)


def test_a_clock_that_stood_still_says_only_the_newest_step(shop: Shop) -> None:
    reminder = buy(shop.alice)
    tick(shop, after(4))
    assert said() == [f"refill:{reminder.id}:overdue"]
    assert (fresh(reminder).next_step, fresh(reminder).next_step_on) == ("call", after(5))


def test_after_weeks_of_standing_still_nothing_old_is_said_but_staff_call_once(shop: Shop) -> None:
    reminder = buy(shop.alice)
    tick(shop, after(15))
    assert said() == [] and len(calls()) == 1
    assert fresh(reminder).next_step == "last"
    tick(shop, after(60))
    assert said() == [] and len(calls()) == 1
    assert fresh(reminder).next_step is None


def test_what_runs_out_within_a_week_is_one_message(shop: Shop) -> None:
    metformin, telma = buy(shop.alice), buy(shop.alice, "Telma 40", 37)
    atorva = buy(shop.alice, "Atorva 10", 38)
    tick(shop, after(-3))
    assert said() == [f"refill:{metformin.id}:due"]
    assert [fresh(one).next_step for one in (metformin, telma, atorva)] == ["overdue", "overdue", "due"]
    [message] = Message.select()
    assert refills.covered(message) == [metformin, telma]


def test_a_basket_is_one_call(shop: Shop) -> None:
    buy(shop.alice), buy(shop.alice, "Telma 40")
    tick(shop, after(5))
    [call] = calls()
    assert call.notes == "Metformin 500, Telma 40"


def test_the_basket_of_a_company_is_its_setting(shop: Shop) -> None:
    shop.company.settings = {"basket_days": 0}
    shop.company.save()
    buy(shop.alice), buy(shop.alice, "Telma 40", 31)
    tick(shop, after(-3))
    tick(shop, after(-2))
    assert len(said()) == 2


def test_at_most_three_messages_a_cycle(shop: Shop) -> None:
    shop.company.settings = {"messages_per_cycle": 2}
    shop.company.save()
    buy(shop.alice)
    for day in range(-5, 40):
        tick(shop, after(day))
    assert [key.split(":")[2] for key in said()] == ["due", "overdue"]
    assert len(calls()) == 1


def test_a_purchase_ends_the_ladder_at_once(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    buy(shop.alice, on=after(-1))
    for day in range(25):
        tick(shop, after(day))
    assert len(said()) == 1


def test_stop_between_the_queue_and_the_sending_is_obeyed(shop: Shop) -> None:
    approve_everything(shop.company)
    buy(shop.alice)
    tick(shop, after(-3), hour=7)
    consent.opt_out(fresh(phone_of(shop.alice)), "keyword", "STOP")
    it_is(datetime(2027, 2, 28, 9, tzinfo=ZONE))
    assert send_all().taken == []
    assert Message.get().state == "cancelled"


def test_the_ladder_of_a_phone_that_said_stop_ends_with_the_next_tick(shop: Shop) -> None:
    reminder = buy(shop.alice)
    consent.opt_out(fresh(phone_of(shop.alice)), "provider")
    tick(shop, after(-3))
    assert said() == []
    assert fresh(reminder).ended_because == "stopped"


def test_who_is_not_on_whatsapp_is_not_counted_as_reminded(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    phone.reach = "not_available"
    phone.save()
    reminder = buy(shop.alice)
    tick(shop, after(-3))
    assert Message.get().outcome == "not_on_whatsapp"
    assert (fresh(reminder).whatsapp_sent_at, fresh(reminder).messages_sent) == (None, 0)


def test_by_hand_it_goes_now_and_not_again_of_itself(shop: Shop) -> None:
    reminder = buy(shop.alice)
    at = it_is(datetime(2027, 2, 27, 11, tzinfo=ZONE))
    refill_ladder.notify(fresh(reminder), at=at)
    tick(shop, after(-3))
    assert said() == [f"refill:{reminder.id}:due"]
    assert fresh(reminder).next_step == "overdue"


def test_by_hand_a_second_time_it_goes_once_a_day(shop: Shop) -> None:
    reminder = buy(shop.alice)
    tick(shop, after(-3))
    for hour in (11, 12):
        refill_ladder.notify(fresh(reminder), at=it_is(datetime(2027, 3, 1, hour, tzinfo=ZONE)))
    assert said() == [f"refill:{reminder.id}:due", f"refill:{reminder.id}:by_hand:2027-03-01"]


def test_what_has_ended_or_has_no_phone_cannot_be_sent(shop: Shop) -> None:
    reminder = buy(shop.alice)
    refills.end(reminder, "bought_elsewhere", MORNING)
    with pytest.raises(DomainError, match="refill_ended"):
        refill_ladder.notify(reminder, at=MORNING)
    nobody = Customer.create(company=shop.company, serial=shop.company.take_serials(), name="Old Mr Shah")
    with pytest.raises(DomainError, match="refill_no_phone"):
        refill_ladder.notify(buy(nobody), at=MORNING)


def test_moved_to_another_day_the_same_step_is_said_again(shop: Shop) -> None:
    reminder = buy(shop.alice)
    tick(shop, after(-3))
    refill_answers.have_stock([fresh(reminder)], 10, at=it_is(datetime(2027, 2, 28, 11, tzinfo=ZONE)))
    tick(shop, date(2027, 3, 7))
    assert said() == [f"refill:{reminder.id}:due", f"refill:{reminder.id}:due:2027-03-10"]


def test_the_job_sees_to_every_company_in_its_own_zone(shop: Shop) -> None:
    other, charlie = open_other_shop()
    other.company.timezone = "America/New_York"
    other.company.save()
    buy(shop.alice), buy(charlie)
    it_is(datetime(2027, 2, 28, 1, tzinfo=ZONE))
    refills_due.run()
    assert len(told(shop.alice)) == 1 and told(charlie) == []
    it_is(datetime(2027, 2, 28, 11, tzinfo=ZONE))
    refills_due.run()
    assert len(told(shop.alice)) == 1 and len(told(charlie)) == 1


def test_many_phones_are_seen_to_in_rounds(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refill_ladder, "_AT_ONCE", 2)
    for n in range(3):
        buy(new_customer(shop.company, f"Customer {n}", f"+9198999000{n:02}"))
    tick(shop, after(-3))
    assert len(said()) == 2
    tick(shop, after(-3))
    assert len(said()) == 3
    assert RefillReminder.select().where(RefillReminder.next_step == "due").count() == 0


def test_two_clocks_at_the_same_moment_say_it_once(shop: Shop) -> None:
    for n in range(5):
        buy(new_customer(shop.company, f"Customer {n}", f"+919899900{n:03}"))
    at = it_is(datetime(2027, 2, 28, 10, tzinfo=ZONE))
    ready = Barrier(2)

    def one_clock() -> None:
        with database.connection():
            ready.wait()
            refill_ladder.remind_due(shop.company, at)
        database.db.close()

    with ThreadPoolExecutor(2) as clocks:
        for clock in [clocks.submit(one_clock) for _ in range(2)]:
            clock.result()
    assert len(said()) == len(set(said())) == 5
    assert {reminder.messages_sent for reminder in RefillReminder.select()} == {1}
