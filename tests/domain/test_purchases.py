"""What a purchase moves: customer, totals, visits, categories, the contact, consent."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain import purchases, undo
from domain.bills import Bill, Item
from domain.errors import DomainError
from domain.people import Person, of_contact, of_customer
from domain.purchases import Sale
from models import ConsentEvent, Customer, Medicine, Purchase, RefillReminder
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    new_contact,
    new_customer,
    new_phone,
    phone_of,
)

METFORMIN = Item("Metformin 500", 30, Decimal(5), duration_days=30)
TODAY = date(2027, 2, 1)


def buy(person: Person | Customer, *items: Item, on: date = TODAY, **said: Any) -> Sale:
    who = of_customer(fresh(person)) if isinstance(person, Customer) else person
    at = MORNING + (on - TODAY)
    return purchases.record(who, Bill(items or (METFORMIN,), on=on, **said), staff=None, at=at)


def test_a_purchase_is_recorded_with_items_and_total(shop: Shop) -> None:
    sale = buy(shop.alice, METFORMIN, Item("Atorva 10", 15, Decimal("8.50"), duration_days=15))
    assert fresh(sale.purchase).total == Decimal("277.50")
    assert [item.total for item in sale.items] == [Decimal("150.00"), Decimal("127.50")]
    assert fresh(shop.alice).total_purchases == Decimal("277.50")


def test_of_a_total_the_price_of_one_follows(shop: Shop) -> None:
    [item] = buy(shop.alice, Item("Telma 40", 30, total=Decimal(100))).items
    assert (item.unit_price, item.total) == (Decimal("3.33"), Decimal(100))


def test_a_rounded_price_agrees_with_its_total(shop: Shop) -> None:
    sale = buy(shop.alice, Item("Telma 40", 30, Decimal("3.33"), Decimal(100)))
    assert sale.purchase.total == Decimal(100)


def test_half_a_tablet_makes_whole_paise(shop: Shop) -> None:
    [item] = buy(shop.alice, Item("Telma 40", Decimal("2.5"), Decimal("3.33"))).items
    assert item.total == Decimal("8.33")


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Item("Metformin", 0, Decimal(5)), "quantity"),
        (Item("Metformin", -3, Decimal(5)), "quantity"),
        (Item("Metformin", 30), "price_missing"),
        (Item("Metformin", 30, Decimal(-5)), "price"),
        (Item("Metformin", 30, Decimal("5.001")), "price"),
        (Item("Metformin", 30, Decimal(5), Decimal(151)), "total_differs"),
        (Item("Metformin", 30, Decimal(5), duration_days=0), "duration"),
        (Item("Metformin", 30, Decimal(5), duration_days=731), "duration"),
    ],
)
def test_what_cannot_be_true_is_refused_and_changes_nothing(shop: Shop, item: Item, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        buy(shop.alice, METFORMIN, item)
    assert refusal.value.code == code
    assert not Purchase.select().exists() and not Medicine.select().exists()


def test_nothing_sold_a_day_to_come_and_an_unknown_category_are_refused(shop: Shop) -> None:
    for bill, code in [
        (Bill(()), "nothing_sold"),
        (Bill((METFORMIN,), on=TODAY + timedelta(days=1)), "date_future"),
        (Bill((METFORMIN,), category="vip"), "category"),
    ]:
        with pytest.raises(DomainError) as refusal:
            purchases.record(of_customer(shop.alice), bill, staff=None, at=MORNING)
        assert refusal.value.code == code


def test_a_stranger_becomes_a_customer(shop: Shop) -> None:
    sale = buy(Person(new_phone(shop.company, "+919899912345")), name="Ravi Kumar")
    assert sale.is_new_customer
    assert (sale.customer.name, sale.customer.category) == ("Ravi Kumar", "first_time_prescription")


def test_a_contact_is_converted_with_date_and_value_and_linked(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    sale = buy(of_contact(contact))
    contact = fresh(contact)
    assert (contact.status, contact.converted_on, contact.conversion_value) == (
        "converted",
        TODAY,
        Decimal(150),
    )
    assert contact.customer == sale.customer == fresh(sale.converted).customer
    assert (sale.customer.name, sale.customer.category) == ("Ravi Kumar", "contact_sheet")


def test_a_contact_is_found_by_the_phone_even_if_nobody_said_so(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    buy(Person(phone_of(contact)))
    assert fresh(contact).status == "converted"


def test_the_second_purchase_converts_nobody_again(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    buy(of_contact(contact))
    again = buy(of_contact(fresh(contact)), on=TODAY + timedelta(days=9))
    assert again.converted is None and not again.is_new_customer
    assert fresh(contact).converted_on == TODAY


def test_a_contact_converted_by_hand_is_linked_by_the_first_sale(shop: Shop) -> None:
    contact = new_contact(shop.company, "Ravi Kumar", "+919899912345")
    contact.status = "converted"
    contact.save()
    assert fresh(contact).customer is None
    assert buy(of_contact(contact)).customer == fresh(contact).customer


def test_a_day_counts_as_one_visit(shop: Shop) -> None:
    for on in (TODAY, TODAY, TODAY + timedelta(days=3)):
        buy(shop.alice, on=on)
    alice = fresh(shop.alice)
    assert (alice.total_visits, alice.first_visit_on, alice.last_visit_on) == (
        2,
        TODAY,
        TODAY + timedelta(days=3),
    )


def test_a_purchase_entered_late_moves_the_first_visit_back(shop: Shop) -> None:
    buy(shop.alice)
    buy(shop.alice, on=TODAY - timedelta(days=40))
    alice = fresh(shop.alice)
    assert (alice.first_visit_on, alice.last_visit_on) == (TODAY - timedelta(days=40), TODAY)


def test_who_comes_again_for_brands_is_a_regular(shop: Shop) -> None:
    buy(shop.alice)
    assert fresh(shop.alice).category == "first_time_prescription"
    buy(shop.alice, on=TODAY + timedelta(days=30))
    assert fresh(shop.alice).category == "regular_branded"


def test_who_comes_again_for_generics_is_informed_and_stays_so(shop: Shop) -> None:
    buy(shop.alice)
    buy(shop.alice, Item("Metformin 500", 30, Decimal(2), is_generic=True), on=TODAY + timedelta(days=30))
    buy(shop.alice, on=TODAY + timedelta(days=60))
    alice = fresh(shop.alice)
    assert (alice.category, alice.prefers_generic) == ("generic_informed", True)


def test_a_category_that_is_said_moves_on_but_never_back(shop: Shop) -> None:
    buy(shop.alice, category="generic_informed")
    buy(shop.alice, on=TODAY + timedelta(days=30), category="first_time_prescription")
    assert fresh(shop.alice).category == "generic_informed"


def test_a_different_name_on_a_known_phone_is_somebody_else(shop: Shop) -> None:
    shop.alice.allergies = "Penicillin"
    shop.alice.save()
    sale = buy(Person(phone_of(shop.alice)), name="Ravi Kumar", facts={"allergies": "Sulfa"})
    assert sale.is_new_customer and sale.customer.allergies == "Sulfa"
    assert (fresh(shop.alice).name, fresh(shop.alice).allergies) == ("Alice Fernandes", "Penicillin")


def test_a_first_name_or_no_name_is_the_person_we_know(shop: Shop) -> None:
    assert buy(Person(phone_of(shop.alice)), name="alice").customer == shop.alice
    assert buy(Person(phone_of(shop.alice))).customer == shop.alice


def test_facts_fill_in_what_we_do_not_know_and_overwrite_nothing(shop: Shop) -> None:
    shop.alice.allergies = "Penicillin"
    shop.alice.save()
    buy(shop.alice, facts={"address": "MG Road", "age": 45})
    buy(shop.alice, facts={"address": "Elsewhere", "age": 46})
    assert (fresh(shop.alice).address, fresh(shop.alice).age) == ("MG Road", 45)


def test_an_allergy_that_is_told_later_is_added_and_none_is_lost(shop: Shop) -> None:
    for said in ("Penicillin", "penicillin, Sulfa", "Sulfa"):
        buy(shop.alice, facts={"allergies": said})
    assert fresh(shop.alice).allergies == "Penicillin, Sulfa"


def test_a_purchase_allows_reminders_and_the_ledger_says_so(shop: Shop) -> None:
    phone = new_phone(shop.company, "+919899912345")
    phone.reminders_allowed = None
    phone.save()
    buy(Person(phone), name="Ravi")
    assert fresh(phone).reminders_allowed
    event = ConsentEvent.get(ConsentEvent.phone == phone)
    assert (event.category, event.method, event.granted) == ("reminders", "purchase", True)


def test_a_purchase_does_not_undo_a_stop(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    phone.opted_out_at, phone.reminders_allowed = MORNING, None
    phone.save()
    buy(shop.alice)
    assert not fresh(phone).reminders_allowed
    assert RefillReminder.get().next_step is None


def test_undo_takes_back_all_of_it(shop: Shop) -> None:
    buy(shop.alice)
    [before] = RefillReminder.select()
    with undo.recording() as changes:
        buy(
            shop.alice,
            METFORMIN,
            Item("Atorva 10", 15, Decimal(8), duration_days=15),
            on=TODAY + timedelta(days=3),
        )
    undo.keep(shop.bob, "sale", changes)
    undo.take_back(shop.bob, MORNING)
    assert Purchase.select().count() == 1
    assert [row.id for row in RefillReminder.select().where(RefillReminder.state == "open")] == [before.id]
    assert fresh(shop.alice).total_purchases == Decimal(150)


def test_two_customers_on_one_phone_have_supplies_of_their_own(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    buy(shop.alice)
    buy(ravi)
    assert RefillReminder.select().where(RefillReminder.state == "open").count() == 2
