"""Bills with their numbers, switches, categories and stock; and all of it taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest

import models
from domain import purchases, stock, undo
from domain.bills import Item
from domain.errors import DomainError
from domain.people import Person, of_contact, of_customer
from messaging import consent
from models import Contact, Customer, FollowUp, Interaction, Medicine, Phone, Purchase, StockMovement
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    new_contact,
    new_customer,
    new_phone,
    open_other_shop,
    phone_of,
)
from tests.selling import TODAY, counted, listed, sell, some

CROCIN = Item("Crocin", 10, Decimal(2))


@pytest.fixture
def telma(shop: Shop) -> Medicine:
    medicine = listed(shop.company, "Telma 40", generic="Telmisartan")
    return counted(medicine, 100)


def refused(*arguments, **said) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        sell(*arguments, **said)
    return refusal.value


# ---- numbers of bills


def test_the_same_number_again_is_the_same_purchase(shop, telma) -> None:
    first = sell(shop.alice, some(telma), number="A-17")
    again = sell(shop.alice, some(telma), number="A-17")
    assert again.is_repeated and not first.is_repeated
    assert (again.purchase, again.items, again.reminders) == (first.purchase, first.items, first.reminders)
    assert (fresh(shop.alice).total_purchases, fresh(telma).stock) == (150, 70)


def test_the_same_number_for_another_amount_or_customer_is_refused(shop) -> None:
    sell(shop.alice, CROCIN, number="A-17")
    ravi = new_customer(shop.company, "Ravi", "+919899912345")
    assert refused(shop.alice, CROCIN, CROCIN, number="A-17").code == "bill_number_taken"
    assert refused(ravi, CROCIN, number="A-17").code == "bill_number_taken"
    assert Purchase.select().count() == 1


def test_another_pharmacy_may_have_the_same_number(shop) -> None:
    _, charlie = open_other_shop()
    assert sell(shop.alice, CROCIN, number="A-17").purchase != sell(charlie, CROCIN, number="A-17").purchase


def test_a_bill_without_a_number_gets_one_of_the_financial_year(shop) -> None:
    numbers = [
        sell(shop.alice, CROCIN, on=TODAY + timedelta(days=day)).purchase.bill_number for day in (0, 60)
    ]
    assert numbers == ["26-27/00001", "27-28/00002"]


def test_a_number_of_our_own_that_somebody_has_used_is_passed_over(shop) -> None:
    sell(shop.alice, CROCIN, number="26-27/00001")
    assert sell(shop.alice, CROCIN).purchase.bill_number == "26-27/00002"


def test_a_number_as_long_as_a_letter_is_refused(shop) -> None:
    assert refused(shop.alice, CROCIN, number="A" * 41).code == "bill_number"


def test_a_total_that_the_items_do_not_make_is_refused(shop) -> None:
    refusal = refused(shop.alice, CROCIN, total=Decimal(21))
    assert (refusal.code, refusal.facts["computed"]) == ("bill_total_differs", 20)
    assert sell(shop.alice, CROCIN, total=Decimal("20.00")).purchase.total == 20


# ---- what was said at the counter


def test_what_was_said_is_kept(shop) -> None:
    sale = sell(shop.alice, CROCIN, category="regular_branded", was_contacted_before=True)
    kept = fresh(sale.purchase)
    assert (kept.category, kept.was_contacted_before) == ("regular_branded", True)
    assert fresh(shop.alice).category == "regular_branded"


def test_new_and_repeat_customers_are_told_apart(shop) -> None:
    sales = [sell(Person(new_phone(shop.company, "+919899912345")), CROCIN, name="Ravi")]
    sales.append(sell(sales[0].customer, CROCIN))
    assert [(sale.is_new_customer, sale.is_repeat_customer) for sale in sales] == [
        (True, False),
        (False, True),
    ]


def test_on_a_shared_phone_somebody_must_be_named(shop) -> None:
    new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    phone = Person(phone_of(shop.alice))
    assert refused(phone, CROCIN).code == "several"
    assert sell(phone, CROCIN, name="Ravi").customer.name == "Ravi Fernandes"
    assert sell(shop.alice, CROCIN).customer == shop.alice


def test_who_came_without_buying_turns_yellow(shop) -> None:
    contact = new_contact(shop.company, "Ravi", "+919899912345")
    purchases.came_without_buying(of_contact(contact), staff=shop.bob, at=MORNING, why="no stock")
    assert (fresh(contact).status, fresh(contact).status_reason) == ("yellow", "no stock")
    assert Interaction.get().kind == "visit"


def test_a_stranger_who_came_without_buying_becomes_a_yellow_contact(shop) -> None:
    phone = new_phone(shop.company, "+919899912345")
    purchases.came_without_buying(Person(phone), staff=shop.bob, at=MORNING, name="Ravi")
    assert [(row.name, row.status) for row in Contact.select()] == [("Ravi", "yellow")]


def test_a_customer_who_came_without_buying_stays_a_customer(shop) -> None:
    contact = new_contact(shop.company, "Ravi", "+919899912345")
    sold = sell(of_contact(contact), CROCIN)
    purchases.came_without_buying(of_customer(sold.customer), staff=shop.bob, at=MORNING)
    assert fresh(contact).status == "converted"
    assert Interaction.select().count() == 1


# ---- stock and cost


def test_a_sale_takes_from_the_shelf_and_knows_what_it_cost(shop, telma) -> None:
    sale = sell(shop.alice, some(telma, 15, 6), CROCIN)
    assert fresh(telma).stock == 85
    assert [item.cost for item in sale.items] == [Decimal(45), None]
    assert (fresh(sale.purchase).cost, fresh(sale.purchase).costed_total) == (45, 90)


def test_what_is_not_there_by_our_count_is_sold_said_and_counted_once(shop, telma) -> None:
    sale = sell(shop.alice, some(telma, 130))
    sell(shop.alice, some(telma, 5))
    assert (sale.short, fresh(telma).stock) == ([("Telma 40", Decimal(-30))], -35)
    [task] = FollowUp.select()
    assert (task.kind, task.notes, task.state) == ("check_stock", "Telma 40 (-30)", "open")


def test_counting_settles_the_task_and_a_new_shortage_asks_again(shop, telma) -> None:
    sell(shop.alice, some(telma, 130))
    assert stock.count(telma, Decimal(40), staff=shop.bob, at=MORNING, cause="count") == 70
    assert FollowUp.get().state == "done"
    sell(shop.alice, some(telma, 45))
    assert [task.state for task in FollowUp.select().order_by(FollowUp.id)] == ["done", "open"]


def test_where_nobody_counts_nothing_is_moved(shop) -> None:
    assert sell(shop.alice, CROCIN).short == []
    assert Medicine.get().stock is None and not StockMovement.select().exists()


@pytest.mark.parametrize("pieces", [Decimal(-1), Decimal(1_000_001)])
def test_a_count_that_cannot_be_is_refused(shop, telma, pieces) -> None:
    with pytest.raises(DomainError, match="stock_count"):
        stock.count(telma, pieces, staff=None, at=MORNING, cause="count")


def test_the_stock_is_the_sum_of_its_movements(shop, telma) -> None:
    for pieces in (1, 30, 12):
        sell(shop.alice, some(telma, pieces))
    assert sum(row.quantity for row in StockMovement.select()) == fresh(telma).stock == 57


# ---- taking back


def everything() -> dict[str, list[dict]]:
    """All rows, but for ledgers and counters, which are never turned back."""
    ledgers = (models.ConsentEvent, models.Company, models.Message)
    return {
        table.__name__: list(table.select().order_by(table.id).dicts())
        for table in models.TABLES
        if table not in ledgers
    }


@pytest.mark.parametrize("who", ["a customer", "a contact", "a stranger"])
def test_a_sale_that_is_taken_back_never_was(shop, telma, who) -> None:
    sell(shop.alice, some(telma, 1))
    stranger = Phone.create(company=shop.company, address="+919899912345")
    contact = new_contact(shop.company, "Kiran", "+919899954321")
    people = {
        "a customer": of_customer(shop.alice),
        "a contact": of_contact(contact),
        "a stranger": Person(stranger),
    }
    before = everything()
    with undo.recording() as changes:
        sell(
            people.get(who, Person(stranger)),
            some(telma, 130),
            Item("Metformin 500", 60, Decimal(2), duration_days=30, is_generic=True),
            name="" if who == "a customer" else "Ravi",
            category="generic_informed",
            facts={"allergies": "Sulfa", "age": 45},
            on=TODAY + timedelta(days=1),
        )
    assert everything() != before
    undo.keep(shop.bob, "sale", changes)
    undo.take_back(shop.bob, MORNING)
    assert everything() == before


def test_a_consent_that_was_given_since_stands(shop, telma) -> None:
    phone = Phone.create(company=shop.company, address="+919899912345")
    with undo.recording() as changes:
        sell(Person(phone), CROCIN, name="Ravi")
    undo.keep(shop.bob, "sale", changes)
    consent.opt_in(fresh(phone), "chat", "START")
    undo.take_back(shop.bob, MORNING)
    assert fresh(phone).reminders_allowed and not Customer.select().where(Customer.name == "Ravi").exists()


def test_somebody_else_may_have_sold_the_same_meanwhile(shop, telma) -> None:
    with undo.recording() as changes:
        sell(shop.alice, some(telma, 30))
    undo.keep(shop.bob, "sale", changes)
    sell(new_customer(shop.company, "Ravi", "+919899912345"), some(telma, 10))
    undo.take_back(shop.bob, MORNING)
    assert fresh(telma).stock == 90
