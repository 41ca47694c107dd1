"""What was sold, read from a line of chat."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.medicines import SaleItem, sale_items
from bot.text.sale_parts import Unclear


def item(medicine, quantity, unit_price=None, total=None, days=None, packs=False, bare=False):
    price, total = (amount and Decimal(amount) for amount in (unit_price, total))
    return SaleItem(medicine, quantity, price, total, duration_days=days, is_packs=packs, is_bare_price=bare)


def test_the_example_of_the_help_is_read_exactly():
    assert sale_items("Metformin 30 x 5 for 30 days; Atorva 10 15 x 8.50 for 15 days") == [
        item("Metformin", 30, "5.00", days=30),
        item("Atorva 10", 15, "8.50", days=15),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metformin 500 30 tabs 5 each for a month", item("metformin 500", 30, "5", days=30)),
        ("Pan 40 1 strip of 15 at 120 total for 15 days", item("Pan 40", 15, total="120", days=15)),
        ("10 Dolo 650 @ 2", item("Dolo 650", 10, "2")),
        ("2 x Metformin 500mg strip 25 30d", item("Metformin 500mg", 2, "25", days=30, bare=True)),
        ("Amlodipine 5mg, 30, Rs 3", item("Amlodipine 5mg", 30, "3", bare=True)),
        ("Amlodipine 5 mg 30 3", item("Amlodipine 5 mg", 30, "3", bare=True)),
        ("Metformin 30x5 30d", item("Metformin", 30, "5", days=30)),
        ("Metformin 30×₹5/- x 30 days", item("Metformin", 30, "5", days=30)),
        ("Metformin 30 * 5", item("Metformin", 30, "5")),
        ("Metformin 30 x 5 = 150", item("Metformin", 30, "5", "150")),
        ("Metformin 500mg x 30 for 15 days", item("Metformin 500mg", 30, days=15)),
        ("Dolo 650 x 10 @ 2", item("Dolo 650", 10, "2")),
        ("Telma H 40/12.5 30 x 8", item("Telma H 40/12.5", 30, "8")),
        ("Augmentin 625 Duo 10 x 20", item("Augmentin 625 Duo", 10, "20")),
        ("Augmentin 625 tab 10 x 20", item("Augmentin 625 tab", 10, "20")),
        ("Insulin Mixtard 30/70 1 vial 150", item("Insulin Mixtard 30/70", 1, "150", packs=True)),
        ("Vitamin D3 60K 4 caps 30 each", item("Vitamin D3 60K", 4, "30")),
        ("Thyronorm 62.5mcg 100 x 1.8 for 100 days", item("Thyronorm 62.5mcg", 100, "1.80", days=100)),
        ("Cough syrup 100ml 1 bottle 85", item("Cough syrup 100ml", 1, "85", packs=True)),
        ("1 bottle Ascoril LS 100ml 118", item("Ascoril LS 100ml", 1, "118", packs=True)),
        ("Shelcal 500, 15 tabs, Rs 105 total", item("Shelcal 500", 15, total="105")),
        ("Ecosprin 75 - 14 x 0.35 - 14 days", item("Ecosprin 75", 14, "0.35", days=14)),
        ("Metformin qty 30 price 5", item("Metformin", 30, "5")),
        ("B-12 x 5", item("B-12", 5)),
        ("Cough mix 1.5 x 20", item("Cough mix", Decimal("1.5"), "20")),
        ("मेटफॉर्मिन ३० x ५ ३० दिन", item("मेटफॉर्मिन", 30, "5", days=30)),
    ],
)
def test_natural_spellings_are_read(text, expected):
    assert sale_items(text) == [expected]


@pytest.mark.parametrize("text", ["Crocin 650 30", "Crocin 650 30 tabs", "30 Crocin 650", "Crocin 650, 30"])
def test_a_price_that_was_not_said_is_left_for_the_caller_to_ask(text):
    assert sale_items(text) == [item("Crocin 650", 30)]


@pytest.mark.parametrize("text", ["Pan 40 2 strips of 15 @ 60", "2 strips of 15 Pan 40 at 60 per strip"])
def test_the_price_of_a_strip_is_not_that_of_a_tablet(text):
    assert sale_items(text) == [item("Pan 40", 30, total="120")]


@pytest.mark.parametrize("between", ["; ", ";", "\n", ";\n", ", ", "\n2. ", "\n- "])
def test_items_are_parted_by_semicolons_lines_and_plain_commas(between):
    items = sale_items(f"Metformin 30 x 5{between}Atorva 10 15 x 8.50")
    assert items == [item("Metformin", 30, "5"), item("Atorva 10", 15, "8.50")]


@pytest.mark.parametrize(
    ("text", "code", "piece"),
    [
        ("", "nothing_sold", None),
        (" ; ;", "nothing_sold", None),
        ("Metformin", "quantity_missing", None),
        ("Crocin 650", "quantity_missing", None),
        ("30 x 5", "medicine_missing", None),
        ("x 30 @ 5", "medicine_missing", None),
        ("Metformin 30 x 5 30 x 5", "quantity_twice", "30 x 5"),
        ("Metformin 0 x 5", "quantity_wrong", "0"),
        ("Metformin 99999999 x 5", "quantity_wrong", "99999999"),
        ("Metformin -30 x 5", "number_wrong", "-30"),
        ("Metformin 30 x -5", "number_wrong", "-5"),
        ("Metformin 30 x 5.125", "price_wrong", "30 x 5.125"),
        ("Metformin 30 x 5 for 0 days", "duration_wrong", "for 0 days"),
        ("Metformin 30 x 5 for 3000 days", "duration_wrong", "for 3000 days"),
        ("Metformin 30 x 5 = 140", "total_differs", "140.00"),
        ("Crocin 650 x 30", "strength_or_quantity", "650"),
        ("Dolo 650 @ 2", "strength_or_quantity", "650"),
        ("Metformin 30 x 5 urgent", "not_understood", "urgent"),
        ("Metformin, Atorva 10 15 x 8.50", "not_understood", "Metformin, Atorva 10"),
        ("metformin 30 x five", "not_understood", "metformin 30 x five"),
        ("Metformin 30 x 5 and Atorva 15 x 8", "quantity_twice", "15 x 8"),
    ],
)
def test_what_is_unclear_is_named(text, code, piece):
    with pytest.raises(Unclear) as unclear:
        sale_items(text)
    assert (unclear.value.code, unclear.value.facts.get("piece")) == (code, piece)


def test_the_item_at_fault_is_named():
    with pytest.raises(Unclear) as unclear:
        sale_items("Metformin 30 x 5; Atorva 10")
    assert unclear.value.facts["item"] == "Atorva 10"


_PIECES = [
    "Metformin",
    "30",
    "x",
    "5",
    "@",
    "Rs",
    "total",
    "strip",
    "of",
    "15",
    ";",
    ",",
    "for",
    "days",
    "each",
    "=",
    "-",
    "|",
    "1e9",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(_PIECES)).map(" ".join)))
def test_any_text_gives_items_that_make_sense_or_says_what_is_unclear(text):
    try:
        items = sale_items(text)
    except Unclear:
        return
    assert items
    assert all(
        one.medicine and one.quantity > 0 and (one.duration_days is None or one.duration_days > 0)
        for one in items
    )


@given(st.integers(1, 199), st.decimals("0.01", 9999, places=2), st.integers(1, 730))
def test_the_exact_form_holds_for_all_numbers(quantity, price, days):
    assert sale_items(f"Metformin {quantity} x {price} for {days} days") == [
        item("Metformin", quantity, price, days=days)
    ]


@pytest.mark.parametrize("flood", ["1" * 300, "1," * 150, "1 " * 150, "5 x " * 75, "Rs 1 " * 60, "1" * 4096])
def test_a_flood_of_numbers_is_unclear_and_not_slow(flood):
    with pytest.raises(Unclear):
        sale_items(flood)
