"""The whole of Refill Desk in its real processes, and the phones of the people who use it.

Everything here is done from outside: processes are those of the Procfile, people write and read on the
simulator's phones. Whoever opens a desk gets it closed again, however the test ends.
"""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import urllib3

import clock
from tests import databases
from tests.end_to_end.processes import PATIENCE, Processes, wait_until
from tests.end_to_end.transcript import ZONE, Bubble, titles, transcript

QUEUES = ("worker", "sender", "background")


class Desk(Processes):
    """A running Refill Desk with its simulator; `names` are how people are called in the transcript."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(folder, {})
        self.names: dict[str, str] = {}
        self.token = "token of the whole desk"
        (folder / "data").mkdir()
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.settings |= {
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database_url,
            "PORT": self.web.rpartition(":")[2],
            "PUBLIC_URL": self.web,
            "TWILIO_API_URL": self.simulator,
            "TWILIO_AUTH_TOKEN": self.token,
            "PATH": programs,
            "PYTHONUNBUFFERED": "1",
        }

    def write(self, phone: str, body: str, **fields: Any) -> Bubble:
        """Somebody writes to the shop; `attachment` is the name of a sample file."""
        return self.control("write", **{"from": phone}, body=body, wait=True, **fields)

    def attach(self, phone: str, name: str, content: bytes, caption: str = "") -> Bubble:
        """Somebody sends a file."""
        fields = {"from": phone, "body": caption, "wait": "1", "file": (name, content)}
        answer = self.http.request("POST", f"{self.simulator}/simulator/write", fields=fields)
        return _json(answer)

    def say(self, phone: str, body: str, *words: str, **fields: Any) -> str:
        """Write and wait for an answer that holds all of `words`; returns the answer."""
        return self.hears(phone, *words, after=self.write(phone, body, **fields))

    def press(self, phone: str, title: str, *words: str) -> str:
        """Press the latest button with that title and wait for an answer with all of `words`."""
        asked = [bubble for bubble in self.bubbles(phone) if title in titles(bubble)]
        assert asked, f"{phone} has no button {title}\n{self.transcript(phone)}"
        fields = {"from": phone, "button": title, "message": asked[-1]["sid"], "wait": True}
        return self.hears(phone, *words, after=self.control("write", **fields))

    def hears(self, phone: str, *words: str, after: Bubble | None = None, seconds: float = PATIENCE) -> str:
        """Wait until the phone shows a message from us, later than `after`, that holds all of `words`."""
        return str(self.shown(phone, *words, after=after, seconds=seconds)["body"])

    def shown(
        self, phone: str, *words: str, after: Bubble | None = None, seconds: float = PATIENCE
    ) -> Bubble:
        """The same, as everything that is known of the message."""

        def look() -> Bubble | None:
            bubbles = self.bubbles(phone)
            if after:
                bubbles = bubbles[[bubble["sid"] for bubble in bubbles].index(after["sid"]) + 1 :]
            ours = (bubble for bubble in bubbles if _is_shown(bubble))
            return next((each for each in ours if all(word in each["body"] for word in words)), None)

        return wait_until(look, seconds, lambda: f"{phone} waits for {words}\n{self.situation()}")

    def bubbles(self, phone: str = "") -> list[Bubble]:
        """All messages of a phone, or of all of them, oldest first."""
        return self.look(f"messages?phone={phone.replace('+', '%2B')}" if phone else "messages")

    def told(self, phone: str, words: str = "") -> list[Bubble]:
        """What we wrote to that phone, shown there or not, as far as it holds `words`."""
        said = [bubble for bubble in self.bubbles(phone) if bubble["direction"] != "inbound"]
        return [bubble for bubble in said if words in bubble["body"]]

    def move_clock(self, step: str) -> None:
        """Let time pass, for instance `+1d`."""
        self.control("clock", move=step)
        # Each process looks at the clock ten times a second; nobody writes in between.
        time.sleep(2 * clock.FRESH)

    def control(self, path: str, **fields: Any) -> Any:
        """Ask something of the simulator."""
        return _json(self.http.request("POST", f"{self.simulator}/simulator/{path}", json=fields))

    def look(self, path: str) -> Any:
        """Read from the simulator."""
        return _json(self.http.request("GET", f"{self.simulator}/simulator/{path}"))

    def post(self, path: str, form: dict[str, str], **headers: str) -> int:
        """Call the shop's web server as somebody else might; returns the status."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.http.request(
            "POST", self.web + path, fields=form, headers=names, encode_multipart=False
        )
        return answer.status

    def is_quiet(self) -> bool:
        """Whether nothing waits to be answered or to be sent, and everything sent has reached its end."""
        if any(bubble["status"] in ("queued", "accepted", "sent") for bubble in self.bubbles()):
            return False
        return not any(self.waiting().values())

    def sent_twice(self) -> dict[str, list[Any]]:
        """Our messages that Twilio took more than once; what nobody should ever find."""
        creates: dict[str, list[Any]] = self.look("creates")
        return {ours: all_ for ours, all_ in creates.items() if sum(each["taken"] for each in all_) > 1}

    def transcript(self, *phones: str) -> str:
        """What these phones show, or all of them, as one would read it out."""
        return transcript(self.bubbles(), self.names, phones)

    def situation(self, *phones: str) -> str:
        """The transcript, what waits, and the ends of all logs, to see why something did not happen."""
        ready = self.http.request("GET", f"{self.web}/readyz").data.decode()
        waiting = f"jobs that wait: {self.waiting()}"
        return "\n".join([self.transcript(*phones), ready, waiting, *self.logs()])

    def waiting(self) -> dict[str, int]:
        """How many jobs wait in each queue."""
        return {name: self.redis.llen(f"rq:queue:{name}") for name in QUEUES}


@contextmanager
def opened(folder: Path, database_url: str) -> Iterator[Desk]:
    """A desk with the sample pharmacy and everything running."""
    desk = Desk(folder, database_url)
    try:
        desk.start("redis")
        desk.run("release")
        with databases.connected(database_url):
            clock.move(f"+{_minutes_to_ten()}m")
        # The simulator takes the hour from the web server.
        desk.start("simulator", "web")
        wait_until(lambda: desk.look("clock")["offset_seconds"])
        desk.control("timing", sent=0.02, delivered=0.05, read=0.1, approval=0.05)
        desk.run("python -m development.sample")
        # Until the simulator has read whose phones there are, it does not know the shop's number either.
        wait_until(lambda: desk.look("phones?shown=1")["phones"])
        desk.start("worker", "sender", "background", "clock")
        yield desk
    finally:
        desk.close()


def _minutes_to_ten() -> int:
    """From now to the next ten in the morning in India, so that every test has the same day before it."""
    now = datetime.now(ZONE)
    passed = (now - now.replace(hour=10, minute=0, second=0, microsecond=0)).total_seconds()
    return int(-passed % 86_400 // 60) + 1


def serial(text: str) -> str:
    """The first number such as #12 in a message."""
    match = re.search(r"#\d+", text)
    assert match, f"no number in {text!r}"
    return match[0]


def _is_shown(bubble: Bubble) -> bool:
    return bubble["direction"] != "inbound" and bubble["status"] in ("sent", "delivered", "read")


def _json(answer: urllib3.BaseHTTPResponse) -> Any:
    assert answer.status < 400, answer.data.decode()
    return answer.json()
