"""People as staff speak of them."""

import pytest

from domain import people
from models import Customer
from tests.conversation import Shop, open_shop, say


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    return open_shop()


@pytest.mark.parametrize(
    ("listed", "greeted"),
    [
        ("Anita Joshi", "Anita"),
        ("MR. RAVI PAWAR", "Ravi"),
        ("Dr. Nandini Sen", "Nandini"),
        ("Smt. R. K. Kale", "Kale"),
        ("anita joshi", "Anita"),
        ("D'Souza", "D'Souza"),
        ("", ""),
    ],
)
def test_nobody_is_greeted_by_a_title_or_in_capitals(listed: str, greeted: str) -> None:
    assert people.first_name(listed) == greeted


def test_a_person_with_a_short_name_is_found_among_many_who_have_longer_ones(shop: Shop) -> None:
    _customers(shop, *(f"Ravi {name}" for name in "ABCDEFGHIJKLMNOPQRSTUVW"), "Ravi")
    assert [person.name for person in people.by_name(shop.company, "ravi")] == ["Ravi"]


def test_the_longest_name_said_is_meant(shop: Shop) -> None:
    _customers(shop, "Asha", "Asha Vishnu Pawar", "Asha Vishnu")
    assert "Asha Vishnu Pawar" in say(shop.bob, "script asha vishnu pawar please")


def test_several_of_a_name_are_asked_about(shop: Shop) -> None:
    _customers(shop, "Asha Pawar", "Dr Asha Pawar Kale")
    assert [person.name for person in people.by_name(shop.company, "asha p")] == [
        "Asha Pawar",
        "Dr Asha Pawar Kale",
    ]


def test_a_word_within_a_name_is_no_name(shop: Shop) -> None:
    _customers(shop, "Natasha Pawar")
    assert people.by_name(shop.company, "asha") == []


def _customers(shop: Shop, *names: str) -> None:
    for name in names:
        Customer.create(company=shop.company, serial=shop.company.take_serials(), name=name)
