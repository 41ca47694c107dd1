"""Medicines, their stock, cheaper equivalents and invoices over HTTP."""

from decimal import Decimal

import pytest

from models import Medicine
from tests.api.calling import Program
from tests.api.test_seeds import PURCHASE
from tests.conversation import fresh
from tests.refilling import buy


@pytest.fixture
def generic(shop) -> Medicine:
    return Medicine.create(
        company=shop.company,
        name="Metformin 500 generic",
        identity="metformin|500|",
        is_listed=True,
        stock=Decimal(100),
        price=Decimal(2),
    )


def test_a_medicine_is_found_with_its_price_and_stock(bob, meera: Program, shop):
    buy(shop.alice)
    [found] = bob.get("/api/medicines", name="Metf").json
    assert (found["unit_price"], found["stock"]) == (5, None)
    counted = meera.send("PUT", f"/api/medicines/{found['id']}/stock", {"stock": 30})
    assert counted.json["stock"] == 30
    assert bob.get(f"/api/medicines/{found['id']}").json["stock"] == 30


def test_what_sells_and_runs_low_is_listed(meera: Program, shop):
    buy(shop.alice)
    [found] = meera.get("/api/medicines").json
    meera.send("PUT", f"/api/medicines/{found['id']}/stock", {"stock": 3})
    [low] = meera.get("/api/medicines/low-stock").json
    assert (low["medicine"]["id"], low["sold_in_30_days"], low["days_left"]) == (found["id"], 30, 3)
    [missing] = meera.get("/api/medicines/shortages", days_ahead=60).json
    assert (missing["needed"], missing["missing"], missing["customers"]) == (30, 27, 1)


def test_a_cheaper_equivalent_is_offered(bob: Program, shop, generic):
    buy(shop.alice)
    dear = Medicine.get(Medicine.name == "Metformin 500")
    [cheaper] = bob.get(f"/api/medicines/{dear.id}/equivalents").json["cheaper"]
    assert (cheaper["medicine_id"], cheaper["unit_price"]) == (generic.id, 2)


def test_who_was_told_of_generics_is_noted(bob: Program, shop):
    path = f"/api/customers/{shop.alice.serial}/generic-education"
    assert not bob.get(path).json["generic_education_given"]
    told = bob.post(path, {"notes": "showed the strip"})
    assert (told.status_code, told.json["told_by"]) == (201, "STAFF002")
    assert bob.get(path).json["generic_education_given"]
    assert fresh(shop.alice).educated_by == shop.bob


def test_the_invoices_of_a_month_come_with_their_sum(bob: Program, shop):
    customer = bob.post("/api/customers/quick-purchase", PURCHASE).json["customer_id"]
    bob.post("/api/customers/quick-purchase", PURCHASE | {"purchase_date": "2027-01-31"})
    path = f"/api/customers/{customer}/invoices"
    february, january = bob.get(path).json, bob.get(path, month="2027-01").json
    assert (february["month"], february["total_amount"], len(february["invoices"])) == ("2027-02", 150, 1)
    assert january["invoices"][0]["purchase_date"] == "2027-01-31"
    assert bob.get(path, month="2027-13").json["error"]["field"] == "month"
