"""`flask staff` and `flask token`: who works there, and what programs call with."""

from flask.testing import FlaskCliRunner

from domain import staff as team
from tests.conversation import Shop, fresh, open_other_shop


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


def test_with_two_shops_one_must_be_named(shop: Shop, run: FlaskCliRunner) -> None:
    other, _ = open_other_shop()
    assert "Say which company" in run.invoke(args=["token", "STAFF002"]).output
    token = run.invoke(args=["token", "STAFF002", "--company", other.company.name]).output.strip()
    assert team.by_token(token) == other.bob


def test_nobody_has_a_manager_of_another_shop(shop: Shop, run: FlaskCliRunner) -> None:
    other, _ = open_other_shop()
    team.add(other.company, code="STAFF009", phone="+919812300099", name="Dev Rao", role="manager")
    said = {"company": shop.company.name, "code": "STAFF005", "name": "Ravi Kumar", "phone": "98333 33333"}
    given = [word for name, value in said.items() for word in (f"--{name}", value)]
    refused = run.invoke(args=["staff", "add", *given, "--role", "support", "--manager", "STAFF009"])
    assert "no member of staff with the code STAFF009" in refused.output
    assert "Added" in run.invoke(args=["staff", "add", *given, "--role", "support"]).output


def test_it_has_to_be_said_whose_token_ends(run: FlaskCliRunner) -> None:
    refused = run.invoke(args=["token", "revoke"])
    assert (refused.exit_code, "Say whose" in refused.output) == (1, True)
