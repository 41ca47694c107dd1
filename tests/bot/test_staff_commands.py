"""The day of a member of staff, as it is typed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot import router
from domain import contacts, follow_ups
from domain.people import of_contact
from models import Contact, FollowUp, Import, Interaction, Message, Phone, Staff
from tests.conversation import (
    MORNING,
    ZONE,
    fresh,
    it_is,
    last_message,
    later,
    new_contact,
    open_other_shop,
    open_shop,
    phone_of,
    say,
    told,
)

SHEET = {"url": "https://api.twilio.com/sheet", "type": "text/csv"}


@pytest.fixture
def shop(database_url):
    it_is(MORNING)
    return open_shop()


@pytest.fixture
def ravi(shop):
    return new_contact(shop.company, "Ravi Kumar", "+919811111111")


# ---- help


def test_help_lists_what_this_person_may_do(shop):
    assert "• staff [add" in say(shop.meera, "help")
    assert "• staff [add" not in say(shop.bob, "help")


def test_help_fits_a_phone_message(shop):
    assert len(say(shop.meera, "help")) <= 1600


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


# ---- remind, tasks, next, done, followups


def test_a_promise_is_made_listed_and_ticked_off(shop, ravi):
    made = say(shop.bob, f"remind #{ravi.serial} tomorrow 5pm call back about the meter")
    task = FollowUp.get()
    assert made.startswith(
        f"✓ #{task.serial} I will remind you tomorrow, 5:00 pm about Ravi Kumar: call back"
    )
    assert f"#{task.serial} tomorrow, 5:00 pm Ravi Kumar" in say(shop.bob, "followups")
    assert say(shop.bob, "tasks").startswith("Nothing is waiting")
    it_is("2027-02-02 09:00")
    assert f"#{task.serial} Ravi Kumar" in say(shop.bob, "tasks")
    assert say(shop.bob, f"done #{task.serial}") == f"✓ #{task.serial} done: Ravi Kumar."
    assert (fresh(task).state, fresh(task).done_by) == ("done", shop.bob)


@pytest.mark.parametrize(
    ("when", "refusal"),
    [
        ("yesterday 5pm", "That time has passed already"),
        ("on 31 Feb 2029 call", "I can't read a time"),
        ("when pigs fly", "I can't read a time"),
        ("1 Feb 2029", "That is more than a year away"),
    ],
)
def test_a_time_that_cannot_be_is_refused(shop, ravi, when, refusal):
    assert say(shop.bob, f"remind #{ravi.serial} {when}").startswith(refusal)
    assert not FollowUp.select().exists()


@pytest.mark.parametrize(
    ("number", "refusal"), [("#99", "There is no task #99"), ("{done}", "is done already")]
)
def test_done_with_a_number_that_cannot_be(shop, ravi, number, refusal):
    say(shop.bob, f"remind #{ravi.serial} tomorrow 5pm call")
    done = FollowUp.get().serial
    say(shop.bob, f"done #{done}")
    assert refusal in say(shop.bob, f"done {number.format(done=f'#{done}')}")


def test_the_answer_to_what_was_said_is_read_like_the_command(shop, ravi):
    say(shop.bob, f"log call #{ravi.serial}")
    said = say(shop.bob, "3m answered, wants a home visit next: call on Monday")
    assert said.startswith("✓ Call with Ravi Kumar") and "3:00 min" in said
    talk = Interaction.get()
    assert (talk.notes, talk.next_action) == ("wants a home visit", "call on Monday")


def test_next_opens_the_most_urgent_and_is_then_meant(shop, ravi):
    say(shop.bob, f"remind #{ravi.serial} today 11am call back")
    it_is("2027-02-01 11:30")
    opened = say(shop.bob, "next")
    assert "Ravi Kumar, today, 11:00 am: call back" in opened
    assert "📞 98111 11111" in opened
    assert say(shop.bob, "log call 2m all well").startswith("✓ Call with Ravi Kumar")


def test_a_long_day_shows_the_first_and_counts_the_rest(shop, ravi):
    for number in range(11):
        follow_ups.remind(
            of_contact(ravi), MORNING + timedelta(minutes=number + 1), "call", staff=shop.bob, at=MORNING
        )
    it_is("2027-02-01 12:00")
    assert "…and 3 more." in say(shop.bob, "tasks")
    assert "10 more after this." in say(shop.bob, "next")


def test_an_empty_day(shop):
    assert say(shop.bob, "tasks") == "Nothing is waiting for you. Well done, Bob!"
    assert say(shop.bob, "next") == "Nothing is waiting for you. Well done!"
    assert say(shop.bob, "followups").startswith("You have no follow-ups planned.")


def test_nobody_sees_the_promises_of_another(shop, ravi):
    say(shop.bob, f"remind #{ravi.serial} tomorrow 5pm call")
    assert say(shop.meera, "followups").startswith("You have no follow-ups planned.")


# ---- undo


@pytest.mark.parametrize(
    "typed",
    [
        "log call #{0} 3m wants BP medicines",
        "log call #{0} wrong number",
        "converted #{0} 450",
        "yellow #{0} price too high",
        "inactive #{0}",
        "remind #{0} tomorrow 5pm call back",
    ],
)
def test_undo_takes_the_last_change_back(shop, ravi, typed):
    before = _all()
    assert say(shop.bob, typed.format(ravi.serial)).startswith("✓")
    assert _all() != before
    assert say(shop.bob, "undo").startswith("Taken back: ")
    assert _all() == before


def _all():
    tables = (Contact, FollowUp, Interaction)
    return [row for table in tables for row in table.select().order_by(table.id).dicts()]


def test_undo_lasts_ten_minutes(shop, ravi):
    say(shop.bob, f"yellow #{ravi.serial}")
    later(minutes=11)
    assert say(shop.bob, "undo").startswith("There is nothing to take back.")
    assert fresh(ravi).status == "yellow"


def test_undo_takes_back_one_s_own_change_only(shop, ravi):
    say(shop.bob, f"yellow #{ravi.serial}")
    assert say(shop.meera, "undo").startswith("There is nothing to take back.")


def test_undo_twice_takes_back_two_changes(shop, ravi):
    say(shop.bob, f"yellow #{ravi.serial}")
    say(shop.bob, f"inactive #{ravi.serial}")
    for status in ("yellow", "pending"):
        say(shop.bob, "undo")
        assert fresh(ravi).status == status


def test_undo_is_refused_when_somebody_has_built_on_it(shop, ravi):
    say(shop.bob, f"yellow #{ravi.serial}")
    say(shop.meera, f"converted #{ravi.serial} 450")
    assert say(shop.bob, "undo").startswith("That cannot be taken back any more")
    assert fresh(ravi).status == "converted"


# ---- reply, pause, resume


def test_a_question_is_answered_by_its_person(shop):
    say(shop.alice, "do you have insulin pens?")
    assert say(shop.bob, f"reply #{shop.alice.serial} Yes, we do.") == "✓ Sent to Alice Fernandes."
    assert told(shop.alice, "staff_reply") == ["Yes, we do.\n— Bob D'Souza, Asha Medicals"]
    assert not FollowUp.select().where(FollowUp.state == "open").exists()


def test_a_reply_after_a_day_first_asks_them_to_write(shop):
    say(shop.alice, "do you have insulin pens?")
    it_is("2027-02-03 10:00")
    assert "WhatsApp lets me only ask them to write back" in say(shop.bob, f"reply #{shop.alice.serial} Yes.")
    assert told(shop.alice, "answer_waits")
    reply = last_message(shop.alice, "staff_reply")
    assert (reply.state, reply.reason) == ("queued", "window_closed")
    say(shop.alice, "yes")
    assert fresh(reply).reason is None


def test_reply_asks_for_whom_and_what(shop):
    assert say(shop.bob, "reply").startswith("About whom?")
    assert say(shop.bob, f"#{shop.alice.serial}") == 'What shall I write to Alice Fernandes? Or "cancel".'
    assert say(shop.bob, "done with your order") == "✓ Sent to Alice Fernandes." or told(
        shop.alice, "staff_reply"
    )


def test_to_whoever_said_stop_nothing_is_sent_and_staff_are_told(shop):
    say(shop.alice, "STOP")
    said = say(shop.bob, f"reply #{shop.alice.serial} Your medicine is here")
    assert said.startswith("Alice Fernandes asked us not to write, so nothing was sent.")
    assert not told(shop.alice, "staff_reply")


def test_pause_and_resume(shop):
    assert say(shop.bob, f"pause #{shop.alice.serial} 14 days") == (
        '✓ No reminders or offers to Alice Fernandes until 15 Feb 2027. "resume" ends that.'
    )
    paused_until = phone_of(shop.alice).paused_until
    assert paused_until is not None
    assert paused_until - MORNING < timedelta(days=14, minutes=1)
    assert say(shop.bob, "resume").startswith("✓ The desk reminds")
    assert phone_of(shop.alice).paused_until is None


def test_a_pause_of_no_length_is_refused(shop):
    assert say(shop.bob, f"pause #{shop.alice.serial} whatever").startswith("I can't read a length of time")
    assert phone_of(shop.alice).paused_until is None


# ---- staff, assign


def test_managers_take_on_staff_and_let_them_go(shop):
    added = say(shop.meera, "staff add STAFF005 98333 33333 Ravi Kumar support")
    assert added == "✓ Ravi Kumar (STAFF005) is on the team as support."
    assert "STAFF005 Ravi Kumar, support" in say(shop.meera, "staff")
    assert say(shop.meera, "staff remove staff005") == "✓ Ravi Kumar (STAFF005) has left the team."
    assert not Staff.get(Staff.code == "STAFF005").is_active


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


def test_a_consent_for_no_sheet_is_refused(shop):
    assert say(shop.bob, "consent #77 at the counter") == "There is no sheet #77."


def test_answers_carry_the_time_of_the_shop(shop, ravi):
    it_is(MORNING.replace(hour=15))
    say(shop.bob, f"log visit #{ravi.serial} looked at meters")
    assert "today, 3:00 pm" in say(shop.bob, "contact")
    assert Interaction.get().happened_at.astimezone(ZONE).hour == 15


def test_answers_fit_one_message(shop, ravi):
    """WhatsApp takes 1,600 characters; the longest lists stay far below."""
    for number in range(12):
        contact = new_contact(
            shop.company, f"A Rather Long Name Of Somebody {number}", f"+9198222222{number:02d}"
        )
        say(shop.bob, f"remind #{contact.serial} tomorrow 5pm {'to call back ' * 20}")
    say(shop.bob, "followups")
    assert all(len(message.body) <= 1600 for message in Message.select())
