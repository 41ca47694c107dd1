"""Names that are nearly those of the catalogue."""

import pytest

from domain import medicine_spelling, medicines
from domain.medicine_spelling import Match
from tests.conversation import Shop, open_shop
from tests.selling import listed


@pytest.fixture
def shop(database_url: str) -> Shop:
    return open_shop()


CATALOGUE = {
    "Glycomet 500": "Metformin 500mg",
    "Glycomet 850": "Metformin 850mg",
    "Metformin Tablets IP 500 mg": "Metformin 500mg",
    "Telma 40": "Telmisartan 40mg",
    "Telma H 40": "Telmisartan 40mg",
}


@pytest.fixture
def catalogue(shop: Shop) -> Shop:
    for name, generic in CATALOGUE.items():
        listed(shop.company, name, generic=generic)
    return shop


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Glycomet 500", "Glycomet 500"),
        ("glycomet-500 mg tab", "Glycomet 500"),
        ("glycomt 500", "Glycomet 500"),
        ("glicomet 850", "Glycomet 850"),
        ("telma 40", "Telma 40"),
        ("TELMA-H 40", "Telma H 40"),
    ],
)
def test_what_is_nearly_a_name_of_the_catalogue_is_that(catalogue: Shop, typed: str, meant: str) -> None:
    found = medicine_spelling.match(catalogue.company, typed)
    assert found.sure and found.sure.name == meant


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("glycomet", {"Glycomet 500", "Glycomet 850"}),
        ("metformn 500", {"Glycomet 500", "Metformin Tablets IP 500 mg"}),
    ],
)
def test_what_may_be_several_is_left_to_be_chosen(catalogue: Shop, typed: str, candidates: set[str]) -> None:
    found = medicine_spelling.match(catalogue.company, typed)
    assert found.sure is None
    assert candidates <= {medicine.name for medicine in found.candidates}


@pytest.mark.parametrize("typed", ["Glycomet 1000", "Voglibose 0.3", "x", "Telma 80"])
def test_another_strength_or_name_is_none_of_the_catalogue(catalogue: Shop, typed: str) -> None:
    assert medicine_spelling.match(catalogue.company, typed) == Match(None, [])


def test_the_catalogue_of_another_pharmacy_is_not_looked_into(catalogue: Shop) -> None:
    theirs = open_shop("Balaji Pharmacy", "+919812300000").company
    assert medicine_spelling.match(theirs, "Glycomet 500") == Match(None, [])


def test_the_name_itself_is_meant_before_any_brand_that_holds_it(shop: Shop) -> None:
    for name, generic in (("Glycomet 500", "Metformin 500"), ("Metformin 500", "Metformin 500")):
        row = medicines.find_or_create(shop.company, name, generic=generic)
        row.is_listed = True
        row.save()
    assert medicine_spelling.match(shop.company, "metformin 500").sure == row
