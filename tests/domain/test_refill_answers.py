"""What an answer may not do, and whose task it becomes."""

from datetime import date, timedelta

import pytest

from domain import refill_answers
from domain.errors import DomainError
from models import FollowUp, RefillReminder, Staff
from tests.conversation import MORNING, Shop, fresh, phone_of
from tests.refilling import after, buy, said, tick


@pytest.fixture
def reminders(shop: Shop) -> list[RefillReminder]:
    return [buy(shop.alice)]


@pytest.mark.parametrize(("days", "code"), [(-1, "moment_past"), (121, "moment_far")])
def test_a_day_that_is_past_or_far_away_is_refused(
    reminders: list[RefillReminder], days: int, code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        refill_answers.later(reminders, MORNING + timedelta(days=days), at=MORNING)
    assert fresh(reminders[0]).next_step == "due"


def test_later_today_is_tomorrow(reminders: list[RefillReminder]) -> None:
    on = refill_answers.later(reminders, MORNING + timedelta(hours=3), at=MORNING)
    assert on == fresh(reminders[0]).next_step_on == date(2027, 2, 2)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_stock_that_cannot_be_is_refused(reminders: list[RefillReminder], days: int) -> None:
    with pytest.raises(DomainError, match="stock_days"):
        refill_answers.have_stock(reminders, days, at=MORNING)
    assert fresh(reminders[0]).runs_out_on == date(2027, 3, 3)


def test_a_reason_goes_to_the_customers_own_pharmacist(shop: Shop, reminders: list[RefillReminder]) -> None:
    devi = Staff.create(
        company=shop.company, code="STAFF003", name="Devi", phone="+919899900000", is_pharmacist=True
    )
    shop.alice.assigned_to = devi
    shop.alice.save()
    task = refill_answers.reason([fresh(reminders[0])], "cost", at=MORNING, cause="message:1")
    assert task.staff == devi


def test_where_no_pharmacist_works_a_reason_is_everybodys(
    shop: Shop, reminders: list[RefillReminder]
) -> None:
    shop.bob.is_pharmacist = False
    shop.bob.save()
    assert refill_answers.reason(reminders, "cost", at=MORNING, cause="message:1").staff is None


def test_without_a_message_the_next_to_run_out_is_meant(shop: Shop, reminders: list[RefillReminder]) -> None:
    assert refill_answers.meant(phone_of(shop.alice), None, MORNING) == reminders


def test_whoever_is_having_it_kept_ready_is_called_but_not_asked_again(
    shop: Shop, reminders: list[RefillReminder]
) -> None:
    tick(shop, after(-3))
    refill_answers.keep_ready([fresh(reminders[0])], at=MORNING, cause="message:1")
    tick(shop, after(2))
    assert len(said()) == 1
    tick(shop, after(5))
    assert FollowUp.select().where(FollowUp.kind == "refill_call").count() == 1
