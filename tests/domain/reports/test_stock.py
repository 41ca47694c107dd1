"""What runs low on the shelf, at the pace of the last thirty days."""

from decimal import Decimal

import pytest

from domain import stock
from domain.reports import stock as shelf
from models import Medicine, PurchaseItem
from tests.conversation import MORNING
from tests.refilling import buy, fresh

ON = MORNING.date()


@pytest.fixture
def sold(shop) -> Medicine:
    """Thirty pieces went in a month, one a day."""
    return buy(shop.alice).medicine


def _low(shop, medicine: Medicine, pieces: int) -> list[int | None]:
    stock.count(fresh(medicine), Decimal(pieces), staff=shop.bob, at=MORNING, cause="count")
    return [level.days_left for level in shelf.low(shop.company, ON)]


@pytest.mark.parametrize(("pieces", "days_left"), [(8, []), (7, [7]), (1, [1]), (0, [0])])
def test_a_week_s_stock_is_low(shop, sold, pieces, days_left):
    assert _low(shop, sold, pieces) == days_left


def test_what_was_brought_back_sells_no_more(shop, sold):
    PurchaseItem.update(quantity=0).execute()
    assert _low(shop, sold, 500) == []


def test_what_nobody_counted_is_not_low(shop, sold):
    Medicine.update(stock=None).execute()
    assert shelf.low(shop.company, ON) == []


def test_what_will_be_short_is_whole_when_it_is_shown(shop, sold):
    stock.count(fresh(sold), Decimal(10), staff=shop.bob, at=MORNING, cause="count")
    [short] = shelf.whole(shelf.due(shop.company, ON, days=40))
    assert (short.needed, short.missing, short.customers) == (30, 20, 1)
    assert short.medicine.__data__ == fresh(sold).__data__
