"""What is too long for one message goes on in others, and all of it arrives in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.parts import LONGEST, length, parts
from models import Message
from tests.conversation import phone_of, say
from tests.messaging.sending import send


@given(st.text(st.sampled_from("ab \n😀न"), max_size=200), st.integers(2, 40))
def test_every_part_fits_and_no_word_is_lost(text, longest):
    found = parts(text, longest)
    assert all(length(part) <= longest for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_a_part_begins_with_a_line_or_a_word():
    assert parts("one two\nthree four", 12) == ["one two", "three four"]
    assert parts("one two three", 9) == ["one two", "three"]
    assert parts("short") == ["short"]


@pytest.fixture
def said(shop):
    """Alice has asked, bob answers with more than WhatsApp takes at once."""
    say(shop.alice, "how do I take it?")
    send()
    text = "\n".join(f"{number}. " + "take it after food " * 10 for number in range(1, 20))
    say(shop.bob, f"reply Alice {text}")
    return text


def test_a_long_reply_of_staff_arrives_whole_and_in_order(shop, said):
    hers = phone_of(shop.alice).address
    bodies = []
    for _ in range(4):
        bodies += [outgoing.body for outgoing in send().taken if outgoing.to == hers]
    assert len(bodies) > 1 and all(length(body) <= LONGEST for body in bodies)
    whole = " ".join(" ".join(bodies).split())
    assert whole == " ".join(f"{said} — Bob D'Souza, Asha Medicals".split())


def test_undo_takes_back_all_of_it(shop, said):
    say(shop.bob, "undo")
    replies = Message.select().where(Message.template == "staff_reply")
    assert len(replies) > 1 and {row.state for row in replies} == {"cancelled"}
