"""A shop that speaks Hindi: commands stay as they are, every answer is read in Hindi."""

import re

import pytest

from models import Message
from tests.conversation import MORNING, fresh, it_is, new_contact, open_shop, phone_of, say, told

DEVANAGARI = re.compile(r"[\u0900-\u097f]")

# A day of work; #1 is Alice, #2 Ravi.
TYPED = [
    "help",
    "help sale",
    "whoami",
    "tasks",
    "next",
    "followups",
    "log call #2 3m no answer",
    "log visit #2 looked at meters next: call on Monday",
    "yellow #2 price too high",
    "yellow #2",
    "undo",
    "contact #2",
    "remind #2 tomorrow 5pm call back",
    "remind #2 yesterday",
    "remind #2 when pigs fly",
    "followups",
    "done #99",
    "converted #2 lots",
    "converted #2 450",
    "customer #1",
    "customer #2",
    "sale #1 Metformin 500, 30 x 5 for 30 days",
    "sale #1",
    "cancel",
    "refills",
    "refills 60",
    "refill #99",
    "pause #1 14 days",
    "resume #1",
    "reply #1 Your medicine is here.",
    "staff",
    "staff add",
    "staff add STAFF009 98333 33333 Ravi Kumar support",
    "staff remove STAFF009",
    "staff remove STAFF001",
    "assign",
    "upload",
    "consent #77 at the counter",
    "publish #77",
    "log call #77 hello",
    "taks",
    "good morning",
    "as customer",
    "as staff",
    "undo",
]


@pytest.fixture
def shop(database_url):
    it_is(MORNING)
    shop = open_shop()
    shop.company.language = "hi"
    shop.company.save()
    shop.meera.language = "hi"
    shop.meera.save()
    new_contact(shop.company, "Ravi", "+919811111111")
    return shop


def test_a_day_of_work_is_answered_in_hindi(shop):
    answers = {typed: say(shop.meera, typed) for typed in TYPED}
    assert not [typed for typed, answer in answers.items() if not DEVANAGARI.search(answer)]
    assert not Message.select().where(Message.template == "apology").exists()


@pytest.mark.parametrize(
    "written",
    [
        "नमस्ते",
        "धन्यवाद",
        "दुकान कब खुलती है?",
        "पता",
        "मेरी दवाइयाँ",
        "दवाई चाहिए",
        "मुझे इंसुलिन पेन चाहिए",
        "STOP",
        "रोको",
        "शुरू करो",
    ],
)
def test_customers_are_answered_in_hindi(shop, written):
    answer = say(shop.alice, written)
    assert not answer or DEVANAGARI.search(answer)
    assert answer or written == "शुरू करो"


def test_a_notice_to_staff_is_in_the_language_of_the_staff(shop):
    say(shop.alice, "मुझे इंसुलिन पेन चाहिए")
    assert DEVANAGARI.search("".join(told(shop.meera, "question_waits") + told(shop.bob, "question_waits")))


def test_english_stays_for_whoever_reads_english(shop):
    assert say(shop.bob, "tasks").startswith(("Nothing is waiting", "*Today"))
    say(shop.alice, "language")
    say(shop.alice, "english")
    assert fresh(phone_of(shop.alice)).language == "en"
    assert say(shop.alice, "thanks") == "You are welcome!"
