"""A shop with its REST door open."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from tests.api.calling import Program
from tests.conversation import Shop


@pytest.fixture(scope="session")
def application() -> Flask:
    """One for all tests: it keeps nothing of a request, and making one takes as long as ten of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("database.connect", lambda: None)
        return create_app()


@pytest.fixture
def client(application: Flask, shop: Shop) -> FlaskClient:
    return application.test_client()


@pytest.fixture
def bob(client: FlaskClient, shop: Shop) -> Program:
    """The pharmacist's token: support, may read medical text."""
    return Program(client, shop.bob)


@pytest.fixture
def meera(client: FlaskClient, shop: Shop) -> Program:
    """The manager's token."""
    return Program(client, shop.meera)
