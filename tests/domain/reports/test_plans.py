"""Reports find the rows they are about by the indexes made for them, however many others there are."""

import pytest

import report_tables
from database import db
from domain import reservations
from domain.reports import calls, compliance, conversion, customers, daily, periods, scopes, stock
from tests.asking import asked
from tests.conversation import MORNING

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

ON = MORNING.date()
LENGTHY = periods.last(30, ON)


def _plans(shop) -> str:
    """How SQLite goes about each statement of the reports and of what looks for a day's rows."""
    whole = scopes.whole(shop.company)
    with asked() as statements:
        daily.report(whole, ON)
        customers.report(whole, LENGTHY)
        conversion.report(whole, LENGTHY)
        calls.report(whole, LENGTHY)
        compliance.report(whole, LENGTHY, MORNING)
        stock.due(shop.company, ON)
        reservations.expire(shop.company, MORNING)
    asking = [each for each in statements if each[0].startswith("SELECT")]
    steps = [db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall() for sql, values in asking]
    return "\n".join(line for plan in steps for *_, line in plan)


@pytest.mark.parametrize("name", report_tables.INDEXES)
def test_each_index_is_used(shop, name):
    assert f"INDEX {name} " in _plans(shop)
