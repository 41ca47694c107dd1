"""Who is spoken of in many tests of the chat, and the web application as Twilio meets it."""

import pytest
from flask.testing import FlaskClient

import app
import config
from models import Contact
from tests.conversation import Shop, new_contact


@pytest.fixture
def client(shop: Shop, database_url: str, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Of an application that is connected as in earnest; a bug is raised, not answered with 500."""
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    application = app.create_app()
    application.testing = True
    return application.test_client()


@pytest.fixture
def ravi(shop: Shop) -> Contact:
    """A lead."""
    return new_contact(shop.company, "Ravi Kumar", "+919811111111")
