"""A catalogue from the bytes of a sheet to medicines with prices and stock."""

from decimal import Decimal

import pytest

from domain import imports
from domain.bills import Item
from models import Import, Medicine, StockMovement
from tests.conversation import Shop, fresh
from tests.importing import answers, take_in
from tests.selling import sell, some
from tests.sheets.files import SHARED, xlsx

HEADER = ["Brand Name", "Salt Composition", "Packing", "M.R.P.", "PTR", "Qty in hand", "Schedule"]
GLYCOMET = ["Glycomet 500", "Metformin 500mg", "strip of 20", "36.40", 28, 200, "H"]
TELMA = ["Telma 40", "Telmisartan 40mg", "15's", 105, 80.5, 45, "H"]
PMBJP = SHARED / "medicines" / "janaushadhi_pmbjp_2439.csv"


def listed(shop: Shop, *rows: list, header: list = HEADER, **wishes) -> Import:
    return take_in(shop, xlsx([header, *rows]), "stock.xlsx", kind=imports.MEDICINES, **wishes)


def counts(received: Import) -> dict[str, int]:
    return {outcome: count for outcome, count in received.counts.items() if count}


def test_a_catalogue_is_taken_with_packs_prices_and_stock(shop) -> None:
    assert counts(listed(shop, GLYCOMET, TELMA)) == {"new": 2}
    glycomet = Medicine.get(Medicine.name == "Glycomet 500")
    assert (glycomet.identity, glycomet.schedule, glycomet.is_listed) == ("metformin|500mg|", "H", True)
    assert (glycomet.pack_size, glycomet.pack_price, glycomet.pack_cost) == (20, Decimal("36.40"), 28)
    assert (glycomet.price, glycomet.stock) == (Decimal("1.82"), 200)


def test_the_same_file_again_changes_nothing_even_after_a_sale(shop) -> None:
    data = xlsx([HEADER, GLYCOMET])
    take_in(shop, data, kind=imports.MEDICINES)
    sell(shop.alice, some(Medicine.get(), 30))
    again = take_in(shop, data, kind=imports.MEDICINES)
    assert (again.state, Medicine.get().stock) == ("repeated", 170)
    assert "this very file already" in answers(again)[-1]


def test_a_later_file_renews_prices_and_stock(shop) -> None:
    listed(shop, GLYCOMET, TELMA)
    later = listed(
        shop, [*GLYCOMET[:3], "40", 30, 150, "H"], TELMA, ["Ecosprin 75", "Aspirin 75mg", "14", 5, 4, 0, ""]
    )
    assert counts(later) == {"new": 1, "updated": 1, "unchanged": 1}
    glycomet = Medicine.get(Medicine.name == "Glycomet 500")
    assert (glycomet.pack_price, glycomet.price, glycomet.stock) == (40, 2, 150)
    assert sum(row.quantity for row in glycomet.movements) == 150


def test_what_a_later_file_does_not_say_stays(shop) -> None:
    listed(shop, GLYCOMET)
    listed(shop, ["Glycomet 500", 41], header=["Item Name", "MRP"])
    glycomet = Medicine.get()
    assert (glycomet.pack_price, glycomet.pack_cost, glycomet.stock, glycomet.schedule) == (41, 28, 200, "H")


def test_a_medicine_that_stands_there_once_for_each_batch_is_added_up(shop) -> None:
    header = [*HEADER, "Batch No"]
    rows = ([*GLYCOMET, "A1"], [*GLYCOMET[:5], 50, "H", "A2"], [*GLYCOMET, "A1"])
    assert counts(listed(shop, *rows, header=header)) == {"new": 1, "duplicate": 2}
    assert Medicine.get().stock == 250


def test_every_row_is_accounted_for_and_told(shop) -> None:
    bad = [
        ["", "", "10", 5, 4, 3, ""],
        ["Bad price", "X 5mg", "10", "free", 4, 3, "H"],
        ["Total", "", "", 500, "", "", ""],
    ]
    received = listed(shop, GLYCOMET, *bad)
    assert counts(received) == {"new": 1, "invalid": 2, "skipped": 1}
    [told] = answers(received)
    assert 'row 4, Bad price: "free" is not a price' in told
    assert "4 lines read" in told and "price = column D" in told


def test_a_look_changes_nothing(shop) -> None:
    received = listed(shop, GLYCOMET, is_preview=True)
    assert (counts(received), Medicine.select().count()) == ({"new": 1}, 0)
    assert 'without "preview"' in answers(received)[-1]


def test_a_file_without_medicines_is_refused_in_a_sentence(shop) -> None:
    received = take_in(shop, xlsx([["Name", "Mobile"], ["Ravi", 9876543210]]), kind=imports.MEDICINES)
    assert received.state == "failed"
    assert "no list of medicines" in answers(received)[-1]


def test_the_header_may_stand_below_a_title(shop) -> None:
    data = xlsx([["Asha Medicals"], [], ["Stock as on 1 Feb"], HEADER, GLYCOMET])
    assert counts(take_in(shop, data, kind=imports.MEDICINES)) == {"new": 1}


def test_a_csv_is_read_as_well(shop) -> None:
    data = b"Product,Generic Name,Pack,Price\nCrocin 650,Paracetamol 650mg,15's,33.60\n"
    assert counts(take_in(shop, data, "list.csv", kind=imports.MEDICINES)) == {"new": 1}


def test_what_was_learned_from_a_sale_is_found_again_in_the_catalogue(shop) -> None:
    learned = sell(shop.alice, Item("Glycomet 500", 10, Decimal(2))).items[0].medicine
    assert counts(listed(shop, GLYCOMET)) == {"updated": 1}
    assert fresh(learned).is_listed and not StockMovement.select().where(StockMovement.quantity < 0).exists()


@pytest.mark.skipif(not PMBJP.exists(), reason="the real catalogue is not on this machine")
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_real_catalogue_is_taken_whole(shop) -> None:
    received = take_in(shop, PMBJP.read_bytes(), PMBJP.name, kind=imports.MEDICINES)
    assert sum(received.counts.values()) == 2439
    assert received.counts["new"] > 2400 and received.counts["invalid"] < 10
    pregabalin = Medicine.get(Medicine.name == "Pregabalin Capsules IP 75 mg")
    assert (pregabalin.pack_size, pregabalin.is_generic, pregabalin.pack_price) == (
        10,
        True,
        Decimal("22.69"),
    )
