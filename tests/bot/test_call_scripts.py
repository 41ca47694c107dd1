"""script, outcome and next: what staff read before a call, and what follows from how it ended."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain import follow_ups
from domain.people import of_customer
from models import (
    AuditEntry,
    CallScript,
    FollowUp,
    MedicalCondition,
    PrescribedMedicine,
    Prescription,
    RefillReminder,
)
from tests.conversation import fresh, it_is, later, new_customer, open_shop, phone_of, say
from tests.refilling import buy


@pytest.fixture
def shop(database_url):
    it_is("2024-02-10 10:00")
    return open_shop()


@pytest.fixture
def john(shop):
    """The customer of seed 002's example."""
    john = new_customer(shop.company, "John Doe", "+919811111111")
    buy(john, "Amlodipine", on=date(2024, 1, 16))
    buy(john, "Metformin", on=date(2024, 1, 19))
    _prescribed(john, "Hypertension", "Amlodipine", "Once daily", date(2024, 2, 15))
    _prescribed(john, "Type 2 Diabetes", "Metformin", "Twice daily", None)
    MedicalCondition.create(
        company=shop.company,
        serial=shop.company.take_serials(),
        customer=john,
        name="Type 2 Diabetes",
        next_checkup_on=date(2024, 2, 22),
    )
    john = fresh(john)
    john.total_visits, john.total_purchases, john.last_visit_on = 5, Decimal(2500), date(2024, 1, 26)
    john.save()
    return john


def _prescribed(customer, condition, medicine, frequency, follow_up):
    prescription = Prescription.create(
        company=customer.company,
        serial=customer.company.take_serials(),
        customer=customer,
        condition_name=condition,
        is_chronic=True,
        prescribed_on=date(2024, 1, 15),
        next_follow_up_on=follow_up,
    )
    known = RefillReminder.get(RefillReminder.customer == customer).medicine
    same = known if known.name == medicine else None
    PrescribedMedicine.create(
        prescription=prescription, medicine=same, medicine_name=medicine, frequency=frequency
    )


def _call(shop, customer, words="answered, wants to think"):
    say(shop.bob, f"script #{customer.serial}")
    return say(shop.bob, f"log call 3m {words}")


# ---- the script


def test_the_example_of_the_seed_has_all_its_parts(shop, john):
    script = say(shop.bob, f"script #{john.serial}")
    for part in (
        f"*John Doe* #{john.serial} 📞 98111 11111 · 🔴 high priority",
        "Repeat customer with 5 visits, total purchases: ₹2,500. Has 2 chronic conditions requiring ongoing"
        " care. Last visit 15 days ago.",
        "Chronic conditions: Hypertension, Type 2 Diabetes."
        " Current medications: Amlodipine (Once daily), Metformin (Twice daily).",
        "• Greet as valued customer - mention their 5 visits",
        "• Remind about 2 medicines due for refill",
        "• Emphasize importance of continuous treatment",
        "• Show concern for their chronic condition management",
        "• Offer medication counselling and adherence support",
        "• Mention competitive pricing and quality assurance",
        "• Offer home delivery service if needed",
        "• Amlodipine - due 15 Feb 2024",
        "• Metformin - due 18 Feb 2024",
        "• Doctor follow-up for Hypertension due in 5 days",
        "• Health checkup for Type 2 Diabetes due in 12 days",
    ):
        assert part in script


def test_a_script_is_one_message_in_the_language_of_who_calls(shop, john):
    shop.bob.language = "hi"
    shop.bob.save()
    script = say(shop.bob, f"script #{john.serial}")
    assert "पुराने ग्राहक: 5 बार आए, कुल ख़रीद ₹2,500।" in script
    assert "• अपनेपन से नमस्ते कहें" in script
    assert len(script) < 1600


def test_who_may_not_read_medical_text_gets_the_script_without_it(shop, john):
    shop.bob.is_pharmacist = False
    shop.bob.save()
    script = say(shop.bob, f"script #{john.serial}")
    assert "Medical details: ask a pharmacist." in script
    assert "Amlodipine - due 15 Feb 2024" in script
    for medical in ("Hypertension", "Diabetes", "chronic", "Once daily"):
        assert medical not in script
    assert not AuditEntry.select().exists()


def test_reading_a_script_is_recorded(shop, john):
    say(shop.bob, f"script #{john.serial}")
    assert AuditEntry.get().action == "read_medical"


def test_a_script_is_good_for_a_day_and_made_anew_when_something_changed(shop, john):
    say(shop.bob, f"script #{john.serial}")
    say(shop.bob, f"script #{john.serial}")
    assert CallScript.select().count() == 1
    say(shop.bob, f"sale #{john.serial} Metformin 500, 30 x 5 for 30 days")
    say(shop.bob, f"script #{john.serial}")
    assert CallScript.select().count() == 2
    later(hours=25)
    assert "There is no call script for John Doe today" in say(shop.bob, f"outcome #{john.serial} agreed")


def test_priorities_follow_the_seed(shop, john):
    plain = new_customer(shop.company, "Plain Person", "+919811111112")
    say(shop.bob, f"script #{plain.serial}")
    due = new_customer(shop.company, "Due Person", "+919811111113")
    buy(due, on=date(2024, 1, 16))
    say(shop.bob, f"script #{due.serial}")
    say(shop.bob, f"script #{john.serial}")
    assert [script.priority for script in CallScript.select().order_by(CallScript.id)] == [
        "low",
        "medium",
        "high",
    ]


def test_a_contact_has_no_script(shop):
    assert "not a customer" in say(shop.bob, "script 98111 99999") or "nobody" in say(
        shop.bob, "script 98111 99999"
    )


# ---- how the call ended


def test_after_the_call_one_is_asked_how_it_ended_and_may_answer_in_a_word(shop, john):
    said = _call(shop, john)
    assert "How did it end?" in said
    assert "✓ John Doe" in say(shop.bob, "comes tomorrow")
    script = CallScript.get()
    assert (script.outcome, script.was_successful, script.staff) == ("agreed_to_visit", True, shop.bob)
    assert script.interaction.call_seconds == 180
    assert FollowUp.get(FollowUp.kind == "keep_ready").customer == john


@pytest.mark.parametrize(
    ("words", "outcome", "ended_because"),
    [
        ("bought elsewhere", "already_bought", "bought_elsewhere"),
        ("refused, buys from his brother", "refused", "refused"),
        ("doctor changed it", "doctor_changed", "doctor_changed"),
        ("shifted to Delhi", "moved", "moved"),
        ("nahi rahe", "died", "died"),
        ("wrong number", "wrong_number", "wrong_number"),
        ("मना किया", "refused", "refused"),
        ("le liya", "already_bought", "bought_elsewhere"),
    ],
)
def test_what_ends_the_reminders(shop, john, words, outcome, ended_because):
    _call(shop, john)
    say(shop.bob, words)
    assert CallScript.get().outcome == outcome
    assert {each.ended_because for each in RefillReminder.select()} == {ended_because}


def test_call_later_becomes_a_promise_at_that_time(shop, john):
    _call(shop, john)
    said = say(shop.bob, "call later tomorrow 5pm after work")
    assert "tomorrow, 5:00 pm" in said
    task = FollowUp.get()
    assert (task.kind, task.notes, task.staff) == ("promise", "after work", shop.bob)


def test_how_long_their_stock_lasts_is_asked_and_moves_the_reminder(shop, john):
    _call(shop, john)
    assert "For how many days" in say(shop.bob, "still has some")
    say(shop.bob, "10")
    assert {each.runs_out_on for each in RefillReminder.select()} == {date(2024, 2, 20)}


def test_too_costly_goes_to_the_pharmacist(shop, john):
    _call(shop, john)
    say(shop.bob, "too costly")
    assert FollowUp.get().kind == "cost"


def test_nobody_answered_is_an_outcome_at_once_and_is_tried_again_three_times_in_all(shop, john):
    for tries in range(1, 4):
        assert "How did it end?" not in _call(shop, john, "no answer")
        waiting = FollowUp.select().where(FollowUp.state == "open", FollowUp.kind == "call_again").count()
        assert waiting == (1 if tries < 3 else 0)
        later(days=1)


def test_a_purchase_ends_what_was_to_be_called_about(shop, john):
    _call(shop, john, "no answer")
    say(shop.bob, f"sale #{john.serial} Metformin, 30 x 5 for 30 days")
    assert FollowUp.get(FollowUp.kind == "call_again").state == "done"


def test_an_outcome_can_be_taken_back(shop, john):
    _call(shop, john)
    say(shop.bob, "refused")
    assert "Taken back" in say(shop.bob, "undo") or CallScript.get().outcome is None
    assert CallScript.get().outcome is None
    assert {each.state for each in RefillReminder.select()} == {"open"}


def test_what_is_no_outcome_is_asked_for_again_and_changes_nothing(shop, john):
    _call(shop, john)
    assert "I can't read how the call ended" in say(shop.bob, "purple")
    assert say(shop.bob, "cancel")
    assert CallScript.get().outcome is None


def test_a_call_without_a_script_asks_nothing(shop, john):
    assert "How did it end?" not in say(shop.bob, f"log call #{john.serial} 3m answered wants a meter")


# ---- next


def test_next_opens_the_most_valuable_call_with_its_script(shop, john):
    small = new_customer(shop.company, "Small Buyer", "+919811111114")
    buy(small, on=date(2024, 1, 16))
    for customer in (small, john):
        follow_ups.raise_task(
            shop.company, "refill_call", at=it_is("2024-02-10 10:00"), person=of_customer(customer)
        )
    said = say(shop.bob, "next")
    assert said.startswith("Call John Doe about the refill")
    assert "• Remind about 2 medicines due for refill" in said
    assert phone_of(shop.bob).about["person"] == john.serial
    assert CallScript.get().used_at - CallScript.get().created_at < timedelta(minutes=1)
