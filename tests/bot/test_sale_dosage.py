"""A sale that says how the medicine is taken."""

from datetime import date, timedelta

import pytest

from bot.text import dosages, medicines
from models import PurchaseItem, RefillReminder
from tests.conversation import Shop, it_is, say

BOUGHT = date(2027, 2, 1)


@pytest.mark.parametrize(
    ("text", "dosage", "quantity"),
    [
        ("Metformin 500 2 strips of 15, 1-0-1, 150 total", "1-0-1", 30),
        ("Metformin 500, 30 x 5, BD", "BD", 30),
        ("Metformin 500 30 tabs 5 each twice a day", "twice a day", 30),
        ("Ecosprin 75 20 x 2 2 tablets every 3 days", "2 tablets every 3 days", 20),
        ("Thyronorm 50 15 x 3 half tablet daily", "half tablet daily", 15),
        ("Lantus Solostar pen 2 x 700 10 units daily", "10 units daily", 2),
        ("Crocin 650 10 x 2 SOS", "SOS", 10),
        ("Metformin 500, 30 x 5, OD", "OD", 30),
        ("Glyciphage OD 500, 30 x 5 for 30 days", "", 30),
    ],
)
def test_the_dose_is_read_out_of_the_line(text: str, dosage: str, quantity: int) -> None:
    [item] = medicines.sale_items(text)
    assert (item.dosage, item.quantity) == (dosage, quantity)


def test_what_is_no_dose_stays_in_the_text() -> None:
    assert dosages.split("Telma 40") == ("", "Telma 40")
    assert dosages.split("0-0-0") == ("", "0-0-0")


@pytest.mark.parametrize(
    ("sold", "days"),
    [
        ("Metformin 500 2 strips of 15, 1-0-1, 150 total", 15),
        ("Ecosprin 75, 20 x 2, 2 tablets every 3 days", 30),
        ("Thyronorm 50, 15 x 3, half tablet daily", 30),
        ("Metformin 500, 30 x 5, 1-0-1 for 30 days", 30),
    ],
)
def test_it_tells_when_it_runs_out_and_nobody_is_asked(shop: Shop, sold: str, days: int) -> None:
    assert "For how many days" not in say(shop.bob, f"sale alice {sold}")
    assert RefillReminder.get().runs_out_on == BOUGHT + timedelta(days=days)


def test_as_needed_has_no_run_out_and_no_reminder(shop: Shop) -> None:
    assert "₹20" in say(shop.bob, "sale alice Crocin 650, 10 x 2, SOS")
    assert RefillReminder.select().count() == 0
    assert PurchaseItem.get().dosage == "SOS"


def test_where_the_dose_does_not_tell_the_days_are_asked_for(shop: Shop) -> None:
    assert "For how many days" in say(shop.bob, "sale alice Benadryl syrup, 1 x 120, 5 ml twice daily")
    say(shop.bob, "20")
    assert PurchaseItem.get().duration_days == 20


def test_asked_for_days_a_dose_is_an_answer(shop: Shop) -> None:
    say(shop.bob, "sale alice Metformin 500, 30 x 5")
    say(shop.bob, "1-0-1")
    assert RefillReminder.get().runs_out_on == BOUGHT + timedelta(days=15)


def test_another_dose_at_the_next_sale_changes_what_is_left(shop: Shop) -> None:
    say(shop.bob, "sale alice Metformin 500, 30 x 5, 1-0-0")
    it_is("2027-02-11 10:00")
    say(shop.bob, "sale alice Metformin 500, 60 x 5, 1-0-1")
    assert RefillReminder.get(RefillReminder.state == "open").runs_out_on == date(2027, 2, 11) + timedelta(40)
