"""Who is held out: drawn once, only from automatic messages, and told so."""

from collections import Counter
from datetime import timedelta

import pytest

import company_settings
from domain import holdout, refill_answers, refill_ladder
from models import FollowUp
from report_tables import TrialCycle
from tests.conversation import approve_everything, it_is, new_phone, open_shop, say
from tests.refilling import after, buy, said, tick


@pytest.fixture
def shop(database_url):
    it_is("2027-02-01 10:00")
    shop = open_shop()
    approve_everything(shop.company)
    return shop


def held_out(shop, share: str = "50%") -> bool:
    """Hold out that share; alice's side."""
    company_settings.change(shop.company, "holdout", share)
    return holdout.arm_of(shop.company, shop.alice.phone, int(share[:-1])) == holdout.HELD_OUT


def put_alice(shop, arm: str) -> None:
    """Buy for alice, and put this supply on a side as the draw would."""
    reminder = buy(shop.alice)
    TrialCycle.create(
        company=shop.company,
        reminder=reminder,
        phone=shop.alice.phone,
        arm=arm,
        began_on=after(-3),
    )


def test_nobody_is_held_out_at_first(shop):
    buy(shop.alice)
    tick(shop, after(-3))
    assert len(said()) == 1
    assert not TrialCycle.select().exists()


def test_the_share_is_about_what_was_asked_for_and_the_draw_is_stable(shop):
    phones = [new_phone(shop.company, f"+9197000{n:05d}") for n in range(1000)]
    draws = [[holdout.arm_of(shop.company, phone, 10) for phone in phones] for _ in range(2)]
    assert draws[0] == draws[1]
    assert 70 <= Counter(draws[0])[holdout.HELD_OUT] <= 130


def test_whoever_is_held_out_at_a_small_share_is_so_at_a_larger_one(shop):
    phones = [new_phone(shop.company, f"+9197000{n:05d}") for n in range(200)]
    small, large = (
        {phone.id for phone in phones if holdout.arm_of(shop.company, phone, share) == holdout.HELD_OUT}
        for share in (10, 30)
    )
    assert small < large


def test_a_supply_joins_with_its_first_message(shop):
    is_held_out = held_out(shop)
    buy(shop.alice)
    tick(shop, after(-3))
    assert TrialCycle.get().arm == (holdout.HELD_OUT if is_held_out else holdout.REMINDED)
    assert bool(said()) is not is_held_out


def test_the_held_out_get_no_message_but_staff_still_call(shop):
    put_alice(shop, holdout.HELD_OUT)
    for days in (-3, 2, 5, 21):
        tick(shop, after(days))
    assert not said()
    assert FollowUp.select().where(FollowUp.kind == "refill_call").count() == 1


def test_the_others_are_reminded_as_ever(shop):
    put_alice(shop, holdout.REMINDED)
    tick(shop, after(-3))
    tick(shop, after(2))
    assert len(said()) == 2


def test_what_a_customer_asked_for_goes(shop):
    put_alice(shop, holdout.HELD_OUT)
    reminder = TrialCycle.get().reminder
    it_is("2027-02-20 10:00")
    refill_answers.later(
        [reminder], it_is("2027-02-20 10:00") + timedelta(days=2), at=it_is("2027-02-20 10:00")
    )
    tick(shop, it_is("2027-02-22 10:00").date())
    assert len(said()) == 1


def test_staff_may_send_it_by_hand(shop):
    put_alice(shop, holdout.HELD_OUT)
    refill_ladder.notify(TrialCycle.get().reminder, at=it_is("2027-02-28 10:00"))
    assert len(said()) == 1


def test_a_supply_that_was_reminded_before_does_not_join(shop):
    buy(shop.alice)
    tick(shop, after(-3))
    held_out(shop)
    tick(shop, after(2))
    assert len(said()) == 2
    assert not TrialCycle.select().exists()


def test_a_side_is_kept_until_the_supply_ends_whatever_is_set_meanwhile(shop):
    put_alice(shop, holdout.HELD_OUT)
    company_settings.change(shop.company, "holdout", "off")
    tick(shop, after(-3))
    assert not said()


def test_why_says_that_a_refill_is_held_out(shop):
    put_alice(shop, holdout.HELD_OUT)
    tick(shop, after(-3))
    assert "comparison group" in say(shop.bob, f"why #{TrialCycle.get().reminder.serial}")
