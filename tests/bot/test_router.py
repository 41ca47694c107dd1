"""Who speaks and what they mean: commands in any spelling, open questions, "did you mean", customers."""

import pytest

import clock
from bot import conversation, customer, router, staff
from bot.router import Reply
from domain import questions
from domain.people import of_customer
from models import FollowUp, InboundMessage, Message
from tests.conversation import (
    MORNING,
    fresh,
    it_is,
    last_message,
    later,
    new_contact,
    new_phone,
    open_other_shop,
    open_shop,
    phone_of,
    say,
    told,
)


@pytest.fixture
def shop(database_url):
    it_is(MORNING)
    return open_shop()


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


# ---- STOP and START, from everybody


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_stop_is_obeyed_at_once_and_confirmed(shop, who):
    speaker = getattr(shop, who)
    assert say(speaker, "STOP").startswith("You will get no more messages from Asha Medicals.")
    assert phone_of(speaker).opted_out_at


def test_a_question_right_after_the_stop_is_still_answered(shop):
    """Both were written before we came to answer the first."""
    say(shop.alice, "hi")
    later(seconds=1)
    stop, question = (_written(shop, shop.alice, text) for text in ("STOP", "timings"))
    conversation.answer_all()
    assert [Message.get(Message.key == f"answer:{each.id}").state for each in (stop, question)] == [
        "queued"
    ] * 2


def _written(shop, customer, text):
    later(seconds=1)
    return InboundMessage.create(
        provider_id=f"SMboth{text}",
        from_address=customer.phone.address,
        to_address=shop.sender.address,
        body=text,
        received_at=clock.now(),
    )


def test_start_takes_a_stop_back(shop):
    say(shop.alice, "stop")
    later(minutes=1)
    assert say(shop.alice, "START").startswith("Welcome back!")
    assert phone_of(shop.alice).opted_out_at is None


def test_start_of_somebody_who_never_stopped_is_no_consent(shop):
    say(shop.alice, "start")
    assert phone_of(shop.alice).promotions_allowed is None


def test_stop_offers_leaves_the_reminders(shop):
    assert "Reminders about your medicines go on" in say(shop.alice, "stop offers")
    assert (phone_of(shop.alice).promotions_allowed, phone_of(shop.alice).reminders_allowed) == (False, True)


def test_a_stop_twilio_confirmed_is_not_confirmed_twice(shop):
    assert say(shop.alice, "STOP", answered_by_provider=True) == ""
    assert phone_of(shop.alice).opted_out_at


def test_stop_within_a_sentence_goes_to_a_person(shop):
    say(shop.alice, "should I stop metformin?")
    assert phone_of(shop.alice).opted_out_at is None
    assert last_message(shop.alice, "passed_on")


# ---- anything a customer says


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("hello", "welcome"),
        ("thank you", "you_are_welcome"),
        ("when are you open?", "timings"),
        ("where is your shop", "address"),
        ("I want to talk to a person", "passed_on"),
    ],
)
def test_customers_may_ask_in_their_own_words(shop, said, answered):
    say(shop.alice, said)
    assert last_message(shop.alice, answered)


def test_a_question_nobody_foresaw_becomes_a_task_once(shop):
    assert say(shop.alice, "do you have insulin pens?").startswith("Thank you. I have passed this")
    assert say(shop.alice, "the blue ones") == ""
    assert FollowUp.select().where(FollowUp.kind == "question").count() == 1


def test_danger_comes_before_everything(shop):
    assert "call 112" in say(shop.alice, "my father has chest pain")
    assert told(shop.meera, "danger_waits") or told(shop.bob, "danger_waits")


def test_while_a_person_answers_the_bot_keeps_out_of_it(shop):
    say(shop.alice, "do you have insulin pens?")
    questions.reply(of_customer(fresh(shop.alice)), "Yes, we do.", staff=shop.bob, at=MORNING)
    assert say(shop.alice, "and needles?") == ""


def test_the_language_can_be_chosen(shop):
    assert "हिंदी" in say(shop.alice, "language")
    say(shop.alice, "hindi")
    assert phone_of(shop.alice).language == "hi"


# ---- a turn that fails


def test_a_bug_leaves_the_message_for_two_more_tries_and_then_apologises(shop, monkeypatch):
    def fail(turn):
        raise ZeroDivisionError

    monkeypatch.setattr(customer, "answer", fail)
    question = _written(shop, shop.alice, "hello")
    for state in ("waiting", "waiting", "failed"):
        conversation.answer_all()
        assert fresh(question).state == state
    assert told(shop.alice, "apology")
    assert FollowUp.get().notes == "hello"


def test_what_a_failed_turn_had_changed_is_taken_back(shop, monkeypatch):
    def fail(turn):
        turn.phone.language = "hi"
        turn.phone.save()
        raise ZeroDivisionError

    monkeypatch.setattr(customer, "answer", fail)
    _written(shop, shop.alice, "hello")
    conversation.answer_all()
    assert phone_of(shop.alice).language is None


def test_messages_of_a_phone_are_answered_in_their_order(shop):
    texts = ["language", "hindi", "thanks"]
    for text in texts:
        _written(shop, shop.alice, text)
    assert conversation.answer_all() == 3
    said = [row.template for row in Message.select().order_by(Message.id)]
    assert said == ["ask_language", "language_set", "you_are_welcome"]


def test_a_message_to_a_number_that_is_not_ours_waits(shop):
    stray = _written(shop, shop.alice, "hello")
    InboundMessage.update(to_address="+911111111111").execute()
    assert conversation.answer_all() == 0
    assert fresh(stray).state == "waiting"


def test_a_phone_somebody_else_is_answering_is_left_alone(shop):
    question = _written(shop, shop.alice, "hello")
    phone = phone_of(shop.alice)
    phone.answering_until = clock.machine_now() + conversation.LEASE
    phone.save()
    assert conversation.answer_all() == 0
    phone.answering_until = clock.machine_now()
    phone.save()
    assert conversation.answer_all() == 1
    assert fresh(question).state == "answered"
