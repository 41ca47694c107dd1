"""The pharmacy most of these tests send for: it is morning, and WhatsApp has approved everything."""

import pytest

from tests.conversation import MORNING, Shop, approve_everything, it_is, open_shop
from tests.messaging.judging import change


@pytest.fixture
def shop(database_url: str) -> Shop:
    it_is(MORNING)
    shop = open_shop()
    approve_everything(shop.company)
    return shop


@pytest.fixture
def agreed_to_everything(shop: Shop) -> None:
    """So alice has, and wrote nothing lately."""
    change(shop.alice.phone, promotions_allowed=True)
