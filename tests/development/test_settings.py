"""Settings to try Refill Desk out with: made up once, never where a real Twilio is named."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import config

Complete = Callable[..., list[str]]
NAMES = ["TWILIO_API_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "SECRET_KEY", "ENCRYPTION_KEYS"]
COMPLETE = "from development import settings; print(*settings.complete()); import config; config.check()"


@pytest.fixture
def complete(tmp_path: Path) -> Complete:
    """Completes the settings in a process of its own, which has those given; returns what was made up."""

    def run(**given: str) -> list[str]:
        environment = os.environ | dict.fromkeys(NAMES, "") | {"DATA_DIR": str(tmp_path)} | given
        command = [sys.executable, "-c", COMPLETE]
        done = subprocess.run(command, cwd=config.ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        return done.stdout.split()

    return run


def test_with_nothing_set_everything_is_made_up_once(complete: Complete, tmp_path: Path) -> None:
    assert complete() == NAMES
    first = (tmp_path / "development.env").read_text()
    assert complete() == []
    assert (tmp_path / "development.env").read_text() == first


def test_nobody_else_can_read_them(complete: Complete, tmp_path: Path) -> None:
    complete()
    assert (tmp_path / "development.env").stat().st_mode & 0o777 == 0o600


def test_what_the_environment_gives_is_not_made_up(complete: Complete, tmp_path: Path) -> None:
    assert complete(SECRET_KEY="given", TWILIO_API_URL="http://127.0.0.1:8011") == NAMES[1:3] + NAMES[4:]
    assert "SECRET_KEY" not in (tmp_path / "development.env").read_text()


@pytest.mark.parametrize("name", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])
def test_for_a_real_twilio_nothing_is_made_up(complete: Complete, tmp_path: Path, name: str) -> None:
    assert complete(**{name: "AC0123"}) == []
    assert not (tmp_path / "development.env").exists()
