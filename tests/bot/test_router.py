"""Who speaks and what they mean: commands in any spelling, open questions, "did you mean"."""

import pytest

from bot import customer, router, staff
from bot.router import Reply
from models import FollowUp
from tests.conversation import (
    last_message,
    new_contact,
    new_phone,
    open_other_shop,
    phone_of,
    say,
)


@pytest.fixture(scope="module", autouse=True)
def loaded():
    staff.load()
    customer.load()


# ---- which command


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        ("help", "help", ""),
        ("HELP!", "help", ""),
        ("/help sale", "help", "sale"),
        ("  Tasks.", "tasks", ""),
        ("log call 98765 43210 3m", "log call", "98765 43210 3m"),
        ("Log-Call: answered", "log call", "answered"),
        ("logcall busy", "log call", "busy"),
        ("log  call\nhe wants BP medicines", "log call", "he wants BP medicines"),
        ("followups", "followups", ""),
        ("follow ups", "followups", ""),
        ("done #3", "done", "#3"),
        ("done#3", "done", "#3"),
        ("who am i?", "whoami", ""),
        ("*undo*", "undo", "*"),
        ("as customer", "as customer", ""),
    ],
)
def test_case_spacing_and_punctuation_do_not_matter(typed, name, rest):
    found = router.find_command(typed)
    assert found is not None
    assert (found[0].name, found[1]) == (name, rest)


@pytest.mark.parametrize("typed", ["", "hello", "nextel called", "undoing", "1234", "#12", "donee", "log"])
def test_what_is_no_command_is_none(typed):
    assert router.find_command(typed) is None


def test_no_two_commands_share_a_spelling():
    owners: dict[str, set[str]] = {}
    for entry in router.COMMANDS.values():
        for spelling in entry.spellings:
            owners.setdefault(spelling.replace(" ", ""), set()).add(entry.name)
    assert not {spelling: names for spelling, names in owners.items() if len(names) > 1}


def test_each_command_shows_itself_in_its_usage():
    for entry in router.COMMANDS.values():
        found = router.find_command(entry.usage)
        assert found and found[0] is entry


def test_a_name_is_registered_once():
    with pytest.raises(AssertionError):
        router.command("help", usage="help")(lambda turn: Reply("help", {}))


# ---- nearly a command, and none at all


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("taks", "tasks"), ("hlep", "help"), ("log cal 3m", "log call"), ("convertd 450", "converted")],
)
def test_a_word_that_is_nearly_a_command_gets_did_you_mean(shop, typed, meant):
    assert f"Did you mean *{meant}*?" in say(shop.bob, typed)


@pytest.mark.parametrize("typed", ["good morning everybody", "👍", "?!", "42"])
def test_anything_else_from_staff_gets_a_hint_and_changes_nothing(shop, typed):
    assert "help" in say(shop.bob, typed)
    assert not FollowUp.select().exists()


def test_an_empty_message_gets_an_answer_too(shop):
    assert say(shop.bob, "   ")


# ---- one question at a time


def test_what_is_missing_is_asked_for_one_thing_after_the_other(shop):
    new_contact(shop.company, "Ravi Kumar", "+919811111111")
    assert say(shop.bob, "log call").startswith("About whom?")
    assert say(shop.bob, "Ravi Kumar").startswith("What was said in the call with Ravi Kumar?")
    assert say(shop.bob, "wants sugar-free biscuits").startswith("✓ Call with Ravi Kumar")


def test_cancel_drops_a_question(shop):
    say(shop.bob, "remind")
    assert say(shop.bob, "Cancel.") == "Dropped. Nothing was changed."
    assert phone_of(shop.bob).asking is None


def test_an_answer_in_any_words_is_not_taken_for_a_command(shop):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    say(shop.bob, f"log call #{ravi.serial}")
    say(shop.bob, "next week he decides")
    assert "next week he decides" in say(shop.bob, f"contact #{ravi.serial}")


def test_another_command_drops_a_question_that_wants_a_number(shop):
    say(shop.bob, "done")
    assert say(shop.bob, "whoami").startswith("You are Bob D'Souza")
    assert phone_of(shop.bob).asking is None


def test_an_answer_that_does_not_fit_is_asked_for_again(shop):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    say(shop.bob, f"converted #{ravi.serial}")
    assert '"a lot" is not an amount' in say(shop.bob, "a lot")
    assert say(shop.bob, "450").startswith("✓ Ravi")


# ---- who speaks


def test_staff_may_speak_as_customers_and_back(shop):
    say(shop.bob, "as customer")
    assert say(shop.bob, "hello").startswith("Hello! This is Asha Medicals.")
    say(shop.bob, "as staff")
    assert say(shop.bob, "whoami").startswith("You are Bob")


def test_whoever_works_here_no_longer_speaks_as_a_customer(shop):
    shop.bob.is_active = False
    shop.bob.save()
    assert "You are Bob" not in say(shop.bob, "whoami")


def test_staff_of_one_shop_are_strangers_in_another(shop):
    other, charlie = open_other_shop()
    stranger = new_phone(other.company, shop.bob.phone)
    say(stranger, "tasks")
    assert last_message(stranger, "passed_on")
    assert "Charlie" not in say(shop.bob, f"contact {phone_of(charlie).address}")


def test_customers_cannot_give_commands(shop):
    say(shop.alice, f"inactive #{shop.alice.serial}")
    assert FollowUp.get().notes == f"inactive #{shop.alice.serial}"
