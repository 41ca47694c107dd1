"""The web application as Twilio meets it."""

import pytest
from flask.testing import FlaskClient

import app
import config
from tests.conversation import Shop


@pytest.fixture
def client(shop: Shop, database_url: str, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Of an application that is connected as in earnest; a bug is raised, not answered with 500."""
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    application = app.create_app()
    application.testing = True
    return application.test_client()
