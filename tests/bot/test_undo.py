"""undo, as staff see it: what waited is called off, what was called off waits again, what went has gone."""

import ast

import pytest

import config
from domain import refill_ladder
from messaging import consent
from models import ConsentEvent, Message, Phone
from tests.conversation import (
    Shop,
    approve_everything,
    fresh,
    it_is,
    last_message,
    new_contact,
    phone_of,
    say,
    send_all,
)
from tests.refilling import buy


@pytest.fixture
def shop(shop: Shop) -> Shop:
    approve_everything(shop.company)
    return shop


def _sell(shop: Shop, who: str, days: int = 30) -> str:
    return say(shop.bob, f"sale {who} Metformin 500, 30 x 5 for {days} days")


def test_a_sale_taken_back_takes_the_consent_it_gave_with_it(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    Phone.update(reminders_allowed=None).where(Phone.id == contact.phone).execute()
    _sell(shop, f"#{contact.serial}")
    assert phone_of(contact).reminders_allowed
    say(shop.bob, "undo")
    assert phone_of(contact).reminders_allowed is None
    assert [event.granted for event in ConsentEvent.select().order_by(ConsentEvent.id)] == [True, False]
    assert "taken back together with what it came from" in say(shop.bob, f"why #{contact.serial}")


def test_a_consent_given_in_their_own_words_since_then_stays(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    Phone.update(reminders_allowed=None).where(Phone.id == contact.phone).execute()
    _sell(shop, f"#{contact.serial}")
    consent.opt_in(phone_of(contact), "keyword", "START")
    say(shop.bob, "undo")
    assert phone_of(contact).reminders_allowed


def test_a_reminder_that_the_sale_called_off_waits_again(shop: Shop) -> None:
    buy(shop.alice)
    it_is("2027-02-28 22:30")
    refill_ladder.remind_due(shop.company, it_is("2027-02-28 22:30"))
    _sell(shop, "Alice Fernandes")
    assert last_message(shop.alice, "refill_due").state == "cancelled"
    say(shop.bob, "undo")
    assert last_message(shop.alice, "refill_due").state == "queued"
    it_is("2027-03-01 08:30")
    assert [outgoing.to for outgoing in send_all().taken].count(shop.alice.phone.address) == 1


def test_a_reminder_sent_by_hand_is_called_off_while_it_waits(shop: Shop) -> None:
    reminder = buy(shop.alice)
    it_is("2027-02-01 22:00")
    say(shop.bob, f"refill #{reminder.serial} send")
    assert fresh(reminder).whatsapp_sent_at
    assert say(shop.bob, "undo").startswith("Taken back: refill")
    assert (fresh(reminder).whatsapp_sent_at, fresh(reminder).messages_sent) == (None, 0)
    assert last_message(shop.alice, "refill_due").reason == "undone"


@pytest.mark.parametrize(("language", "said"), [("en", "has gone to the customer"), ("hi", "जा चुका है")])
def test_a_reminder_that_has_gone_cannot_be_called_back_and_nothing_changes(shop, language, said) -> None:
    shop.bob.language = language
    shop.bob.save()
    reminder = buy(shop.alice)
    say(shop.bob, f"refill #{reminder.serial} send")
    send_all()
    before = fresh(reminder).__data__
    assert said in say(shop.bob, "undo")
    assert fresh(reminder).__data__ == before
    assert Message.get(Message.template == "refill_due").state == "sent"


def test_in_hindi_what_was_taken_back_is_said_in_hindi(shop: Shop) -> None:
    shop.bob.language = "hi"
    shop.bob.save()
    _sell(shop, "Alice Fernandes")
    assert "बिक्री" in say(shop.bob, "undo")


def _labels() -> set[str]:
    """Every word that `changed` of a reply may hold, as far as it is written in the code."""
    nodes = [
        node
        for path in (config.ROOT / "bot" / "staff").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
    ]
    values = [node.value for node in nodes if isinstance(node, ast.keyword) and node.arg == "changed"]
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    values += [node.value for node in assigned if getattr(node.targets[0], "id", "") == "changed"]
    texts = [part.value for value in values for part in ast.walk(value) if isinstance(part, ast.Constant)]
    return {word for text in texts for word in str(text).split() if word.isalpha()}


def test_every_label_of_what_can_be_taken_back_has_its_hindi_words() -> None:
    hindi = (config.ROOT / "templates" / "messages" / "undone.hi.txt").read_text("utf-8")
    assert len(_labels()) > 5
    assert not {word for word in _labels() if f'"{word}":' not in hindi}
