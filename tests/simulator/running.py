"""A simulator in a process of its own, driven through its interfaces and the real twilio client."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import urllib3
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.simulator.shop import ACCOUNT, TOKEN, Shop, free_port

ROOT = Path(__file__).resolve().parents[2]
SHOP_NUMBER = "+912240001122"
ALICE = "+919820011111"
# How long anything may take before a test gives up, in seconds.
PATIENCE = 20
Found = TypeVar("Found")


class Refused(Exception):
    """The control interface did not do it."""


class Rewriting(TwilioHttpClient):
    """Sends what is meant for any of Twilio's hosts to the simulator."""

    def __init__(self, address: str, timeout: float = PATIENCE) -> None:
        super().__init__(timeout=timeout)
        self.address = urlsplit(address)

    def request(self, method, url, *args, **kwargs):
        """The same request to the other host."""
        place = urlsplit(url)._replace(scheme=self.address.scheme, netloc=self.address.netloc)
        return super().request(method, place.geturl(), *args, **kwargs)


class Simulator:
    """The running simulator as tests see it."""

    def __init__(self, address: str, shop: Shop) -> None:
        self.address, self.shop = address, shop
        self.http = urllib3.PoolManager(retries=False, timeout=30)
        self.twilio = Client(ACCOUNT, TOKEN, http_client=Rewriting(address))

    def control(self, path: str, **fields: Any) -> Any:
        """Post to the control interface; raises `Refused`."""
        answer = self.http.request("POST", f"{self.address}/simulator/{path}", json=fields)
        if answer.status >= 400:
            raise Refused(answer.json()["message"])
        return answer.json()

    def look(self, path: str) -> Any:
        """Read from the control interface."""
        return self.http.request("GET", f"{self.address}/simulator/{path}").json()

    def begin_anew(self) -> None:
        """Forget everything, and be quick from now on."""
        self.shop.forget()
        self.control("clock", move="reset")
        self.control("reset")
        self.control("timing", sent=0.02, delivered=0.05, read=0.1, approval=0.05)

    def send(self, body: str = "", to: str = ALICE, message: int = 7, **fields: Any) -> Any:
        """The shop sends something with the client it really uses."""
        return self.twilio.messages.create(
            from_=f"whatsapp:{SHOP_NUMBER}",
            to=f"whatsapp:{to}",
            status_callback=f"{self.shop.address}/whatsapp/status?message={message}",
            **({"body": body} if body else {}),
            **fields,
        )

    def calm(self) -> None:
        """End all trouble."""
        self.http.request("DELETE", f"{self.address}/simulator/trouble")

    def write(self, body: str = "", phone: str = ALICE, **fields: Any) -> Any:
        """A person writes to the shop, which has been told when this returns."""
        return self.control("write", **{"from": phone, "to": SHOP_NUMBER}, body=body, wait=True, **fields)

    def attach(self, name: str, content: bytes, phone: str = ALICE, body: str = "") -> Any:
        """A person sends a file, with `body` as its caption."""
        texts = {"from": phone, "to": SHOP_NUMBER, "body": body, "wait": "1"}
        fields: dict[str, Any] = {**texts, "file": (name, content)}
        answer = self.http.request("POST", f"{self.address}/simulator/write", fields=fields)
        return answer.json()

    def ends_as(self, message: Any, status: str) -> dict[str, Any]:
        """The message, sent with the client, once the phone shows it with this status."""

        def rows() -> list[dict[str, Any]]:
            found = self.look("messages")
            return [row for row in found if row["sid"] == message.sid and row["status"] == status]

        return eventually(rows)[0]


@contextmanager
def running(shop: Shop, data_dir: Path) -> Iterator[Simulator]:
    """Start a simulator that calls `shop`, and stop it afterwards."""
    address = f"http://127.0.0.1:{free_port()}"
    settings = {
        "TWILIO_API_URL": address,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "PUBLIC_URL": shop.address,
        "DATA_DIR": str(data_dir),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "simulator"], cwd=ROOT, env={**os.environ, **settings}
    ) as process:
        try:
            simulator = Simulator(address, shop)
            eventually(lambda: process.poll() is None and _answers(simulator))
            yield simulator
        finally:
            process.terminate()


def _answers(simulator: Simulator) -> bool:
    try:
        return "now" in simulator.look("clock")
    except (urllib3.exceptions.HTTPError, json.JSONDecodeError):
        return False


def eventually(look: Callable[[], Found], seconds: float = PATIENCE) -> Found:
    """What `look` gives once it gives something."""
    until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.03)
    return found
