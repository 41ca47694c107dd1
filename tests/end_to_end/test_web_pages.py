"""Web pages of two origins in a real browser call the API of a running desk; only one of them may."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Error, Page

from domain import staff as team
from tests import chromium, databases
from tests.conversation import new_customer, open_shop
from tests.end_to_end.desk import Desk

# As docs/api.md shows it; what a browser refuses is a TypeError to the page.
_LIST = """
async ([address, token]) => {
    const asked = {headers: {Authorization: `Bearer ${token}`}};
    const page = await fetch(address + "/api/customers/?limit=1", asked);
    const next = /<([^>]*)>/.exec(page.headers.get("Link"))?.[1];
    const rest = await fetch(new URL(next, page.url), asked);
    return [...await page.json(), ...await rest.json()].map(each => each.name);
}
"""
_BUY = """
async ([address, token]) => {
    const headers = {
        Authorization: `Bearer ${token}`, "Content-Type": "application/json", "Idempotency-Key": "bill-42",
    };
    const items = [{medicine_name: "Metformin", quantity: 30, unit_price: 5}];
    const body = JSON.stringify({phone: "9876543210", name: "John Doe", items});
    const buy = () => fetch(address + "/api/customers/quick-purchase", {method: "POST", headers, body});
    return [(await buy()).status, (await buy()).headers.get("Idempotent-Replayed")];
}
"""

pytestmark = [chromium.needed, pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.running() as browser:
        yield browser


@contextmanager
def _site(folder: Path) -> Iterator[str]:
    """Somebody's web server, with an empty page; gives its origin."""
    (folder / "index.html").write_text("<!doctype html><link rel=icon href=data:,>")
    answering = partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *facts: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def ours(tmp_path) -> Iterator[str]:
    with _site(tmp_path) as origin:
        yield origin


@pytest.fixture
def theirs(tmp_path) -> Iterator[str]:
    with _site(tmp_path) as origin:
        yield origin


@pytest.fixture
def served(new_database_url, ours) -> Iterator[list[str]]:
    """Address and token of a running web server that pages of `ours` may call."""
    # Short, because a path to a socket may have 108 bytes at most.
    with tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True) as name:
        desk = Desk(Path(name), new_database_url)
        desk.settings["API_ORIGINS"] = ours
        desk.run("release")
        with databases.connected(new_database_url):
            shop = open_shop()
            new_customer(shop.company, "Anita Joshi", "+919820001111")
            token = team.new_token(shop.meera)
        try:
            desk.start("redis", "web")
            yield [desk.web, token]
        finally:
            desk.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_a_page_of_an_allowed_origin_lists_customers_and_sells_and_another_is_refused(
    page, served, ours, theirs
):
    page.goto(ours)
    names = page.evaluate(_LIST, served)
    assert "Anita Joshi" in names and len(names) == 2
    assert page.evaluate(_BUY, served) == [201, "true"]
    page.goto(theirs)
    for script in (_LIST, _BUY):
        with pytest.raises(Error, match="Failed to fetch"):
            page.evaluate(script, served)
