"""A whole desk for each test: the real processes on a database without anything in it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from development import made_up
from tests import databases
from tests.end_to_end.desk import Desk, opened


@pytest.fixture
def desk(new_database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """The sample pharmacy, running; what its phones showed is kept when the test is over."""
    with _short_folder() as folder, opened(Path(folder), new_database_url) as running:
        running.names = _names()
        try:
            yield running
        finally:
            _keep_transcript(running, request.node.name, tmp_path)


@pytest.fixture
def web_alone(new_database_url: str) -> Iterator[Desk]:
    """The web server alone, with all tables and nothing in them."""
    with _short_folder() as folder:
        desk = Desk(Path(folder), new_database_url)
        databases.prepare(new_database_url)
        try:
            desk.start("redis", "web")
            yield desk
        finally:
            desk.close()


def _short_folder() -> tempfile.TemporaryDirectory[str]:
    """Short, because a path to a socket may have 108 bytes at most."""
    return tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True)


def _names() -> dict[str, str]:
    listed = [(person.phone, person.name) for person in (*made_up.STAFF, *made_up.CUSTOMERS)]
    return {made_up.ANITA: "Anita Joshi", **dict(listed), made_up.LATA: "Lata & Suresh"}


def _keep_transcript(desk: Desk, name: str, folder: Path) -> None:
    """In the test's own folder, and for the journey where JOURNEY_TRANSCRIPT names a file."""
    text = desk.transcript()
    (folder / "transcript.txt").write_text(text)
    wanted = os.environ.get("JOURNEY_TRANSCRIPT")
    if wanted and "journey" in name:
        Path(wanted).write_text(text)
