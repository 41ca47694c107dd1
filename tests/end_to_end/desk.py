"""The whole of Refill Desk in its real processes, and the phones of the people who use it.

Everything here is done from outside: processes are those of the Procfile, people write and read on the
simulator's phones. Whoever opens a desk gets it closed again, however the test ends.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import redis
import urllib3

import clock
import config
from tests import servers
from tests.end_to_end.transcript import ZONE, Bubble, titles, transcript

# How long anything may take before a test gives up, in seconds. One person is written to every six seconds at
# most, so what we say of ourselves waits a while after a lively chat.
PATIENCE = 60
# The same for what a killed process had in its hands: leases have to run out first.
LONG_PATIENCE = 300

QUEUES = ("worker", "sender", "background")

Found = TypeVar("Found")


def wait_until(
    look: Callable[[], Found | None], seconds: float = PATIENCE, situation: Callable[[], str] = str
) -> Found:
    """What `look` gives once it gives something; `situation` says how things stood when it never did."""
    patient_until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < patient_until, f"it did not happen\n{situation()}"
        time.sleep(0.05)
    return found


class Desk:
    """A running Refill Desk with its simulator; `names` are how people are called in the transcript."""

    def __init__(self, folder: Path, database_url: str, redis_url: str) -> None:
        self.folder = folder
        self.web = f"http://127.0.0.1:{free_port()}"
        self.simulator = f"http://127.0.0.1:{free_port()}"
        self.redis = redis.Redis.from_url(redis_url)
        self.names: dict[str, str] = {}
        self.token = "token of the whole desk"
        self._environment = self._settings(database_url, redis_url)
        self._commands = _procfile() | {"simulator": "python -m simulator"}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._http = urllib3.PoolManager(retries=False, timeout=30)

    def start(self, *names: str) -> None:
        """Start these processes of the Procfile, or the simulator, and wait for those that listen."""
        for name in names:
            log = open(self.folder / f"{name}.log", "ab")  # noqa: SIM115
            self._running[name] = subprocess.Popen(
                ["sh", "-c", f"exec {self._commands[name]}"],
                cwd=config.ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # What it starts itself ends with it.
                start_new_session=True,
            )
            log.close()
        for name in set(names) & {"web", "simulator"}:
            wait_until(lambda name=name: self._answers(name), situation=lambda name=name: self._log(name))

    def kill(self, name: str) -> None:
        """End a process at once and without a word to it, with everything it started."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def run(self, command: str) -> str:
        """Run a command of the project to its end and return what it printed; `release` is the Procfile's."""
        line = self._commands.get(command, command)
        done = subprocess.run(
            ["sh", "-c", line], cwd=config.ROOT, env=self._environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def close(self) -> None:
        """Ask all processes to end, then make sure that they have."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            _kill_group(process)
        self.redis.close()

    def write(self, phone: str, body: str, **fields: Any) -> Bubble:
        """Somebody writes to the shop; `attachment` is the name of a sample file."""
        return self.control("write", **{"from": phone}, body=body, wait=True, **fields)

    def attach(self, phone: str, name: str, content: bytes, caption: str = "") -> Bubble:
        """Somebody sends a file."""
        fields = {"from": phone, "body": caption, "wait": "1", "file": (name, content)}
        answer = self._http.request("POST", f"{self.simulator}/simulator/write", fields=fields)
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
        return _json(self._http.request("POST", f"{self.simulator}/simulator/{path}", json=fields))

    def look(self, path: str) -> Any:
        """Read from the simulator."""
        return _json(self._http.request("GET", f"{self.simulator}/simulator/{path}"))

    def post(self, path: str, form: dict[str, str], **headers: str) -> int:
        """Call the shop's web server as somebody else might; returns the status."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self._http.request(
            "POST", self.web + path, fields=form, headers=names, encode_multipart=False
        )
        return answer.status

    def is_quiet(self) -> bool:
        """Whether nothing waits to be answered or to be sent, and everything sent has reached its end."""
        if any(bubble["status"] in ("queued", "accepted", "sent") for bubble in self.bubbles()):
            return False
        return not any(self._waiting().values())

    def sent_twice(self) -> dict[str, list[Any]]:
        """Our messages that Twilio took more than once; what nobody should ever find."""
        creates: dict[str, list[Any]] = self.look("creates")
        return {ours: all_ for ours, all_ in creates.items() if sum(each["taken"] for each in all_) > 1}

    def transcript(self, *phones: str) -> str:
        """What these phones show, or all of them, as one would read it out."""
        return transcript(self.bubbles(), self.names, phones)

    def situation(self, *phones: str) -> str:
        """The transcript, what waits, and the ends of all logs, to see why something did not happen."""
        ready = self._http.request("GET", f"{self.web}/readyz").data.decode()
        logs = [f"\n{name}, {_how_it_is(at)}:\n{self._log(name)}" for name, at in self._running.items()]
        return "\n".join([self.transcript(*phones), ready, f"jobs that wait: {self._waiting()}", *logs])

    def _waiting(self) -> dict[str, int]:
        return {name: self.redis.llen(f"rq:queue:{name}") for name in QUEUES}

    def _log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-3000:] if path.exists() else ""

    def _answers(self, name: str) -> bool:
        address = {"web": f"{self.web}/healthz", "simulator": f"{self.simulator}/simulator/clock"}[name]
        assert self._running[name].poll() is None, self._log(name)
        try:
            return self._http.request("GET", address, timeout=2).status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def _settings(self, database_url: str, redis_url: str) -> dict[str, str]:
        data = self.folder / "data"
        data.mkdir()
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return os.environ | {
            "DATA_DIR": str(data),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PORT": self.web.rpartition(":")[2],
            "PUBLIC_URL": self.web,
            "TWILIO_API_URL": self.simulator,
            "TWILIO_AUTH_TOKEN": self.token,
            "PATH": programs,
            "PYTHONUNBUFFERED": "1",
        }


@contextmanager
def opened(folder: Path, database_url: str) -> Iterator[Desk]:
    """A desk with the sample pharmacy and everything running; its Redis is its own,
    so that it may be emptied."""
    with servers.valkey(folder) as redis_url:
        desk = Desk(folder, database_url, redis_url)
        try:
            desk.run("release")
            desk.run(f"flask --app app clock +{_minutes_to_ten()}m")
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


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def serial(text: str) -> str:
    """The first number such as #12 in a message."""
    match = re.search(r"#\d+", text)
    assert match, f"no number in {text!r}"
    return match[0]


def _procfile() -> dict[str, str]:
    lines = (config.ROOT / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines) if command}


def _how_it_is(process: subprocess.Popen[bytes]) -> str:
    code = process.poll()
    return "running" if code is None else f"ended with {code}"


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _is_shown(bubble: Bubble) -> bool:
    return bubble["direction"] != "inbound" and bubble["status"] in ("sent", "delivered", "read")


def _json(answer: urllib3.BaseHTTPResponse) -> Any:
    assert answer.status < 400, answer.data.decode()
    return answer.json()
