"""Who a customer is, who may read what, and several on one phone."""

from datetime import date

import pytest

from database import db
from domain import customers
from models import AuditEntry, Customer, Staff
from tests.conversation import MORNING, Shop, new_customer, new_phone, open_shop, phone_of


@pytest.fixture
def shop(database_url: str) -> Shop:
    opened = open_shop()
    opened.alice.allergies = "Penicillin"
    opened.alice.save()
    return opened


def test_a_pharmacist_reads_medical_text_and_each_reading_is_recorded(shop: Shop) -> None:
    for _ in range(2):
        seen = customers.profile(shop.alice, staff=shop.bob, at=MORNING)
        assert seen.medical and seen.medical.allergies == "Penicillin"
    entries = list(AuditEntry.select())
    assert [(entry.staff, entry.action, entry.subject) for entry in entries] == [
        (shop.bob, "read_medical", f"customer:{shop.alice.id}")
    ] * 2


def test_a_manager_reads_it_too(shop: Shop) -> None:
    assert customers.profile(shop.alice, staff=shop.meera, at=MORNING).medical


def test_others_are_told_that_there_is_something_and_no_more(shop: Shop) -> None:
    devi = Staff.create(company=shop.company, code="STAFF003", name="Devi", phone="+919899900000")
    seen = customers.profile(shop.alice, staff=devi, at=MORNING)
    assert seen.medical is None and seen.is_medical_hidden
    assert not AuditEntry.select().exists()


def test_where_there_is_nothing_medical_nothing_was_read(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Kumar", "+919899912345")
    seen = customers.profile(ravi, staff=shop.bob, at=MORNING)
    assert (seen.medical, seen.is_medical_hidden) == (None, False)
    assert not AuditEntry.select().exists()


def test_medical_text_is_unreadable_in_the_database(shop: Shop) -> None:
    [(stored,)] = db.execute_sql("SELECT allergies FROM customers").fetchall()
    assert stored and "Penicillin" not in stored


def test_the_profile_names_the_others_on_the_phone(shop: Shop) -> None:
    ravi = new_customer(shop.company, "Ravi Fernandes", phone_of(shop.alice).address)
    assert customers.profile(shop.alice, staff=shop.bob, at=MORNING).others == [ravi]
    assert customers.behind(phone_of(shop.alice)) == [shop.alice, ravi]


@pytest.mark.parametrize(
    ("name", "who"),
    [("", "Alice Fernandes"), ("alice", "Alice Fernandes"), ("Ravi Fernandes", "Ravi"), ("Mary", None)],
)
def test_a_name_finds_whom_it_means_among_those_on_a_phone(shop: Shop, name: str, who: str | None) -> None:
    new_customer(shop.company, "Ravi", phone_of(shop.alice).address)
    found = customers.called(phone_of(shop.alice), name)
    assert (found.name if found else None) == who


def test_nobody_is_behind_a_new_phone(shop: Shop) -> None:
    assert customers.called(new_phone(shop.company, "+919899912345"), "") is None


def test_a_lead_becomes_active_with_the_first_visit(shop: Shop) -> None:
    shop.alice.status = "lead"
    customers.visited(shop.alice, date(2027, 2, 1), is_first_of_day=True)
    assert (shop.alice.status, shop.alice.total_visits) == ("active", 1)


def test_people_of_one_phone_are_greeted_once_each(shop: Shop) -> None:
    phone = phone_of(shop.alice)
    ravi = new_customer(shop.company, "Ravi Fernandes", phone.address)
    assert customers.first_names([shop.alice, ravi, shop.alice], phone) == "Alice & Ravi"
    phone.profile_name = "Allie F"
    assert customers.first_names([Customer(name="")], phone) == "Allie"
    assert customers.first_names([Customer(name="")]) == ""
