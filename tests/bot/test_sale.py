"""sale, as staff type it."""

from datetime import date
from decimal import Decimal

import pytest

from models import Contact, Customer, Medicine, Purchase, PurchaseItem, RefillReminder
from tests.conversation import (
    Shop,
    fresh,
    new_contact,
    new_customer,
    open_other_shop,
    phone_of,
    say,
)
from tests.selling import listed

ALICE = "98765 43213"
NEW = "98999 12345"


def sold() -> list[tuple[str, Decimal, Decimal, Decimal, int | None]]:
    return [
        (item.medicine_name, item.quantity, item.unit_price, item.total, item.duration_days)
        for item in PurchaseItem.select().order_by(PurchaseItem.id)
    ]


def test_a_sale_in_one_line(shop: Shop) -> None:
    answer = say(shop.bob, f"sale {ALICE} Metformin 30 x 5 for 30 days; Atorva 10 15 x 8.50 for 15 days")
    assert "₹277.50" in answer and "Alice Fernandes #1" in answer
    assert "until 3 Mar 2027, refill #2 from 26 Feb 2027" in answer
    assert sold() == [
        ("Metformin", 30, Decimal(5), Decimal(150), 30),
        ("Atorva 10", 15, Decimal("8.50"), Decimal("127.50"), 15),
    ]


def test_spelling_spacing_and_case_of_the_command_do_not_matter(shop: Shop) -> None:
    assert "₹150" in say(
        shop.bob, f"/SALE: +91-{ALICE.replace(' ', '-')}, metformin 500, 30 x ₹5 for a month"
    )


def test_the_person_last_spoken_about_is_meant(shop: Shop) -> None:
    say(shop.bob, "customer alice")
    assert "Alice Fernandes" in say(shop.bob, "sale Metformin 500, 30 x 5 for 30 days")


def test_nobody_spoken_about_is_asked_for(shop: Shop) -> None:
    assert say(shop.bob, "sale Metformin 500, 30 x 5 for 30 days").startswith("About whom?")
    assert "Alice Fernandes" in say(shop.bob, ALICE)


def test_what_is_missing_is_asked_for_one_question_at_a_time(shop: Shop) -> None:
    assert say(shop.bob, f"sale {ALICE}").startswith("What did Alice Fernandes buy?")
    assert say(shop.bob, "Metformin").startswith("How many of Metformin?")
    assert say(shop.bob, "30 tablets").startswith("What does one Metformin cost?")
    assert say(shop.bob, "5").startswith("For how many days does Metformin last?")
    assert "✓ *₹150*" in say(shop.bob, "30")
    assert sold() == [("Metformin", 30, Decimal(5), Decimal(150), 30)]


def test_each_item_has_its_own_questions(shop: Shop) -> None:
    say(
        shop.bob,
        f"sale {ALICE} Metformin 500, 30 x 5; Atorva 10, 15 x 8 for 15 days; Telma 40, 30 nos for 30 days",
    )
    assert say(shop.bob, "1 month").startswith("What does one Telma 40 cost?")
    assert "refill" in say(shop.bob, "150 total")
    assert [line[3:] for line in sold()] == [(150, 30), (120, 15), (150, 30)]


def test_without_a_duration_there_is_no_reminder(shop: Shop) -> None:
    say(shop.bob, f"sale {ALICE} Metformin 500, 30 x 5")
    assert "no duration, no reminder" in say(shop.bob, "skip")
    assert not RefillReminder.select().exists()


def test_an_antibiotic_is_not_asked_how_long_it_lasts(shop: Shop) -> None:
    assert "no reminder" in say(shop.bob, f"sale {ALICE} Azithromycin 500, 3 x 20")


def test_a_stranger_is_created_and_asked_for_the_name(shop: Shop) -> None:
    question = say(shop.bob, f"sale {NEW} Metformin 500, 30 x 5 for 30 days")
    assert question == '98999 12345 is new. What is the name? Or "skip"'
    assert "Ravi Kumar" in say(shop.bob, "Ravi Kumar")
    ravi = Customer.get(Customer.name == "Ravi Kumar")
    assert (phone_of(ravi).address, ravi.total_visits) == ("+919899912345", 1)


def test_a_strangers_number_may_come_in_answer_to_about_whom(shop: Shop) -> None:
    say(shop.bob, "sale Metformin 500, 30 x 5 for 30 days")
    assert "is new" in say(shop.bob, NEW)
    assert "Ravi Kumar" in say(shop.bob, "Ravi Kumar")


def test_a_stranger_may_stay_without_a_name(shop: Shop) -> None:
    say(shop.bob, f"sale {NEW} Metformin 500, 30 x 5 for 30 days")
    assert "no name" in say(shop.bob, "skip")
    assert "30 x 5" not in say(shop.bob, "customer")


def test_the_new_customer_is_the_person_spoken_about_next(shop: Shop) -> None:
    say(shop.bob, f"sale {NEW} Metformin 500, 30 x 5 for 30 days")
    say(shop.bob, "Ravi Kumar")
    assert "Ravi Kumar" in say(shop.bob, "sale Telma 40, 30 x 5 for 30 days")
    assert Customer.select().where(Customer.name == "Ravi Kumar").count() == 1


def test_a_contact_is_converted(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    assert "Contact converted" in say(shop.bob, f"sale #{contact.serial} Metformin 500, 30 x 5 for 30 days")
    contact = fresh(contact)
    assert (contact.status, contact.conversion_value, contact.converted_on) == (
        "converted",
        150,
        date(2027, 2, 1),
    )
    assert contact.converted_by == shop.bob


def test_several_people_on_the_phone_are_told_apart_by_their_numbers(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    answer = say(shop.bob, f"sale {ALICE} Metformin 500, 30 x 5 for 30 days")
    assert "#1 Alice Fernandes" in answer and f"#{ravi.serial} Ravi Fernandes" in answer
    assert "Ravi Fernandes" in say(shop.bob, f"sale #{ravi.serial} Metformin 500, 30 x 5 for 30 days")


@pytest.mark.parametrize(
    "typed",
    [
        "Metformin 500, -3 x 5 for 30 days",
        "Metformin 500, 30 x 5 = 151 for 30 days",
        "Metformin 500, 30 x 5 for 9999 days",
        "30 x 5",
        "Metformin 500, 0 x 5 for 30 days",
    ],
)
def test_what_cannot_be_read_is_asked_again_and_changes_nothing(shop: Shop, typed: str) -> None:
    answer = say(shop.bob, f"sale {ALICE} {typed}")
    assert answer.endswith(
        'Please write what was sold again, like: Metformin 500, 30 x 5 for 30 days (or "cancel")'
    )
    assert not Purchase.select().exists()
    assert "✓ *₹150*" in say(shop.bob, "Metformin 500, 30 x 5 for 30 days")


def test_cancel_drops_it(shop: Shop) -> None:
    say(shop.bob, f"sale {ALICE} Metformin")
    say(shop.bob, "cancel")
    say(shop.bob, "30")
    assert not Purchase.select().exists()


def test_an_answer_that_is_no_answer_is_asked_for_again(shop: Shop) -> None:
    say(shop.bob, f"sale {ALICE} Metformin")
    assert '"a few" is no number' in say(shop.bob, "a few")
    assert "What does one Metformin cost?" in say(shop.bob, "30")
    assert '"cheap" is not an amount' in say(shop.bob, "cheap")
    assert "For how many days" in say(shop.bob, "₹5 each")
    assert '"900" is not a number of days' in say(shop.bob, "900")
    assert "✓ *₹150*" in say(shop.bob, "a month")


def test_undo_takes_the_sale_back(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    say(shop.bob, f"sale #{contact.serial} Metformin 500, 30 x 5 for 30 days")
    assert say(shop.bob, "undo").startswith("Taken back: sale to")
    assert fresh(contact).status == "pending"
    assert not Purchase.select().exists() and not RefillReminder.select().exists()
    assert [customer.name for customer in Customer.select()] == ["Alice Fernandes"]


def test_the_number_of_another_pharmacys_customer_is_a_stranger_here(shop: Shop) -> None:
    _, charlie = open_other_shop()
    assert "is new" in say(shop.bob, f"sale {phone_of(charlie).address} Metformin 500, 30 x 5 for 30 days")
    assert "Charlie" not in say(shop.bob, "skip")


def test_a_contacts_name_is_not_asked_for(shop: Shop) -> None:
    new_contact(shop.company, "Ravi Kumar", "+919899912345")
    assert "Ravi Kumar" in say(shop.bob, f"sale {NEW} Metformin 500, 30 x 5 for 30 days")
    assert Customer.get(Customer.id == Contact.get().customer).name == "Ravi Kumar"


def test_a_name_before_a_colon_is_the_buyers(shop: Shop) -> None:
    answer = say(shop.bob, "sale 98999 12345 Kiran Rao: Telma 40, 30 x 8 for 30 days")
    assert "Kiran Rao #" in answer
    assert "• Telma 40 30 × ₹8 = ₹240" in answer


def test_the_whole_item_written_anew_is_an_answer_too(shop: Shop) -> None:
    assert "How many" in say(shop.bob, f"sale {ALICE} metformin")
    assert "• metformin 500 30 × ₹5 = ₹150" in say(shop.bob, "metformin 500 30 tabs 5 each for a month")


@pytest.fixture
def catalogue(shop: Shop) -> Shop:
    for name, pack in (("Glycomet 500", 20), ("Glycomet 850", 10), ("Telma 40", 15), ("Crocin 650", 15)):
        listed(shop.company, name, pack_size=pack, pack_price=Decimal(90))
    return shop


def test_a_slip_of_the_thumb_is_read_back_as_the_medicine_meant(catalogue: Shop) -> None:
    answer = say(catalogue.bob, f"sale {ALICE} glycomt 500 30 tabs 5 each for a month")
    assert "• Glycomet 500 30 × ₹5 = ₹150" in answer


def test_where_several_may_be_meant_one_question_is_asked(catalogue: Shop) -> None:
    question = say(catalogue.bob, f"sale {ALICE} glycomet 30 x 5 for 30 days")
    assert "1 · Glycomet 500" in question and "3 · as typed" in question
    assert "Which one" in say(catalogue.bob, "7")
    assert "• Glycomet 850" in say(catalogue.bob, "2")


def test_it_may_be_none_of_them(catalogue: Shop) -> None:
    say(catalogue.bob, f"sale {ALICE} glycomet 30 x 5 for 30 days")
    assert "• glycomet 30 × ₹5" in say(catalogue.bob, "3")
    assert not PurchaseItem.get().medicine.is_listed


def test_strips_are_counted_and_priced_as_the_catalogue_says(catalogue: Shop) -> None:
    say(catalogue.bob, f"sale {ALICE} 2 strips telma 40 @120 for 30 days; 1 strip crocin 650 for 3 days")
    assert [line[1:4] for line in sold()] == [(30, 8, 240), (15, 6, 90)]


def test_a_price_the_catalogue_knows_is_not_asked_for(catalogue: Shop) -> None:
    assert "30 × ₹6 = ₹180" in say(catalogue.bob, f"sale {ALICE} telma 40, 30 tabs for 30 days")


def test_a_slip_in_the_name_of_what_was_sold_before_makes_no_new_medicine(shop):
    say(shop.bob, f"sale #{shop.alice.serial} Metformin 500, 30 x 5 for 30 days")
    assert "Metformin 500" in say(
        shop.bob, f"sale #{shop.alice.serial} metformn 500 30 tabs 5 each for a month"
    )
    say(shop.bob, f"sale #{shop.alice.serial} Metformin 850, 30 x 5 for 30 days")
    assert [each.name for each in Medicine.select().order_by(Medicine.id)] == [
        "Metformin 500",
        "Metformin 850",
    ]


@pytest.mark.parametrize(
    ("answer", "total"),
    [("all", 240), ("for all", 240), ("each", 7200), ("sab ka", 240)],
)
def test_a_price_that_may_be_of_one_or_of_all_is_asked_about(shop: Shop, answer: str, total: int) -> None:
    assert "for all 30, or for each?" in say(shop.bob, "sale Alice Newmed 40 30 tabs 240 for 30 days")
    say(shop.bob, answer)
    assert Purchase.get().total == total


@pytest.mark.parametrize(
    "typed", ["sold Newmed 40 30 x 8 for 30 days to alice", "sale alice ko Newmed 40 30 x 8 30 days"]
)
def test_the_buyer_stands_where_people_put_them(shop: Shop, typed: str) -> None:
    assert "*₹240* Alice Fernandes" in say(shop.bob, typed)


def test_what_a_medicine_costs_tells_whether_a_price_is_of_one_or_of_all(shop: Shop) -> None:
    listed(shop.company, "Telma 40", price=Decimal("8.20"))
    say(shop.bob, "sale Alice Telma 40 30 tabs 240 for 30 days")
    assert Purchase.get().total == 240
