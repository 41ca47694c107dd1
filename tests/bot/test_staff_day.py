"""tasks, next, remind, done, undo, reply, pause and resume, as they are typed."""

from datetime import timedelta

import pytest

from domain import follow_ups
from domain.people import of_contact
from models import Contact, FollowUp, Interaction, Phone
from tests.conversation import (
    MORNING,
    fresh,
    it_is,
    last_message,
    later,
    new_contact,
    phone_of,
    say,
    told,
)

SHEET = {"url": "https://api.twilio.com/sheet", "type": "text/csv"}


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


def test_a_pause_is_read_with_its_reason(shop):
    assert "until 15 Feb 2027" in say(shop.bob, "pause Alice 2 weeks, going out of station")


def test_a_pause_of_no_length_is_refused(shop):
    assert say(shop.bob, f"pause #{shop.alice.serial} whatever").startswith("I can't read a length of time")
    assert phone_of(shop.alice).paused_until is None


# ---- why a contact is to be called


@pytest.mark.parametrize(
    ("reach", "english", "hindi"),
    [
        ("available", "Call Ravi: no answer to our message yet", "जवाब अभी नहीं आया"),
        ("not_available", "Call Ravi, not reached on WhatsApp", "WhatsApp पर नहीं मिले"),
    ],
)
def test_a_contact_to_call_says_what_became_of_our_message(shop, reach, english, hindi):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    Phone.update(reach=reach).where(Phone.id == ravi.phone_id).execute()
    Contact.update(assigned_to=shop.bob).where(Contact.id == ravi.id).execute()
    assert english in say(shop.bob, "tasks")
    shop.bob.language = "hi"
    shop.bob.save()
    assert hindi in say(shop.bob, "tasks")


def test_a_stock_to_be_counted_says_how_to_write_the_count(shop):
    follow_ups.raise_task(shop.company, "check_stock", at=MORNING, notes="Telma 40 (-30)")
    assert "stock Telma 40 = 120" in say(shop.bob, "next")


@pytest.mark.parametrize("whom", ["everyone", "all customers", "sabko"])
def test_what_is_for_everybody_goes_to_nobody(shop, whom):
    say(shop.bob, "customer Alice")
    assert "one person at a time" in say(shop.bob, f"tell {whom} shop closed tomorrow")
    assert told(shop.alice) == []


@pytest.mark.parametrize(
    ("typed", "promised"),
    [
        ("remind me at 5 to call ravi", "today, 5:00 pm about Ravi Kumar: call."),
        (
            "remind me tomorrow 11am call Ravi Kumar about sugar",
            "11:00 am about Ravi Kumar: call about sugar.",
        ),
        (
            "remind me tomorrow 5pm to order insulin",
            "tomorrow, 5:00 pm about Alice Fernandes: to order insulin.",
        ),
        ("remind me at 5 to call Sunil", "I know nobody called Sunil."),
        ("remind ravi day after tommorow evening", "Wednesday 3 Feb, 6:00 pm about Ravi Kumar."),
    ],
)
def test_a_promise_is_made_as_people_say_it(shop, ravi, typed, promised):
    say(shop.bob, "customer Alice")
    assert promised in say(shop.bob, typed)


@pytest.mark.parametrize("words", ["cancel it", "nahi rehne do", "Never mind.", "छोड़ो"])
def test_a_question_is_dropped_in_other_words(shop, words):
    say(shop.bob, "sale Alice")
    assert "Nothing was changed" in say(shop.bob, words)


def test_a_command_that_stands_alone_is_no_reply_to_a_customer(shop):
    assert "What" in say(shop.bob, f"reply #{shop.alice.serial}")
    say(shop.bob, "tasks")
    assert told(shop.alice, "staff_reply") == []


def test_done_after_next_means_the_task_that_was_opened(shop):
    say(shop.bob, f"remind #{shop.alice.serial} in 1 hour call back")
    later(hours=2)
    say(shop.bob, "next")
    assert say(shop.bob, "done").startswith("✓")
    assert FollowUp.get().state == "done"
    assert "Which one?" in say(shop.bob, "done")
