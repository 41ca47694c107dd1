"""Each of the sayings leads where it has to, or to a person; never to something else."""

from datetime import date

import pytest

from database import db
from models import FollowUp, InboundMessage, Phone, RefillReminder
from tests.bot.refill_sayings import SAYINGS
from tests.conversation import Shop, fresh, it_is, open_shop, phone_of, say
from tests.refilling import buy, tick

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

REMINDED = "2027-02-28 10:00"
IN_TEN_DAYS = date(2027, 3, 10)


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    """A shop whose alice was reminded this morning of what she takes."""
    it_is("2027-02-01 10:00")
    opened = open_shop()
    buy(opened.alice)
    tick(opened, date(2027, 2, 28))
    return opened


def what_became(shop: Shop, answer: str) -> str | None:
    """Read off the rows, and for what only asked back off the question that is open."""
    reminder, phone = RefillReminder.get(), phone_of(shop.alice)
    kinds = {task.kind for task in FollowUp.select()}
    if "question" in kinds:
        return "person" if _asked_for_one() else None
    became = {
        "stop": phone.opted_out_at,
        "danger": "danger" in kinds,
        "died": fresh(shop.alice).died_on,
        "have_stock": (phone.asking or {}).get("slot") == "days",
        "later": (phone.asking or {}).get("slot") == "when",
        "have_stock_days": reminder.answer == "have_stock" and reminder.runs_out_on == IN_TEN_DAYS,
        "later_on": reminder.answer == "later",
        "wrong_person": phone.wrong_number,
        "why": "know why" in answer,
    }
    return next((name for name, is_so in became.items() if is_so), reminder.answer)


def _asked_for_one() -> bool:
    said = InboundMessage.select().order_by(InboundMessage.id.desc()).get().body
    return (said, "person") in SAYINGS


@on_sqlite
@pytest.mark.parametrize("meaning", list(dict.fromkeys(meaning for _, meaning in SAYINGS)))
def test_what_is_answered_does_what_was_meant(shop: Shop, meaning: str | None) -> None:
    became = {}
    for said in [said for said, meant in SAYINGS if meant == meaning]:
        with db.atomic() as transaction:
            became[said] = what_became(shop, say(shop.alice, said))
            transaction.rollback()
    assert {said: what for said, what in became.items() if what != meaning} == {}


def test_there_are_enough_of_them_in_every_language() -> None:
    assert len({said for said, _ in SAYINGS}) == len(SAYINGS) >= 150
    assert sum(any("\u0900" <= letter <= "\u097f" for letter in said) for said, _ in SAYINGS) >= 40


@on_sqlite
def test_nobody_is_known_by_what_others_say(shop: Shop) -> None:
    say(shop.alice, "I am not Ravi")
    assert not Phone.get_by_id(phone_of(shop.alice).id).wrong_number
