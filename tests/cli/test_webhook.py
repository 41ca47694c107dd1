"""`flask webhook`: programs that want to hear."""

import pytest
from flask.testing import FlaskCliRunner

from app import create_app
from desk_tables import Webhook
from tests.conversation import Shop, open_shop

URL = "http://127.0.0.1:9/hook"


@pytest.fixture
def shop(database_url: str) -> Shop:
    return open_shop()


@pytest.fixture
def run(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> FlaskCliRunner:
    monkeypatch.setattr("database.connect", lambda: None)
    return create_app().test_cli_runner()


def test_it_is_added_with_a_secret_shown_once_listed_and_removed(run: FlaskCliRunner) -> None:
    added = run.invoke(args=["webhook", "add", "billing", URL, "--events", "all"]).output
    assert Webhook.get().secret in added
    listed = run.invoke(args=["webhook", "list"]).output
    assert "billing" in listed and "never called, 0 waiting" in listed and "whsec_" not in listed
    assert "Removed" in run.invoke(args=["webhook", "remove", "billing"]).output
    assert not Webhook.select().exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["billing", URL, "--events", "purchase.eaten"], "There is no event purchase.eaten"),
        (["billing", "http://example.com/x", "--events", "all"], "https://"),
        (["there", URL, "--events", "all"], "There is a webhook there already"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: FlaskCliRunner, words: list[str], said: str) -> None:
    run.invoke(args=["webhook", "add", "there", URL, "--events", "contact.converted"])
    refused = run.invoke(args=["webhook", "add", *words])
    assert refused.exit_code == 1
    assert said in refused.output
    assert Webhook.select().count() == 1
