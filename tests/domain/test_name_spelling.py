"""Names typed with a slip of the finger."""

import pytest

from domain.name_spelling import nearly_called
from models import Customer
from tests.conversation import Shop, new_contact, new_customer


@pytest.mark.parametrize("word", ["sunitha", "Sunitaa", "sunit", "ranee"])
def test_a_slip_of_the_finger_is_forgiven(shop: Shop, word: str) -> None:
    sunita = new_customer(shop.company, "Sunita Rane", "+919876500079")
    found = nearly_called(shop.company, word)
    assert found is not None and found.customer == sunita


@pytest.mark.parametrize("word", ["sun", "telma", "sunita40", ""])
def test_what_is_too_short_or_too_far_away_is_nobody(shop: Shop, word: str) -> None:
    new_customer(shop.company, "Sunita Rane", "+919876500079")
    assert nearly_called(shop.company, word) is None


def test_a_lead_counts_as_well(shop: Shop) -> None:
    lead = new_contact(shop.company, "Sunita Rane", "+919876500079")
    found = nearly_called(shop.company, "sunitha")
    assert found is not None and found.contact == lead


def test_whoever_else_is_nearly_called_so_makes_it_doubtful_in_a_large_shop_too(shop: Shop) -> None:
    names = ["Sunita Rane", *("Suresh Patil" for _ in range(700)), "Sunitta Rao"]
    numbered = enumerate(names, shop.company.take_serials(len(names)))
    Customer.create_all([Customer(company=shop.company, serial=n, name=name) for n, name in numbered])
    assert nearly_called(shop.company, "sunitha") is None
