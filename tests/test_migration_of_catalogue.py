"""What the first release stored of sales and medicines is still there with a catalogue and bills."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from peewee import Table
from playhouse.migrations import Runner

import migrations
from database import db
from models import Company, Customer, Medicine, Purchase, StockMovement
from tests import databases

FIRST = "0001_first_release"


@pytest.fixture
def first_release(new_database_url: str):
    with databases.connected(new_database_url):
        runner = Runner(db.obj, str(Path(migrations.__file__).parent))
        runner.up(FIRST)
        yield runner


def _old(table: str, **values: object) -> None:
    """A row as the first release wrote it."""
    Table(table, ["id", *values]).bind(db.obj).insert(values).execute()


def _small_shop() -> None:
    at = "2027-02-01 04:30:00.000000"
    _old(
        "company",
        name="Asha",
        timezone="Asia/Kolkata",
        region="IN",
        language="en",
        settings="{}",
        last_serial=7,
        created_at=at,
    )
    _old(
        "customers",
        company_id=1,
        serial=1,
        name="Alice",
        category="contact_sheet",
        status="active",
        prefers_generic=False,
        names_medicines=False,
        total_visits=1,
        total_purchases=15000,
        created_at=at,
    )
    _old("medicine", company_id=1, name="Metformin", identity="metformin||", is_acute=False)
    _old("purchase", company_id=1, customer_id=1, purchased_on="2027-02-01", total=15000, created_at=at)


def test_what_the_first_release_stored_is_still_there(first_release):
    _small_shop()
    first_release.up()
    [purchase] = Purchase.select()
    assert (purchase.purchased_on, purchase.total, purchase.cost) == (date(2027, 2, 1), Decimal(150), 0)
    assert (purchase.bill_number, Customer.get().educated_on, Company.get().last_bill) == (None, None, 0)
    assert (Medicine.get().is_listed, Medicine.get().is_generic, Medicine.get().stock) == (False, False, None)


def test_after_the_steps_new_rows_can_be_written(first_release):
    _small_shop()
    first_release.up()
    StockMovement.create(company=1, medicine=1, quantity=Decimal("30.5"), cause="count")
    assert Medicine.get().stock == Decimal("30.5")
