"""Set aside first, then said to be waiting; what is not fetched goes back."""

from datetime import date
from decimal import Decimal

import pytest

from domain import refill_answers, refills, reservations
from models import FollowUp, Medicine, Message, RefillReminder
from tests.conversation import MORNING, Shop, fresh, it_is, new_customer, phone_of, say, told
from tests.refilling import OUT, after, buy, said, tick
from workers.jobs import refills_due


def words(shop: Shop) -> list[str]:
    return [row.template for row in Message.select().where(Message.key.startswith("refill:"))]


def test_one_basket_for_each_phone_the_first_to_run_out_first(shop: Shop) -> None:
    telma = buy(shop.alice, "Telma 40", 31)
    metformin = buy(shop.alice)
    husband = buy(new_customer(shop.company, "Ravi", phone_of(shop.alice).address), "Atorva 10", 29)
    stranger = buy(new_customer(shop.company, "Sita", "+919899912345"), "Atorva 10", 25)
    found = reservations.baskets(shop.company, after(-4), 7)
    assert [basket.reminders for basket in found] == [[husband, metformin, telma]]
    assert [len(basket.customers) for basket in reservations.baskets(shop.company, after(-5), 7)] == [1, 2]
    assert found[0].serial == husband.serial and stranger not in found[0].reminders


def test_what_the_shelf_lacks_is_told(shop: Shop) -> None:
    buy(shop.alice)
    Medicine.update(stock=Decimal(20)).execute()
    [basket] = reservations.baskets(shop.company, after(-3))
    assert [need.short for need in basket.needs] == [Decimal(10)]
    it_is(f"{after(-3)} 10:00")
    assert "Metformin 500 (short of 10)" in say(shop.bob, "reserve 7")


def test_only_what_is_set_aside_is_said_to_wait(shop: Shop) -> None:
    reminder = buy(shop.alice)
    buy(new_customer(shop.company, "Sita", "+919899912345"))
    reservations.reserve(reminder, staff=shop.bob, at=MORNING)
    tick(shop, after(-3))
    assert sorted(words(shop)) == ["refill_due", "refill_waiting"]
    assert "waiting for you at our counter until 10 Mar 2027" in told(shop.alice, "refill_waiting")[0]


def test_half_a_basket_does_not_wait(shop: Shop) -> None:
    buy(shop.alice), buy(shop.alice, "Telma 40")
    RefillReminder.update(reserved_at=MORNING, reserved_until=OUT).where(RefillReminder.id == 1).execute()
    tick(shop, after(-3))
    assert words(shop) == ["refill_due"]


def test_i_will_come_to_what_is_set_aside_makes_no_second_task(shop: Shop) -> None:
    reservations.reserve(buy(shop.alice), staff=shop.bob, at=MORNING)
    tick(shop, after(-3))
    assert "set aside for you until 10 Mar 2027" in say(shop.alice, "I will come", button="keep_ready")
    assert FollowUp.select().count() == 0


def test_what_is_not_fetched_goes_back_and_who_set_it_aside_is_told(shop: Shop) -> None:
    reminder = buy(shop.alice)
    reservations.reserve(reminder, staff=shop.bob, at=MORNING)
    tick(shop, after(7))
    assert reservations.expire(shop.company, MORNING) == 0
    tick(shop, after(8))
    refills_due.run()
    task = FollowUp.get(FollowUp.kind == "put_back")
    assert (task.staff, task.notes) == (shop.bob, "Metformin 500")
    assert fresh(reminder).reserved_at is None
    refills_due.run()
    assert FollowUp.select().where(FollowUp.kind == "put_back").count() == 1


@pytest.mark.parametrize(("because", "tasks"), [("bought_elsewhere", 1), ("purchased:1", 0)])
def test_an_end_without_a_purchase_sends_it_back(shop: Shop, because: str, tasks: int) -> None:
    reminder = buy(shop.alice)
    reservations.reserve(reminder, staff=shop.bob, at=MORNING)
    refills.end(fresh(reminder), because, MORNING)
    assert FollowUp.select().where(FollowUp.kind == "put_back").count() == tasks


def test_setting_aside_settles_what_was_asked_for(shop: Shop) -> None:
    reminder = buy(shop.alice)
    refill_answers.keep_ready([reminder], at=MORNING, cause="message:1")
    reservations.reserve(fresh(reminder), staff=shop.bob, at=MORNING)
    assert FollowUp.get().state == "done"


def test_by_chat_it_is_listed_set_aside_and_put_back(shop: Shop) -> None:
    reminder = buy(shop.alice)
    it_is("2027-02-26 10:00")
    assert f"#{reminder.serial} Alice Fernandes, by Wednesday 3 Mar: Metformin 500" in say(
        shop.bob, "reserve"
    )
    assert "Set aside for Alice Fernandes" in say(shop.bob, f"reserved #{reminder.serial}")
    assert "✓ set aside" in say(shop.bob, "reserve")
    assert "Back on the shelf" in say(shop.bob, f"reserved #{reminder.serial} back")
    say(shop.bob, "undo")
    assert fresh(reminder).reserved_by == shop.bob
    assert "Which refill?" in say(shop.bob, "reserved")
    say(shop.bob, "cancel")
    shop.bob.language = "hi"
    shop.bob.save()
    assert "अलग रखने की दवाइयाँ" in say(shop.bob, "reserve")


def test_how_long_it_lies_is_a_setting(shop: Shop) -> None:
    shop.company.settings = {"reserved_days": 2, "reserve_days_ahead": 0}
    shop.company.save()
    reminder = buy(shop.alice)
    reservations.reserve(fresh(reminder), staff=shop.bob, at=MORNING)
    assert fresh(reminder).reserved_until == date(2027, 3, 5)
    assert reservations.baskets(shop.company, after(-1)) == []
    assert len(reservations.baskets(shop.company, after(0))) == 1
    assert said() == []
