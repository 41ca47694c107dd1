"""staff, assign, upload and consent, as they are typed; and that answers fit."""

import pytest

from models import Import, Interaction, Message, Phone, Staff
from tests.conversation import (
    MORNING,
    ZONE,
    it_is,
    new_contact,
    say,
    told,
)

SHEET = {"url": "https://api.twilio.com/sheet", "type": "text/csv"}


# ---- staff, assign


def test_managers_take_on_staff_and_let_them_go(shop):
    added = say(shop.meera, "staff add STAFF005 98333 33333 Ravi Kumar support")
    assert added == "✓ Ravi Kumar (STAFF005) is on the team as support."
    assert "STAFF005 Ravi Kumar, support" in say(shop.meera, "staff")
    assert say(shop.meera, "staff remove staff005") == "✓ Ravi Kumar (STAFF005) has left the team."
    assert not Staff.get(Staff.code == "STAFF005").is_active


@pytest.mark.parametrize(
    ("typed", "role", "is_pharmacist"),
    [
        ("Ravi Kumar pharmacist", "support", True),
        ("Ravi Kumar support pharmacist", "support", True),
        ("Ravi Kumar pharmacist, manager", "manager", True),
        ("Ravi Kumar sales manager", "sales_manager", False),
        ("Ravi Kumar sales_manager", "sales_manager", False),
    ],
)
def test_a_pharmacist_is_taken_on_by_that_word(shop, typed, role, is_pharmacist):
    say(shop.meera, f"staff add STAFF005 98333 33333 {typed}")
    added = Staff.get(Staff.code == "STAFF005")
    assert (added.name, added.role, added.is_pharmacist) == ("Ravi Kumar", role, is_pharmacist)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("staff add STAFF002 98333 33333 Ravi support", "The code STAFF002 is taken."),
        ("staff add STAFF005 98765 43212 Ravi support", "This phone belongs to another member of the team."),
        ("staff add STAFF005 98333 33333 Ravi king", "Write it like: staff add"),
        ("staff add", "Write it like: staff add"),
        ("staff remove STAFF001", "You cannot remove yourself."),
        ("staff remove NOBODY", "Nobody here has the code NOBODY."),
    ],
)
def test_what_cannot_be_done_with_staff_is_refused(shop, typed, refusal):
    assert say(shop.meera, typed).startswith(refusal)
    assert Staff.select().where(Staff.is_active).count() == 2


@pytest.mark.parametrize("typed", ["staff", "assign"])
def test_what_a_role_may_not_do_is_refused(shop, typed):
    assert say(shop.bob, typed).startswith("Only managers may use")


def test_contacts_whatsapp_cannot_reach_are_dealt_out(shop, ravi):
    Phone.update(reach="not_available").where(Phone.id == ravi.phone_id).execute()
    assert say(shop.meera, "assign") == "✓ 1 contact has somebody to call them now."
    assert told(shop.bob, "contacts_assigned") == [
        'You have 1 new person to call. Reply "tasks" to see them.'
    ]
    assert "Call Ravi Kumar, not reached on WhatsApp" in say(shop.bob, "tasks")


def test_nothing_to_assign(shop):
    assert say(shop.meera, "assign").startswith("Nobody needs a call")


# ---- upload


def test_upload_without_a_file_says_what_to_do(shop):
    assert say(shop.bob, "upload").startswith("Please send the sheet as a document")


@pytest.mark.parametrize("word", ["upload consent:", "consent:"])
def test_a_caption_tells_how_the_people_of_its_sheet_agreed(shop, word):
    assert say(shop.bob, f"{word} gave it at the counter", media=[SHEET]).startswith("Got it.")
    assert Import.get().consent_basis == "gave it at the counter"


def test_a_sheet_is_no_answer_to_a_question(shop, ravi):
    assert say(shop.bob, f"log call #{ravi.serial}").startswith("What was said")
    assert say(shop.bob, "contacts.xlsx", media=[SHEET]).startswith("Got it.")
    assert not Interaction.select().exists()


@pytest.mark.parametrize(
    "caption", ["stock.xlsx", "customer list", "today", "bill.pdf", "contact sheet of March"]
)
def test_words_below_a_file_that_begin_like_a_command_are_its_name(shop, caption):
    assert say(shop.bob, caption, media=[SHEET]).startswith("Got it.")


def test_a_command_below_a_file_that_names_whom_it_is_for_is_one(shop, ravi):
    assert "Visit with Ravi Kumar" in say(shop.bob, "log visit Ravi took 2 strips", media=[SHEET])


def test_a_consent_for_no_sheet_is_refused(shop):
    assert say(shop.bob, "consent #77 at the counter") == "There is no sheet #77."


def test_answers_carry_the_time_of_the_shop(shop, ravi):
    it_is(MORNING.replace(hour=15))
    say(shop.bob, f"log visit #{ravi.serial} looked at meters")
    assert "today, 3:00 pm" in say(shop.bob, "contact")
    assert Interaction.get().happened_at.astimezone(ZONE).hour == 15


def test_answers_fit_one_message(shop):
    """WhatsApp takes 1,600 characters; the longest lists stay far below."""
    for number in range(12):
        contact = new_contact(
            shop.company, f"A Rather Long Name Of Somebody {number}", f"+9198222222{number:02d}"
        )
        say(shop.bob, f"remind #{contact.serial} tomorrow 5pm {'to call back ' * 20}")
    before = Message.select().count()
    assert "A Rather Long Name" in say(shop.bob, "followups")
    assert Message.select().count() == before + 1


def test_only_managers_send_the_catalogue_of_medicines(shop):
    file = [SHEET]
    assert "kept by the managers" in say(shop.bob, "upload medicines", media=file)
    assert say(shop.meera, "upload medicines", media=file).startswith("Got it")
    assert [row.kind for row in Import.select()] == ["medicines"]
