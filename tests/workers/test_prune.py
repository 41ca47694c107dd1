"""What is old is forgotten by the clock."""

from datetime import date, timedelta

import pytest

from domain import registers
from models import RegisterEntry
from tests.conversation import it_is, open_shop
from workers.jobs import prune

SOLD = date(2027, 2, 1)


@pytest.mark.parametrize(("days", "kept"), [(3 * 365, 1), (registers.KEPT_FOR.days + 1, 0)])
def test_the_register_stays_for_three_years_and_then_goes(database_url, redis_url, days, kept):
    shop = open_shop()
    RegisterEntry.create(company=shop.company, sold_on=SOLD, patient="Alice", drug="Alprax", quantity=10)
    it_is(f"{SOLD + timedelta(days=days)} 10:00")
    prune.run()
    assert RegisterEntry.select().count() == kept
