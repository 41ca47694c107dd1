"""A real browser for the tests of pages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Offline, and without the sandbox that root may not have.
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

needed = pytest.mark.skipif(
    not _PROGRAM and os.environ.get("CI") != "true", reason="a page is looked at with Chromium"
)


@contextmanager
def running() -> Iterator[Browser]:
    """Start one, and close it afterwards."""
    assert _PROGRAM, "Chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_PROGRAM, args=_ARGUMENTS)
        yield browser
        browser.close()
