"""A shop with its REST door open."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from tests.api.calling import Program
from tests.conversation import MORNING, Shop, it_is, open_shop


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    return open_shop()


@pytest.fixture
def client(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr("database.connect", lambda: None)
    return create_app().test_client()


@pytest.fixture
def bob(client: FlaskClient, shop: Shop) -> Program:
    """The pharmacist's token: support, may read medical text."""
    return Program(client, shop.bob)


@pytest.fixture
def meera(client: FlaskClient, shop: Shop) -> Program:
    """The manager's token."""
    return Program(client, shop.meera)
