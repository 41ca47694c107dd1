"""The command line."""

import pytest
from flask.testing import FlaskCliRunner

import app


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> FlaskCliRunner:
    """Runs a command on the database of the test."""
    monkeypatch.setattr("database.connect", lambda: None)
    return app.create_app().test_cli_runner()
