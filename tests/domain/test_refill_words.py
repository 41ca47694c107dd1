"""What refill reminders say: whom they greet, what they name, in which language."""

from models import Customer, Message
from tests.conversation import (
    Shop,
    approve_everything,
    new_customer,
    new_phone,
    phone_of,
    send_all,
    told,
)
from tests.refilling import after, buy, tick


def test_two_people_on_one_phone_are_greeted_together(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    buy(shop.alice), buy(ravi, "Telma 40")
    tick(shop, after(-3))
    [text] = told(shop.alice, "refill_due")
    assert text.startswith("Hello Alice & Ravi,")


def test_reminders_name_no_medicine_and_no_price(shop: Shop) -> None:
    buy(shop.alice)
    for day in (-3, 2, 21):
        tick(shop, after(day))
    assert len(told(shop.alice)) == 3
    assert not any("Metformin" in text or "₹" in text for text in told(shop.alice))


def test_who_asked_for_it_is_told_the_names(shop: Shop) -> None:
    shop.alice.names_medicines = True
    shop.alice.save()
    buy(shop.alice), buy(shop.alice, "Telma 40")
    tick(shop, after(-3))
    [text] = told(shop.alice, "refill_due_named")
    assert "your Metformin 500, Telma 40 will last until about 3 Mar 2027" in text


def test_a_company_may_name_them_to_everybody(shop: Shop) -> None:
    shop.company.settings = {"name_medicines": True}
    shop.company.save()
    buy(shop.alice)
    tick(shop, after(2))
    assert "Metformin 500" in told(shop.alice, "refill_overdue_named")[0]


def test_what_another_on_the_phone_did_not_ask_for_stays_unnamed(shop: Shop) -> None:
    shop.alice.names_medicines = True
    shop.alice.save()
    buy(shop.alice), buy(new_customer(shop.company, "Ravi", phone_of(shop.alice).address), "Telma 40")
    tick(shop, after(-3))
    assert told(shop.alice, "refill_due") and not told(shop.alice, "refill_due_named")


def test_the_reminder_goes_as_the_approved_template_with_its_variables(shop: Shop) -> None:
    approve_everything(shop.company)
    buy(shop.alice)
    tick(shop, after(-3))
    [outgoing] = send_all().taken
    assert outgoing.content_id == "HXrefill_dueen"
    assert list(outgoing.variables.values()) == ["Alice", "Asha Medicals", "3 Mar 2027"]


def test_an_unknown_name_leaves_no_variable_empty(shop: Shop) -> None:
    nameless = Customer.create(
        company=shop.company,
        serial=shop.company.take_serials(),
        name="",
        phone=new_phone(shop.company, "+919899912345"),
    )
    buy(nameless)
    tick(shop, after(-3))
    assert all(Message.get().facts.values())
    assert told(nameless)[0].startswith("Hello there,")


def test_hindi_speakers_are_reminded_in_hindi(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    phone.language = "hi"
    phone.save()
    buy(shop.alice)
    tick(shop, after(-3))
    assert told(shop.alice)[0].startswith("नमस्ते Alice,")
