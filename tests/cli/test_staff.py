"""`flask token`: what programs call with."""

from flask.testing import FlaskCliRunner

from domain import staff as team
from tests.conversation import Shop, fresh


def test_a_token_is_printed_once_and_kept_as_a_hash(shop: Shop, run: FlaskCliRunner) -> None:
    token = run.invoke(args=["token", shop.bob.code]).output.strip()
    assert team.by_token(token) == shop.bob
    assert token not in str(fresh(shop.bob).token_hash)


def test_a_new_token_ends_the_old_one(shop: Shop, run: FlaskCliRunner) -> None:
    old, new = (run.invoke(args=["token", shop.bob.code]).output.strip() for _ in range(2))
    assert (team.by_token(old), team.by_token(new)) == (None, shop.bob)


def test_a_token_is_revoked(shop: Shop, run: FlaskCliRunner) -> None:
    token = run.invoke(args=["token", shop.bob.code]).output.strip()
    assert "has ended" in run.invoke(args=["token", "revoke", shop.bob.code]).output
    assert team.by_token(token) is None
    assert "had no token" in run.invoke(args=["token", "revoke", shop.bob.code]).output


def test_it_has_to_be_said_whose_token_ends(run: FlaskCliRunner) -> None:
    refused = run.invoke(args=["token", "revoke"])
    assert (refused.exit_code, "Say whose" in refused.output) == (1, True)
