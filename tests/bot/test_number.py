"""number: staff enter the right phone number of somebody."""

import pytest

from domain import people
from models import ConsentEvent, FollowUp, Message, Phone, RefillReminder
from tests.conversation import (
    Shop,
    approve_everything,
    fresh,
    later,
    new_contact,
    new_customer,
    new_phone,
    phone_of,
    say,
    send_all,
)
from tests.refilling import after, buy, tick

RIGHT = "+919820001111"


@pytest.fixture
def shop(shop: Shop) -> Shop:
    approve_everything(shop.company)
    return shop


def number_of(shop: Shop) -> str:
    return phone_of(fresh(shop.alice)).address


@pytest.mark.parametrize(
    "said",
    [
        "number #{serial} 98200 01111",
        "Number #{serial}: +91-98200-01111",
        "new number Alice 98200 01111",
        "new number of Alice Fernandes is 9820001111",
        "phone of Alice is 98200 01111",
        "number 98765 43213 98200 01111",
        "naya number Alice ka 98200 01111 hai",
        "नया नंबर Alice का 98200 01111 है",
        "number alice = 98200 01111.",
    ],
)
def test_it_is_entered_as_people_say_it(shop: Shop, said: str) -> None:
    answer = say(shop.bob, said.format(serial=shop.alice.serial))
    assert answer.startswith("✓ Alice Fernandes #") and "has the number 98200 01111 now" in answer
    assert number_of(shop) == RIGHT


def test_a_number_alone_is_of_who_was_spoken_about(shop: Shop) -> None:
    say(shop.bob, "customer Alice")
    assert "Alice Fernandes" in say(shop.bob, "number 98200 01111")
    assert number_of(shop) == RIGHT


def test_what_is_missing_is_asked_for(shop: Shop) -> None:
    assert say(shop.bob, "new number").startswith("About whom?")
    assert "Which number has Alice Fernandes now?" in say(shop.bob, "Alice")
    assert "not one phone number" in say(shop.bob, "12")
    say(shop.bob, "98200 01111")
    assert number_of(shop) == RIGHT


@pytest.mark.parametrize(
    "said",
    [
        "98200",
        "98200 01111, 98200 02222",
        "98200 01111 98200 02222",
        "50 123 4567",
        "her son's 98200 01111",
        "98200 01111 evenings only",
        "soon",
    ],
)
def test_what_is_not_one_number_changes_nothing(shop: Shop, said: str) -> None:
    answer = say(shop.bob, f"number #{shop.alice.serial} {said}")
    assert "is not one phone number" in answer and "country code" in answer
    assert number_of(shop) == "+919876543213"


def test_a_toll_free_number_is_nobodys(shop: Shop) -> None:
    assert "toll-free" in say(shop.bob, "number Alice 1800 123 456")
    assert "toll-free" in say(shop.bob, "number Alice +91 1860 345 1234")
    assert number_of(shop) == shop.alice.phone.address


@pytest.mark.parametrize("who", ["#999", "98111 00000", "Anita Joshi", "anita"])
def test_nobody_else_gets_the_number_of_who_is_not_known(shop: Shop, who: str) -> None:
    say(shop.bob, "customer Alice")
    answer = say(shop.bob, f"number {who} 98200 01111")
    assert "know nobody" in answer or "is not one phone number" in answer
    assert number_of(shop) == "+919876543213"
    assert people.by_address(shop.company, RIGHT) == []


def test_the_task_names_what_to_write_and_is_done_with_it(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    say(shop.alice, "wrong number")
    task = FollowUp.get(FollowUp.kind == "wrong_number")
    assert f"Find the right number of Alice Fernandes; then: number #{task.serial}" in say(shop.bob, "tasks")
    answer = say(shop.bob, f"number #{task.serial} 98200 01111")
    assert "Reminded of again: Metformin 500." in answer
    assert "Find the right number" not in say(shop.bob, "tasks")


def test_who_said_stop_stays_unwritten_and_staff_are_told(shop: Shop) -> None:
    say(shop.alice, "STOP")
    answer = say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    assert "nothing goes there until they write START" in answer
    assert "said on their former number" in say(shop.bob, f"why #{shop.alice.serial}")
    say(fresh(shop.alice), "START")
    assert phone_of(fresh(shop.alice)).opted_out_at is None


def test_why_tells_where_an_agreement_comes_from(shop: Shop) -> None:
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    assert "said on their former number (Bob D'Souza)" in say(shop.bob, f"why #{shop.alice.serial}")


def test_why_of_a_refill_tells_what_went_to_the_former_number(shop: Shop) -> None:
    refill = buy(shop.alice)
    tick(shop, after(-3))
    send_all()
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    assert "Metformin 500 for 30 days" in say(shop.bob, f"why #{refill.serial}")


def test_why_of_what_was_called_off_says_so(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    message = Message.get(Message.reason == "new_number")
    assert "they have another number now" in say(shop.bob, f"why #{message.serial}")


def test_undo_puts_everything_back(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    new_phone(shop.company, RIGHT)
    Phone.update(wrong_number=True, reminders_allowed=None).where(Phone.address == RIGHT).execute()
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    assert "the number of #" in say(shop.bob, "undo")
    right = Phone.get(Phone.address == RIGHT)
    assert (right.wrong_number, right.reminders_allowed) == (True, None)
    assert number_of(shop) == "+919876543213"
    assert [one.phone for one in RefillReminder.select()] == [shop.alice.phone]
    assert [outgoing.to for outgoing in send_all().taken if outgoing.to != shop.bob.phone] == [
        "+919876543213"
    ]


def test_undo_ends_again_what_had_begun_again(shop: Shop) -> None:
    buy(shop.alice)
    tick(shop, after(-3))
    say(shop.alice, "wrong number")
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    say(shop.bob, "undo")
    assert [one.ended_because for one in RefillReminder.select()] == ["wrong_number"]
    assert FollowUp.get(FollowUp.kind == "wrong_number").state == "open"


def test_undo_takes_back_a_stop_that_came_along_and_no_other(shop: Shop) -> None:
    say(shop.alice, "STOP")
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    say(shop.bob, "undo")
    assert Phone.get(Phone.address == RIGHT).opted_out_at is None
    assert phone_of(shop.alice).opted_out_at is not None
    assert [event.method for event in ConsentEvent.select().order_by(ConsentEvent.id)][-1] == "undone"


def test_a_stop_of_their_own_since_then_outlives_undo(shop: Shop) -> None:
    say(shop.alice, "STOP")
    say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    later(minutes=1)
    say(fresh(shop.alice), "STOP")
    say(shop.bob, "undo")
    assert Phone.get(Phone.address == RIGHT).opted_out_at is not None


def test_refusals_name_who_is_there(shop: Shop) -> None:
    new_customer(shop.company, "Alice Fernandes", RIGHT)
    lead = new_contact(shop.company, "Sita Rao", "+919820002222")
    new_contact(shop.company, "Ravi Kumar", "+919820003333")
    alice = f"number #{shop.alice.serial}"
    assert "Alice Fernandes #2 is a customer with this phone already" in say(shop.bob, f"{alice} 98200 01111")
    assert "is the number of Alice Fernandes" in say(shop.bob, f"{alice} 98765 43213")
    assert "the contact Ravi Kumar #" in say(shop.bob, f"number #{lead.serial} 98200 03333")


def test_in_hindi_too(shop: Shop) -> None:
    shop.bob.language = "hi"
    shop.bob.save()
    assert "का नंबर अब" in say(shop.bob, f"number #{shop.alice.serial} 98200 01111")
    assert "एक फ़ोन नंबर नहीं है" in say(shop.bob, f"number #{shop.alice.serial} 982")
