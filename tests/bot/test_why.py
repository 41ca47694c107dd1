"""why: staff learn what became of a message, in words, as far back as its cause."""

import ast

import pytest

import config
from messaging import outcomes, render
from messaging.channels.base import SendError
from models import ApprovedTemplate, Customer, Message, Staff
from tests.conversation import (
    approve_everything,
    fresh,
    last_message,
    open_other_shop,
    phone_of,
    say,
    send_all,
)
from tests.refilling import BOUGHT, after, buy, tick


@pytest.fixture
def shop(shop):
    approve_everything(shop.company)
    return shop


@pytest.fixture
def reminder(shop):
    """The message that reminded alice, three days before her Metformin runs out."""
    buy(shop.alice, on=BOUGHT)
    tick(shop, after(-3))
    return Message.get(Message.key.startswith("refill:"))


def test_the_whole_chain_of_a_reminder(shop, reminder):
    send_all()
    outcomes.report(reminder.id, fresh(reminder).provider_id, "read", None)
    said = say(shop.bob, f"why #{reminder.serial}")
    assert said.startswith(f"*#{reminder.serial} to Alice Fernandes*")
    assert "Metformin 500 for 30 days, bought 1 Feb 2027, lasts until 3 Mar 2027" in said
    assert "reminder before it runs out" in said
    assert "✓✓ Read, as the approved message" in said
    assert "Written today, 10:00 am · sent 10:00 am · arrived 10:00 am · read today, 10:00 am" in said


def test_where_the_consent_comes_from(shop):
    shop.alice.phone.reminders_allowed = None
    shop.alice.phone.save()
    reminder = buy(shop.alice, on=BOUGHT)
    tick(shop, after(-3))
    assert "Consent: yes, since 1 Feb 2027: they bought from us" in say(shop.bob, f"why #{reminder.serial}")


def test_the_number_of_a_refill_leads_to_what_was_said_about_it(shop, reminder):
    refill = int(reminder.key.split(":")[1])
    serial = shop.alice.reminders.get().serial
    assert refill
    assert say(shop.bob, f"why #{serial}").startswith(f"*#{reminder.serial} to")


def test_a_refill_nothing_was_said_about_yet(shop):
    refill = buy(shop.alice, on=BOUGHT)
    assert say(shop.bob, f"why #{refill.serial}") == (
        f"Nothing was written about refill #{refill.serial} yet. The next step is on 28 Feb 2027."
    )


def test_in_the_language_of_the_member_of_staff(shop, reminder):
    shop.bob.language = "hi"
    shop.bob.save()
    assert "खत्म होने से पहले का रिमाइंडर" in say(shop.bob, f"why #{reminder.serial}")


def test_a_failure_says_what_twilio_meant(shop, reminder):
    reminder.state = "sending"
    reminder.save()
    outcomes.not_taken(fresh(reminder), SendError("refused", 63024))
    said = say(shop.bob, f"why #{reminder.serial}")
    assert "✗ Failed" in said
    assert "Nobody has WhatsApp at this number. Please call." in said


def test_an_unknown_code_is_named(shop, reminder):
    reminder.state = "sending"
    reminder.save()
    outcomes.not_taken(fresh(reminder), SendError("refused", 63058))
    assert "Twilio's code 63058" in say(shop.bob, f"why #{reminder.serial}")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"state": "queued", "reason": "quiet_hours"}, "It is quiet hours; it goes"),
        ({"state": "cancelled", "reason": "no_consent"}, "Nobody has recorded that they agreed"),
        ({"state": "uncertain", "reason": "left_to_a_person"}, "Please ask them."),
    ],
)
def test_what_waits_or_was_not_sent_says_why(shop, reminder, facts, sentence):
    Message.update(**facts).where(Message.id == reminder.id).execute()
    assert sentence in say(shop.bob, f"why #{reminder.serial}")


def test_answering_a_notice_with_why_is_about_that_notice(shop, reminder):
    assert say(shop.alice, "hello")
    said = say(shop.bob, f"why #{reminder.serial}")
    notice = Message.get(Message.phone == phone_of(shop.bob))
    assert say(shop.bob, "why", replied_to=notice).startswith("*Answer to")
    assert said


def test_what_was_said_to_a_colleague_is_theirs_and_the_managers(shop, reminder):
    Customer.update(assigned_to=shop.bob).execute()
    priya = Staff.create(
        company=shop.company, code="STAFF009", name="Priya", phone="+919800000009", role="support"
    )
    say(shop.alice, "do you have insulin pens?")
    notice = last_message(shop.bob, "question_waits")
    assert say(priya, f"why #{notice.serial}").startswith(f"#{notice.serial} was written to Bob D'Souza.")
    assert "looked after by Bob" in say(priya, f"why #{reminder.serial}")
    for reader in (shop.bob, shop.meera):
        said = say(reader, f"why #{notice.serial}")
        assert said.startswith(f"*#{notice.serial} to Bob D'Souza*") and "insulin pens" in said


def test_of_a_person_what_they_may_be_sent_and_what_they_were(shop, reminder):
    said = say(shop.bob, "why Alice Fernandes")
    assert said.startswith(f"*Alice Fernandes* #{shop.alice.serial}")
    assert "Not known yet whether on WhatsApp" in said
    assert "Only approved messages, until they write." in said
    assert f"• #{reminder.serial} today, “Hello Alice" in said


def test_of_a_person_who_stopped(shop):
    say(shop.alice, "band karo")
    said = say(shop.bob, "why Alice Fernandes")
    assert "Asked us not to write on 1 Feb 2027." in said
    assert "Reminders: no, since 1 Feb 2027: they wrote “band karo”" in said


def test_by_itself_it_says_what_stops_our_messages(shop):
    assert say(shop.meera, "why").startswith("Nothing stops our messages.")
    ApprovedTemplate.update(status="rejected", reason="too salesy").where(
        ApprovedTemplate.name == "refill_due", ApprovedTemplate.language == "en"
    ).execute()
    assert "refill_due (en) does not go: WhatsApp rejected it (too salesy)" in say(shop.meera, "why")


def test_a_manager_lets_everything_go_again(shop, reminder):
    reminder.state = "sending"
    reminder.save()
    outcomes.not_taken(fresh(reminder), SendError("refused", 20003))
    assert "Twilio does not let our account in." in say(shop.meera, "why")
    assert "may" in say(shop.bob, "resume sending")
    assert not send_all().taken
    assert say(shop.meera, "resume sending").startswith("▶️ Messages go out again")
    assert send_all().taken


def test_no_other_pharmacy_s_message_is_told(shop, reminder):
    balaji, _ = open_other_shop()
    assert "Alice" not in say(balaji.bob, f"why #{reminder.serial}")


# ---- every reason has its sentence


def _reasons() -> set[str]:
    """Whatever the code can write as the reason of a message."""
    found: set[str] = set()
    for folder in ("messaging", "domain"):
        for path in (config.ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text())
            for node in ast.walk(tree):
                found |= {_value(reason, tree) for reason in _reasons_asked_for(node)}
                # In the domain other rows have reasons, too.
                found |= set(_reasons_set(node)) if folder == "messaging" else set()
    return found


def _reasons_asked_for(node: ast.AST):
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called.rpartition(".")[2] in ("Decision", "_again") or called == "outbox.cancel":
            yield from _texts(node.args[1:2])
        if called.endswith("Message.update"):
            yield from _texts([keyword.value for keyword in node.keywords if keyword.arg == "reason"])


def _reasons_set(node: ast.AST):
    if isinstance(node, ast.Assign) and ".reason" in ast.unparse(node.targets[0]):
        yield from _texts([node.value.elts[-1] if isinstance(node.value, ast.Tuple) else node.value])


def _texts(nodes: list[ast.expr]):
    for part in (part for node in nodes for part in ast.walk(node)):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
            yield part.value
        elif isinstance(part, ast.Name) and part.id.isupper():
            yield part.id


def _value(reason: str, tree: ast.Module) -> str:
    """What a constant of the module stands for."""
    named = (node for node in tree.body if isinstance(node, ast.Assign))
    values = {ast.unparse(node.targets[0]): ast.unparse(node.value).strip("\"'") for node in named}
    return values.get(reason, reason)


def test_the_reasons_are_found():
    assert {
        "opted_out",
        "brake",
        "quiet_hours",
        "sender_held",
        "no_answer",
        "refill_ended",
        "unknown",
    } <= _reasons()


def test_every_reason_the_code_can_give_has_its_sentence():
    assert {reason for reason in _reasons() if not render.exists(f"reason_{reason}")} <= {"twilio_"}
