"""The running server does what its description says, whatever is sent: schemathesis tries all its checks."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import company_settings
import config
from domain import staff as team
from tests import databases
from tests.conversation import new_contact, open_shop
from tests.end_to_end.desk import Desk

HERE = Path(__file__).parent


@pytest.fixture
def served(new_database_url: str) -> Iterator[tuple[Desk, str]]:
    """The web server of the Procfile on a real database with a small shop, and its manager's token."""
    # Short, because a path to a socket may have 108 bytes at most.
    with tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True) as name:
        desk = Desk(Path(name), new_database_url)
        desk.run("release")
        with databases.connected(new_database_url):
            shop = open_shop()
            new_contact(shop.company, "Anita Joshi", "+919820001111")
            company_settings.change(shop.company, "api_requests_a_minute", "1000000")
            token = team.new_token(shop.meera)
        try:
            desk.start("redis", "web")
            yield desk, token
        finally:
            desk.close()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_no_failure_no_undocumented_answer_none_off_its_schema(served: tuple[Desk, str]) -> None:
    desk, token = served
    # On failure: the same with more examples, and `st explain` for what a code means.
    tried = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(HERE / "schemathesis.toml")),
            *("run", f"{desk.web}/api/openapi.json", "-H", f"Authorization: Bearer {token}"),
            *("--checks", "all", "--max-examples", "5", "--seed", "1", "--no-color"),
            *("--suppress-health-check", "all", "--continue-on-failure"),
        ],
        # It keeps notes where it runs.
        cwd=desk.folder,
        env=os.environ
        | {"SCHEMATHESIS_HOOKS": "tests.api.conformance.formats", "PYTHONPATH": str(config.ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert tried.returncode == 0, tried.stdout + tried.stderr
