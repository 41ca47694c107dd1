"""How long what was sold lasts by its dose, and where nobody can tell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain import packs

LASTS = [
    ("Metformin 500", 30, "1-0-1", 15),
    ("Metformin 500", 30, "BD", 15),
    ("Metformin 500", 30, "once daily", 30),
    ("Ecosprin 75", 20, "2 tablets every 3 days", 30),
    ("Thyronorm 50", 15, "half tablet daily", 30),
    ("Thyronorm 50", Decimal("7.5"), "half tablet daily", 15),
    ("Amlodipine 5 tab", 30, "½-0-½", 30),
    ("Cap Becosules", 30, "1 OD", 30),
    ("Uprise D3 60K capsule", 4, "weekly", 28),
    ("Metformin 500", 31, "1-1-1", 10),
    ("Benadryl syrup 100 ml", 1, "5 ml twice daily", 10),
    ("Duphalac syrup 200ml", 2, "10 ml twice daily", 20),
    ("Benadryl syrup 100 ml", 1, "1 tsp twice daily", 10),
    ("Refresh Tears eye drops 10 ml", 1, "2 drops 4 times a day", 25),
    ("Lantus 100 IU/ml 3 ml cartridge", 2, "20 units daily", 30),
    ("Insulin Mixtard 40 IU/ml 10 ml vial", 1, "10-0-10", None),
    ("Insulin Mixtard 40 IU/ml 10 ml vial", 1, "20 units daily", 20),
    ("Lantus Solostar pen", 1, "10 units daily", 30),
    ("Foracort inhaler 120 MDI", 1, "2 puffs BD", 30),
]
UNKNOWN = [
    ("Paracetamol 650", 10, "SOS"),
    ("Paracetamol 650", 10, "as needed"),
    ("Metformin 500", 30, "as directed"),
    ("Metformin 500", 30, ""),
    ("Benadryl syrup", 1, "5 ml twice daily"),
    ("Foracort inhaler", 1, "2 puffs BD"),
    ("Betnovate cream 20 gm", 1, "twice daily"),
    ("Human Mixtard vial", 1, "10 units daily"),
    ("Metformin 500", 1, "1-0-1"),
]


@pytest.mark.parametrize(("name", "quantity", "dosage", "days"), LASTS)
def test_quantity_and_dose_tell_the_days(
    name: str, quantity: Decimal | int, dosage: str, days: int | None
) -> None:
    assert packs.days(name, quantity, dosage) == days


@pytest.mark.parametrize(("name", "quantity", "dosage"), UNKNOWN)
def test_what_nobody_can_tell_is_not_guessed(name: str, quantity: int, dosage: str) -> None:
    assert packs.days(name, quantity, dosage) is None


@given(some.integers(1, 2000), some.integers(1, 4), some.integers(1, 4))
def test_no_more_is_taken_than_was_sold(quantity: int, morning: int, night: int) -> None:
    days = packs.days("Metformin 500", quantity, f"{morning}-0-{night}")
    assert (days or 0) * (morning + night) <= quantity
    assert days is None or (days + 1) * (morning + night) > quantity
