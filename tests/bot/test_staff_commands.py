"""help, log, contact, converted, yellow and inactive, as they are typed."""

from decimal import Decimal

import pytest

from bot import router
from bot.staff import help as help_command
from domain import contacts
from models import Interaction
from tests.conversation import (
    MORNING,
    fresh,
    new_contact,
    open_other_shop,
    phone_of,
    say,
)

# ---- help


def test_help_lists_what_this_person_may_do(shop):
    assert "· staff" in say(shop.meera, "help")
    assert "· staff" not in say(shop.bob, "help")


def test_help_fits_a_phone_message(shop):
    assert len(say(shop.meera, "help")) <= 1600


def test_every_command_has_its_section_in_help(shop):
    modules = {entry.function.__module__.rpartition(".")[2] for entry in router.COMMANDS.values()}
    listed = [module for section in help_command.SECTIONS.values() for module in section]
    assert modules <= set(listed) and len(listed) == len(set(listed))
    shown = say(shop.meera, "help")
    assert not [entry.name for entry in router.COMMANDS.values() if entry.name.split()[0] not in shown]


def test_each_command_explains_itself(shop):
    for entry in router.COMMANDS.values():
        assert say(shop.meera, f"help {entry.name}").startswith(f"*{entry.usage}*")


def test_help_for_what_there_is_not(shop):
    assert say(shop.bob, "help cooking").startswith('I don\'t know "cooking"')


def test_whoami(shop):
    assert say(shop.bob, "whoami") == "You are Bob D'Souza (STAFF002), support at Asha Medicals."


# ---- log


@pytest.mark.parametrize("who", ["98111 11111", "+91 98111-11111", "#{serial}", "Ravi Kumar", "ravi"])
def test_a_person_is_named_by_phone_number_or_name(shop, ravi, who):
    answer = say(
        shop.bob, f"log call {who.format(serial=ravi.serial)} 3m wants BP medicines".replace("  ", " ")
    )
    assert answer.startswith(f"✓ Call with Ravi Kumar #{ravi.serial} logged, 3:00 min.")
    assert Interaction.get().notes == "wants BP medicines"


def test_all_fields_of_a_call(shop, ravi):
    said = "3:20 answered wants BP medicines response: comes tomorrow next: keep Amlodipine ready"
    say(shop.bob, f"log call #{ravi.serial} {said}")
    talk = Interaction.get()
    assert (talk.kind, talk.call_seconds, talk.call_outcome) == ("call", 200, "answered")
    assert (talk.notes, talk.response) == ("wants BP medicines", "comes tomorrow")
    assert (talk.next_action, talk.staff) == ("keep Amlodipine ready", shop.bob)


@pytest.mark.parametrize(
    ("said", "outcome"), [("no answer", "no_answer"), ("Busy", "busy"), ("no-answer", "no_answer")]
)
def test_a_call_nobody_took_needs_no_notes(shop, ravi, said, outcome):
    say(shop.bob, f"log call #{ravi.serial} {said}")
    assert Interaction.get().call_outcome == outcome


def test_the_first_talk_makes_a_pending_contact_contacted(shop, ravi):
    assert "Bought?" in say(shop.bob, f"log call #{ravi.serial} 2m will think about it")
    assert fresh(ravi).status == contacts.CONTACTED


def test_a_wrong_number_is_never_called_again(shop, ravi):
    say(shop.bob, f"log call #{ravi.serial} wrong number")
    assert (fresh(ravi).status, fresh(ravi.phone).wrong_number) == (contacts.INACTIVE, True)


@pytest.mark.parametrize("kind", ["visit", "whatsapp", "email", "meeting", "support", "inquiry"])
def test_other_talks_are_logged_too(shop, ravi, kind):
    assert say(shop.bob, f"log {kind} #{ravi.serial} looked at meters").startswith(
        f"✓ {kind.capitalize()} with Ravi"
    )
    assert (Interaction.get().kind, Interaction.get().call_outcome) == (kind, None)


def test_without_a_name_it_is_the_person_last_spoken_about(shop, ravi):
    say(shop.bob, f"contact #{ravi.serial}")
    assert "Ravi Kumar" in say(shop.bob, "log call 1m answered nice talk")
    assert "Ravi Kumar" in say(shop.bob, "converted 450")


def test_somebody_else_s_last_person_is_not_mine(shop, ravi):
    say(shop.meera, f"contact #{ravi.serial}")
    assert say(shop.bob, "converted 450").startswith("About whom?")


# ---- whom nobody knows


@pytest.mark.parametrize("who", ["#999", "98222 22222"])
def test_a_number_of_nobody_is_said_and_changes_nothing(shop, ravi, who):
    assert say(shop.bob, f"log call {who} 3m hello").startswith("I know nobody under")
    assert not Interaction.select().exists()


def test_two_of_one_name_are_asked_about(shop, ravi):
    new_contact(shop.company, "Ravi Shankar", "+919811111112")
    answer = say(shop.bob, "contact Ravi")
    assert "Ravi Kumar" in answer
    assert "Ravi Shankar" in answer


def test_nobody_of_another_shop_is_found(shop, ravi):
    other, charlie = open_other_shop()
    assert say(other.bob, "contact 98111 11111").startswith("I know nobody")
    assert say(shop.bob, f"contact {phone_of(charlie).address}").startswith("I know nobody")


# ---- contact, converted, yellow, inactive


def test_a_contact_is_shown_with_what_was_said(shop, ravi):
    say(shop.bob, f"log call #{ravi.serial} 2m will think about it")
    shown = say(shop.bob, "contact")
    assert shown.splitlines()[:3] == [f"*Ravi Kumar* #{ravi.serial}", "📞 98111 11111", "Contacted"]
    assert "• today, 10:00 am call (Bob): will think about it" in shown


def test_talks_stand_line_by_line_and_one_without_notes_ends_without_a_colon(shop, ravi):
    say(shop.bob, f"log call #{ravi.serial} no answer")
    say(shop.bob, f"log visit #{ravi.serial} looked at meters")
    assert say(shop.bob, "contact").splitlines()[3:] == [
        "• today, 10:00 am visit (Bob): looked at meters",
        "• today, 10:00 am call (Bob)",
    ]


def test_a_bare_number_shows_the_person(shop, ravi):
    assert say(shop.bob, f"#{ravi.serial}").startswith("*Ravi Kumar*")


def test_converted_with_its_value(shop, ravi):
    assert say(shop.bob, f"converted #{ravi.serial} ₹1,50,000").startswith("✓ Ravi Kumar #")
    row = fresh(ravi)
    assert (row.status, row.conversion_value, row.converted_by) == ("converted", Decimal("150000"), shop.bob)
    assert row.converted_on == MORNING.date()


@pytest.mark.parametrize("amount", ["lots", "12.345", "450 or 500"])
def test_an_amount_that_is_none_changes_nothing(shop, ravi, amount):
    assert "is not an amount" in say(shop.bob, f"converted #{ravi.serial} {amount}")
    assert fresh(ravi).status == "pending"


def test_twice_converted_is_refused(shop, ravi):
    say(shop.bob, f"converted #{ravi.serial} 450")
    assert say(shop.bob, "converted 450") == f"Ravi Kumar #{ravi.serial} is converted already."


@pytest.mark.parametrize("status", ["yellow", "inactive"])
def test_yellow_and_inactive_keep_the_reason(shop, ravi, status):
    say(shop.bob, f"{status} #{ravi.serial} price too high")
    assert (fresh(ravi).status, fresh(ravi).status_reason) == (status, "price too high")


def test_a_customer_is_no_contact(shop):
    assert "is a customer, not a contact" in say(shop.bob, f"yellow #{shop.alice.serial}")


def test_a_minus_belongs_to_the_amount(shop):
    contact = new_contact(shop.company, "Anita Joshi", "+919812300001")
    assert "is not an amount" in say(shop.bob, f"converted #{contact.serial} -5")
