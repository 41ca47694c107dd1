"""condition: what customers live with, taken down and followed by chat."""

import pytest

from models import FollowUp, MedicalCondition
from tests.caring import newcomer, on
from tests.conversation import MORNING, Shop, fresh, it_is, new_customer, open_shop, say
from tests.selling import listed

pytestmark = pytest.mark.usefixtures("database_url")

LINE = "condition Ravi Type 2 Diabetes chronic moderate, check monthly, on Metformin"


@pytest.fixture
def shop() -> Shop:
    it_is(MORNING)
    shop = open_shop()
    new_customer(shop.company, "Ravi Kumar", "+919876500001")
    return shop


def test_one_line_is_a_whole_condition_read_back(shop):
    answer = say(shop.bob, LINE)
    assert "Type 2 Diabetes, chronic, moderate, on Metformin" in answer
    assert "Checked monthly, next 1 Mar 2027" in answer
    kept = MedicalCondition.get()
    assert (kept.name, kept.primary_medicine, kept.severity) == ("Type 2 Diabetes", "Metformin", "moderate")


def test_what_is_missing_is_asked_for(shop):
    assert "Which condition?" in say(shop.bob, "condition Ravi new")
    assert "chronic, acute or preventive" in say(shop.bob, "Migraine")
    assert "How severe" in say(shop.bob, "chronic")
    assert "How severe" in say(shop.bob, "dreadful")
    assert "How often is it checked" in say(shop.bob, "mild")
    assert "Migraine, chronic, mild" in say(shop.bob, "every 6 months")
    assert MedicalCondition.get().next_checkup_on == on("2027-08-01")


def test_it_is_followed_by_its_number(shop):
    say(shop.bob, LINE)
    condition = MedicalCondition.get()
    assert "fasting 130" in say(shop.bob, f"condition #{condition.serial} fasting 130")
    assert "next 15 Mar 2027" in say(shop.bob, f"condition #{condition.serial} checked today next 15 March")
    assert "over" in say(shop.bob, f"condition #{condition.serial} resolved")
    assert fresh(condition).state == "resolved"


def test_undo_takes_back_what_became_of_it(shop):
    say(shop.bob, LINE)
    condition = MedicalCondition.get()
    say(shop.bob, f"condition #{condition.serial} resolved")
    say(shop.bob, "undo")
    assert (fresh(condition).state, FollowUp.get().state) == ("active", "open")


def test_a_day_that_is_none_is_told(shop):
    assert "no day “31 Feb”" in say(shop.bob, "condition Ravi Gout chronic mild, next check 31 Feb")
    assert not MedicalCondition.select().exists()


def test_the_same_again_points_to_the_one_there_is(shop):
    say(shop.bob, LINE)
    assert f"known already as #{MedicalCondition.get().serial}" in say(shop.bob, LINE)


def test_what_is_known_is_shown_to_those_who_may_see_it(shop):
    say(shop.bob, LINE)
    assert "Type 2 Diabetes" in say(shop.bob, "condition Ravi")
    assert "Type 2 Diabetes" in say(shop.bob, "customer Ravi")
    devi = newcomer(shop)
    for words in ("condition Ravi", "customer Ravi", f"condition #{MedicalCondition.get().serial}"):
        assert "Diabetes" not in say(devi, words)


def test_its_medicine_is_the_one_of_the_catalogue(shop):
    listed(shop.company, "Glycomet 500", generic="Metformin 500")
    assert "✓" in say(shop.bob, "condition Alice Diabetes chronic mild, check monthly, on Glycomett 500")
    assert MedicalCondition.get().primary_medicine == "Glycomet 500"
