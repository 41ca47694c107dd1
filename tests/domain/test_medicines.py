"""What is one medicine and what is another."""

import csv
from pathlib import Path

import pytest

from domain import medicines
from domain.medicines import Said
from tests.conversation import Shop, open_shop

PMBJP = Path(__file__).parents[3] / "shared" / "data" / "medicines" / "janaushadhi_pmbjp_2439.csv"
SOME_OF_PMBJP = [
    "Metformin Hydrochloride Tablets IP 500 mg",
    "Telmisartan 40mg Tablets",
    "Insulin 40 IU/ml Injection",
]


@pytest.fixture
def shop(database_url: str) -> Shop:
    return open_shop()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Metformin 500", "metformin 500 MG"),
        ("Metformin HCl 500mg Tablets", "Metformin 500"),
        ("Metformin", "Metformin 500mg"),
        ("Metformin 1g", "Metformin 1000 mg"),
        ("Thyroxine 50", "Thyroxine 50mcg"),
        ("Thyroxine 50 µg", "Thyroxine 50 mcg tab"),
        ("Uprise D3 60k", "Uprise-D3 60000 cap"),
        ("Amlodipine besylate 5", "Amlodipine 5mg"),
        ("Telma 40", "TELMA-40"),
    ],
)
def test_other_spellings_are_the_same_supply(one: str, other: str) -> None:
    assert medicines.identity(one).fits(medicines.identity(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Metformin 500", "Metformin 850"),
        ("Metformin 500", "Metformin SR 500"),
        ("Metformin 500 mg", "Metformin 500 mcg"),
        ("Paracetamol syrup", "Paracetamol tablets"),
        ("Atorva 10", "Rosuvas 10"),
        ("Telma 40", "Telma H 40"),
        ("Metoprolol succinate 50", "Metoprolol tartrate 50"),
        ("Glycomet GP 1/500", "Glycomet GP 2/500"),
    ],
)
def test_other_strengths_forms_and_compositions_are_other_supplies(one: str, other: str) -> None:
    assert not medicines.identity(one).fits(medicines.identity(other))


def test_a_name_that_is_all_form_and_number_is_still_a_name() -> None:
    assert medicines.identity("Gel 5").composition == "gel"


def test_the_same_name_in_other_case_is_the_same_medicine(shop: Shop) -> None:
    first = medicines.find_or_create(shop.company, "Metformin 500")
    assert medicines.find_or_create(shop.company, " metformin  500 ") == first


def test_a_brand_and_its_generic_are_one_supply_once_they_were_named_together(shop: Shop) -> None:
    medicines.find_or_create(shop.company, "Glucophage 500", brand="Glucophage", generic="Metformin HCl")
    brand = medicines.find_or_create(shop.company, "Glucophage 500mg tab")
    generic = medicines.find_or_create(shop.company, "Metformin 500")
    assert medicines.same_supply(brand, generic)


def test_a_medicine_learns_its_generic_later(shop: Shop) -> None:
    medicines.find_or_create(shop.company, "Glucophage 500")
    brand = medicines.find_or_create(shop.company, "Glucophage 500", brand="Glucophage", generic="Metformin")
    assert medicines.same_supply(brand, medicines.find_or_create(shop.company, "Metformin 500"))


def test_another_pharmacy_has_its_own_medicines(shop: Shop) -> None:
    ours = medicines.find_or_create(shop.company, "Metformin 500")
    theirs = open_shop("Balaji Pharmacy", "+919812300000").company
    assert medicines.find_or_create(theirs, "Metformin 500") != ours


@pytest.mark.parametrize(
    "name", ["Azithromycin 500", "Amoxicillin 500 cap", "Mox 500", "Tab Augmentin 625 Duo", "Zifi 200"]
)
def test_antibiotics_and_their_like_are_short_courses_however_many_days(shop: Shop, name: str) -> None:
    assert medicines.is_short_course(medicines.find_or_create(shop.company, name), 30)


@pytest.mark.parametrize("name", ["Moxonidine 0.2", "Metformin 500", "Telma 40", "Thyronorm 50"])
def test_what_is_taken_for_long_is_no_short_course(shop: Shop, name: str) -> None:
    medicine = medicines.find_or_create(shop.company, name)
    assert not medicines.is_short_course(medicine, 15)
    assert medicines.is_short_course(medicine, 14)


def test_every_name_of_a_real_catalogue_has_an_identity_that_comes_back() -> None:
    names = SOME_OF_PMBJP
    if PMBJP.exists():
        with PMBJP.open(encoding="utf-8") as file:
            names = names + [row["Generic Name"] for row in csv.DictReader(file)]
    for name in names:
        known = medicines.identity(name)
        assert known.composition, name
        assert str(known).count("|") == 2, name
        assert known.fits(medicines.identity(name.upper())), name


def test_what_is_said_twice_in_one_breath_is_one_medicine(shop: Shop) -> None:
    said = [
        Said("Telma 40"),
        Said("telma  40", brand="Telma"),
        Said("Ecosprin 75"),
        Said("x" * 300 + "5 mg" * 90),
    ]
    found = medicines.find_or_create_all(shop.company, said)
    assert found[0] == found[1] and [row.name for row in found[1:3]] == ["Telma 40", "Ecosprin 75"]
    assert medicines.find_or_create_all(shop.company, said) == found
