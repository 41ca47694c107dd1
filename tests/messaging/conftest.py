"""The pharmacy most of these tests send for: it is morning, and WhatsApp has approved everything."""

import pytest

from tests.conversation import MORNING, Shop, approve_everything, it_is, open_shop


@pytest.fixture
def shop(database_url: str) -> Shop:
    it_is(MORNING)
    shop = open_shop()
    approve_everything(shop.company)
    return shop
