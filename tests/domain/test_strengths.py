"""Telma 80 after Telma 40: the pharmacist is asked, nothing ends unasked, and one command answers."""

from datetime import timedelta

import pytest

from domain import refills
from models import FollowUp, RefillReminder
from tests.conversation import Shop, fresh, it_is, new_customer, open_shop, say
from tests.refilling import BOUGHT, buy
from tests.selling import listed, sell, some

LATER = BOUGHT + timedelta(days=28)


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is("2027-03-01 20:00")
    return open_shop()


def asked() -> list[FollowUp]:
    return list(FollowUp.select().where(FollowUp.kind == "strength_changed"))


def test_the_pharmacist_is_asked_and_both_go_on_until_then(shop: Shop) -> None:
    old = buy(shop.alice, "Telma 40")
    new = buy(shop.alice, "Telma 80", on=LATER)
    [task] = asked()
    assert (task.staff, task.notes) == (shop.bob, f"refill #{old.serial}: Telma 40 → Telma 80")
    assert (fresh(old).state, fresh(new).state) == (refills.OPEN, refills.OPEN)
    assert f"Telma 40 → Telma 80. Did it take its place? Then: refill #{old.serial} replaced" in say(
        shop.bob, "tasks"
    )


def test_replaced_ends_the_old_one_and_settles_the_task(shop: Shop) -> None:
    old = buy(shop.alice, "Telma 40")
    buy(shop.alice, "Telma 80", on=LATER)
    assert "took the place of Telma 40" in say(shop.bob, f"refill #{old.serial} replaced")
    assert (fresh(old).ended_because, asked()[0].state) == ("replaced", "done")
    assert "another strength took its place" in say(shop.bob, f"refill #{old.serial}")
    say(shop.bob, "undo")
    assert (fresh(old).state, asked()[0].state) == (refills.OPEN, "open")


def test_who_takes_both_is_not_asked_about_again(shop: Shop) -> None:
    old = buy(shop.alice, "Telma 40")
    buy(shop.alice, "Telma 80", on=LATER)
    say(shop.bob, f"done #{asked()[0].serial}")
    buy(shop.alice, "Telma 40", on=LATER + timedelta(days=1))
    buy(shop.alice, "Telma 80", on=LATER + timedelta(days=30))
    assert (len(asked()), fresh(old).state) == (1, refills.ENDED)


def test_both_on_one_bill_are_both_taken(shop: Shop) -> None:
    sell(shop.alice, *(some(listed(shop.company, name)) for name in ("Telma 40", "Telma 80")))
    assert asked() == []


@pytest.mark.parametrize("name", ["Telma 40", "Amlodipine 5", "Telma H 80"])
def test_another_medicine_is_no_other_strength(shop: Shop, name: str) -> None:
    buy(shop.alice, "Telma 40")
    buy(shop.alice, name, on=LATER)
    assert asked() == []


def test_somebody_else_on_the_phone_is_somebody_else(shop: Shop) -> None:
    buy(shop.alice, "Telma 40")
    buy(new_customer(shop.company, "Ravi", shop.alice.phone.address), "Telma 80", on=LATER)
    assert asked() == []


def test_a_bill_entered_late_asks_nothing(shop: Shop) -> None:
    buy(shop.alice, "Telma 80", on=LATER)
    buy(shop.alice, "Telma 40")
    assert asked() == []


def test_a_brand_of_the_catalogue_is_known_by_what_is_in_it(shop: Shop) -> None:
    buy(shop.alice, "Telmisartan 40")
    brand = listed(shop.company, "Telma 80", generic="Telmisartan 80")
    sell(shop.alice, some(brand, 30), on=LATER)
    assert [task.notes.split(": ")[1] for task in asked()] == ["Telmisartan 40 → Telma 80"]
    assert RefillReminder.select().count() == 2
