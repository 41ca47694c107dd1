"""`flask webhook`: programs that want to hear."""

import pytest
from flask.testing import FlaskCliRunner

from desk_tables import Webhook

URL = "http://127.0.0.1:9/hook"


pytestmark = pytest.mark.usefixtures("shop")


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
