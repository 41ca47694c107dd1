"""refills, refill and customer, as staff type them."""

from datetime import timedelta

from models import AuditEntry, Message, RefillReminder, Staff
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    it_is,
    new_contact,
    new_customer,
    open_other_shop,
    phone_of,
    say,
    told,
)
from tests.refilling import buy


def test_nothing_is_due_in_a_new_shop(shop: Shop) -> None:
    assert say(shop.bob, "refills") == "No refills are due today."


def test_the_list_shows_who_runs_out_when_with_numbers(shop: Shop) -> None:
    reminder = buy(shop.alice)
    it_is("2027-02-26 10:00")
    assert f"#{reminder.serial} Alice Fernandes: Metformin 500, 5 days left" in say(shop.bob, "refills")
    it_is("2027-03-03 10:00")
    assert "runs out today" in say(shop.bob, "refills")
    it_is("2027-03-05 10:00")
    assert "out for 2 days" in say(shop.bob, "refills")


def test_the_list_looks_ahead_as_far_as_asked(shop: Shop) -> None:
    buy(shop.alice)
    it_is("2027-02-20 10:00")
    assert say(shop.bob, "refills") == 'No refills are due today. "refills 7" shows 1 of the next week.'
    assert "Alice Fernandes" in say(shop.bob, "refills 7 days")
    assert "Alice Fernandes" in say(shop.bob, "refills next week")
    it_is("2027-02-25 10:00")
    assert "Alice Fernandes" in say(shop.bob, "refills due tomorrow")


def test_a_long_list_is_cut_and_says_so(shop: Shop) -> None:
    for n in range(13):
        buy(new_customer(shop.company, f"Customer {n}", f"+9198999000{n:02}"))
    it_is("2027-03-01 10:00")
    answer = say(shop.bob, "refills")
    assert "…and 3 more." in answer and answer.count("Customer ") == 10


def test_another_pharmacys_refills_are_not_ours(shop: Shop) -> None:
    _, charlie = open_other_shop()
    theirs = buy(charlie)
    it_is("2027-03-01 10:00")
    assert "Charlie" not in say(shop.bob, "refills")
    assert say(shop.bob, f"refill #{theirs.serial} called").startswith("There is no refill")


def test_called_and_responded_are_noted(shop: Shop) -> None:
    reminder = buy(shop.alice)
    assert "Alice Fernandes was called" in say(shop.bob, f"refill #{reminder.serial} called")
    assert "responded" in say(shop.bob, f"Refill {reminder.serial}: responded.")
    assert fresh(reminder).called_at and fresh(reminder).answer == "responded"


def test_purchased_makes_the_next_and_undo_takes_it_back(shop: Shop) -> None:
    reminder = buy(shop.alice)
    assert f"The next is #{reminder.serial + 1}, from 28 Mar 2027" in say(
        shop.bob, f"refill #{reminder.serial} bought"
    )
    say(shop.bob, "undo")
    assert fresh(reminder).state == "open" and RefillReminder.select().count() == 1


def test_send_sends_it_now(shop: Shop) -> None:
    reminder = buy(shop.alice)
    answer = say(shop.bob, f"refill #{reminder.serial} send")
    assert "WhatsApp has not approved the text yet" in answer
    assert told(shop.alice, "refill_due")


def test_send_says_why_it_does_not_go(shop: Shop) -> None:
    reminder = buy(shop.alice)
    phone = phone_of(shop.alice)
    phone.opted_out_at = MORNING
    phone.save()
    assert "they asked us not to write" in say(shop.bob, f"refill #{reminder.serial} send")
    assert Message.get(Message.template == "refill_due").state == "cancelled"


def test_without_a_word_the_reminder_is_shown(shop: Shop) -> None:
    reminder = buy(shop.alice)
    answer = say(shop.bob, f"refill #{reminder.serial}")
    assert answer.startswith("*Metformin 500* for Alice Fernandes")
    assert "Next: reminder on 28 Feb 2027" in answer


def test_an_ended_one_says_what_ended_it(shop: Shop) -> None:
    reminder = buy(shop.alice)
    buy(shop.alice)
    assert "bought on 1 Feb 2027 for ₹150" in say(shop.bob, f"refill #{reminder.serial}")
    assert "has ended already (purchased)" in say(shop.bob, f"refill #{reminder.serial} called")


def test_an_unknown_word_is_refused(shop: Shop) -> None:
    reminder = buy(shop.alice)
    assert "nothing I can note" in say(shop.bob, f"refill #{reminder.serial} dancing")


def test_without_a_number_the_only_one_of_the_person_is_meant(shop: Shop) -> None:
    reminder = buy(shop.alice)
    say(shop.bob, "customer alice")
    assert f"#{reminder.serial}" in say(shop.bob, "refill called")
    assert f"#{reminder.serial}" in say(shop.bob, "refill alice responded")


def test_of_several_the_number_is_asked_for(shop: Shop) -> None:
    first, second = buy(shop.alice), buy(shop.alice, "Telma 40")
    say(shop.bob, "customer alice")
    question = say(shop.bob, "refill called")
    assert f"#{first.serial} Metformin 500" in question and f"#{second.serial} Telma 40" in question
    assert f"#{second.serial}" in say(shop.bob, str(second.serial))
    assert fresh(second).called_at and not fresh(first).called_at


def test_customer_shows_the_profile(shop: Shop) -> None:
    reminder = buy(shop.alice)
    answer = say(shop.bob, "customer alice")
    assert "*Alice Fernandes* #1" in answer and "1 visit, last 1 Feb 2027 · ₹150" in answer
    assert f"Metformin 500 until 3 Mar 2027 refill #{reminder.serial}" in answer


def test_customer_shows_medical_text_to_a_pharmacist_only(shop: Shop) -> None:
    shop.alice.chronic_conditions = "Type 2 Diabetes"
    shop.alice.save()
    devi = Staff.create(company=shop.company, code="STAFF003", name="Devi Nair", phone="+919899900000")
    assert "Conditions: Type 2 Diabetes" in say(shop.bob, "customer alice")
    answer = say(devi, "customer alice")
    assert "Diabetes" not in answer and "ask a pharmacist" in answer
    assert [entry.staff for entry in AuditEntry.select()] == [shop.bob]


def test_a_contact_is_no_customer_yet(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    assert "has not bought anything yet" in say(shop.bob, f"customer #{contact.serial}")


def test_customer_names_the_others_on_the_phone(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    assert f"Same phone: Ravi Fernandes #{ravi.serial}" in say(shop.bob, "customer #1")


def test_the_list_says_what_has_happened_so_far(shop: Shop) -> None:
    reminder = buy(shop.alice)
    it_is("2027-03-01 10:00")
    RefillReminder.update(whatsapp_sent_at=MORNING + timedelta(days=27)).execute()
    assert "· reminded" in say(shop.bob, "refills")
    say(shop.bob, f"refill #{reminder.serial} called")
    assert "· called" in say(shop.bob, "refills")
