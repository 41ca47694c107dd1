"""Cheaper equivalents, who was told of them, and what was saved."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain import generics
from domain.errors import DomainError
from models import Interaction, Medicine
from tests.conversation import MORNING, Shop, fresh, open_other_shop
from tests.selling import TODAY, counted, listed, sell, some


def shelf(shop: Shop, name: str, price: int, pieces: int = 100, **known) -> Medicine:
    known = {"generic": "Metformin 500mg", **known}
    medicine = listed(shop.company, name, price=Decimal(price), **known)
    return counted(medicine, pieces)


@pytest.fixture
def glycomet(shop: Shop) -> Medicine:
    return shelf(shop, "Glycomet 500", 5)


def names(medicine: Medicine) -> list[str]:
    return [one.medicine.name for one in generics.for_medicine(medicine).cheaper]


def test_the_same_composition_and_strength_for_less_comes_the_cheapest_first(shop, glycomet) -> None:
    for name, price in (("Metformin 500 mg", 2), ("Obimet 500", 4), ("Walaphage 500", 5), ("Dear 500", 9)):
        shelf(shop, name, price)
    assert names(glycomet) == ["Metformin 500 mg", "Obimet 500"]


def test_another_strength_form_substance_or_an_empty_shelf_is_no_equivalent(shop, glycomet) -> None:
    shelf(shop, "Metformin 850 mg", 2, generic="Metformin 850mg")
    shelf(shop, "Metformin SR 500", 2, generic="Metformin SR 500mg")
    shelf(shop, "Gone 500", 2, pieces=0)
    shelf(shop, "Metformin", 2, generic="Metformin")
    _, charlie = open_other_shop()
    listed(charlie.company, "Metformin 500 mg", generic="Metformin 500mg", price=Decimal(1), stock=Decimal(9))
    assert names(glycomet) == []


def test_a_syrup_is_no_tablet(shop) -> None:
    tablet = shelf(shop, "Crocin 500 tablet", 5, generic="Paracetamol 500mg")
    shelf(shop, "Calpol 500 syrup", 1, generic="Paracetamol 500mg")
    assert names(tablet) == []


def test_what_it_costs_must_be_known(shop) -> None:
    medicine = listed(shop.company, "Glycomet 500", price=None)
    with pytest.raises(DomainError, match="price_unknown"):
        generics.for_medicine(medicine)


def test_a_customer_is_told_the_saving_of_a_month(shop, glycomet) -> None:
    shelf(shop, "Metformin 500 mg", 2)
    telma = shelf(shop, "Telma 40", 8, generic="Telmisartan 40mg")
    sell(shop.alice, some(glycomet, 60, 5), some(telma, 30, 8))
    [offer] = generics.for_customer(shop.alice, MORNING)
    assert (offer.medicine, offer.monthly, offer.cheaper[0].saving) == (glycomet, 60, 180)


def test_an_acute_course_or_an_old_purchase_is_not_what_they_take(shop) -> None:
    azithral = shelf(shop, "Azithral 500", 20, generic="Azithromycin 500mg")
    shelf(shop, "Azithromycin 500", 5, generic="Azithromycin 500mg")
    sell(shop.alice, some(azithral, 3, 20, duration_days=3))
    assert generics.for_customer(shop.alice, MORNING) == []
    glycomet = shelf(shop, "Glycomet 500", 5)
    shelf(shop, "Metformin 500 mg", 2)
    sell(shop.alice, some(glycomet), on=TODAY - timedelta(days=200))
    assert generics.for_customer(shop.alice, MORNING) == []


def test_the_first_telling_counts_and_each_is_noted(shop) -> None:
    generics.educate(shop.alice, staff=shop.bob, at=MORNING, notes="asks her doctor")
    generics.educate(shop.alice, staff=shop.meera, at=MORNING + timedelta(days=3))
    alice = fresh(shop.alice)
    assert (alice.educated_on, alice.educated_by) == (TODAY, shop.bob)
    assert {talk.kind for talk in Interaction.select()} == {"education"}
    assert [talk.notes for talk in Interaction.select().order_by(Interaction.id)] == ["asks her doctor", ""]


def test_savings_are_counted_against_the_brand_from_the_telling_on(shop, glycomet) -> None:
    generic = shelf(shop, "Metformin 500 mg", 2, is_generic=True)
    sell(shop.alice, some(glycomet, 30, 5))
    sell(shop.alice, some(generic, 30, 2), on=TODAY + timedelta(days=20))
    assert generics.saved(fresh(shop.alice)) == 0
    generics.educate(fresh(shop.alice), staff=shop.bob, at=MORNING + timedelta(days=25))
    sell(shop.alice, some(generic, 60, 2), on=TODAY + timedelta(days=50))
    assert generics.saved(fresh(shop.alice)) == 180
    assert generics.saved_by_all(shop.company) == 270
    assert fresh(shop.alice).category == "generic_informed"


def test_who_never_bought_the_brand_saved_nothing_we_could_tell(shop) -> None:
    generic = shelf(shop, "Metformin 500 mg", 2, is_generic=True)
    assert sell(shop.alice, some(generic)).items[0].saving is None


def test_a_generic_that_costs_more_saves_nothing(shop, glycomet) -> None:
    generic = shelf(shop, "Metformin 500 mg", 9, is_generic=True)
    sell(shop.alice, some(glycomet, 30, 5))
    assert sell(shop.alice, some(generic, 30, 9)).items[0].saving == 0
