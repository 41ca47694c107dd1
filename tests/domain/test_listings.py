"""One line of a catalogue, as shops and wholesalers write it."""

from decimal import Decimal

import pytest

from domain import listings
from domain.errors import DomainError


def line(**said: str) -> listings.Listing:
    return listings.read({"brand": "Glycomet 500", **said})


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("10's", 10),
        ("10", 10),
        ("strip of 15", 15),
        ("strip of 15 tablets", 15),
        ("1x10", 10),
        ("1 X 30 TAB", 30),
        ("30 TAB", 30),
        ("10T", 10),
        ("100 ml", 1),
        ("60ml bottle", 1),
        ("15 gm tube", 1),
        ("200MDI", 1),
        ("1's", 1),
        ("1's Tin 250g", 1),
        ("Vial & Wfi", 1),
        ("", 1),
        ("10’s", 10),
        ("10.0", 10),
    ],
)
def test_packs_in_every_spelling(written, pieces) -> None:
    assert line(pack=written).pack_size == pieces


@pytest.mark.parametrize("written", ["10x10", "2.5", "0", "100000", "10 strips of 10"])
def test_a_pack_that_may_mean_two_things_is_asked_about(written) -> None:
    with pytest.raises(DomainError, match="listing_pack"):
        line(pack=written)


@pytest.mark.parametrize(
    ("written", "rupees"),
    [("10.32", "10.32"), ("₹1,234.50", "1234.50"), ("Rs. 45/-", "45"), ("45", "45"), ("2.345", "2.35")],
)
def test_prices_in_every_spelling(written, rupees) -> None:
    assert line(price=written).pack_price == Decimal(rupees)


def test_a_price_of_nothing_is_a_price_not_known() -> None:
    assert line(price="0").pack_price is None


@pytest.mark.parametrize("written", ["-5", "free", "1e9", "NaN", "Infinity", "12-13"])
def test_what_is_no_price_is_refused(written) -> None:
    with pytest.raises(DomainError, match="listing_price"):
        line(price=written)


@pytest.mark.parametrize("written", ["-5", "many", "1e12", "nan"])
def test_what_is_no_stock_is_refused(written) -> None:
    with pytest.raises(DomainError, match="listing_stock"):
        line(stock=written)


def test_a_stock_in_strips_is_counted_in_pieces() -> None:
    assert line(stock_packs="12", pack="15's").stock == 180
    assert line(stock="12", pack="15's").stock == 12


@pytest.mark.parametrize("written", ["", "---", "12345"])
def test_a_line_needs_a_name(written) -> None:
    with pytest.raises(DomainError, match="listing_no_name"):
        listings.read({"brand": written})


def test_a_brand_and_its_generic_are_one_supply() -> None:
    brand = line(composition="Metformin Hydrochloride 500mg", form="Tablet")
    generic = listings.read({"generic": "Metformin Hydrochloride Tablets IP 500 mg"})
    assert brand.identity.fits(generic.identity)
    assert (brand.is_generic, generic.is_generic) == (False, True)


@pytest.mark.parametrize(
    "other",
    [
        "Metformin 500mg + Glimepiride 1mg",
        "Metformin 500mg and Glimepiride 1mg",
        "metformin 500mg, glimepiride 1mg",
    ],
)
def test_the_parts_of_a_combination_may_stand_in_any_order(other) -> None:
    one = line(composition="Glimepiride 1mg + Metformin 500mg").identity
    assert line(composition=other).identity == one
    assert not line(composition="Glimepiride 2mg + Metformin 500mg").identity.fits(one)


def test_a_strength_of_its_own_column_is_part_of_the_name() -> None:
    listing = listings.read({"brand": "Telma", "strength": "40 mg", "generic": "Telmisartan"})
    assert (listing.name, str(listing.identity)) == ("Telma 40 mg", "telmisartan|40mg|")


@pytest.mark.parametrize(
    ("said", "is_generic"),
    [
        ({"kind": "Generic"}, True),
        ({"kind": "Branded"}, False),
        ({"generic": "Metformin"}, False),
        ({"brand": "Metformin 500", "generic": "Metformin HCl"}, True),
    ],
)
def test_brands_and_generics_are_told_apart(said, is_generic) -> None:
    assert line(**said).is_generic is is_generic


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Schedule H1", "H1"), ("h", "H"), ("Sch. X", "X"), ("OTC", ""), ("Narcotic", "Narcotic")],
)
def test_schedules_in_every_spelling(written, kept) -> None:
    assert line(schedule=written).schedule == kept
