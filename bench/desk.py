"""A desk to be measured: its own data folder, Valkey and database, and processes that end with it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import urllib3

_SETTINGS = {
    "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "TWILIO_AUTH_TOKEN": "token of the bench",
    "TWILIO_AUTH_TOKEN_SECONDARY": "",
    "SECRET_KEY": "secret of the bench",
    "ENCRYPTION_KEYS": "dGVzdHMgb2YgdGhlIGRlc2ssIDMyIGJ5dGVzIGxvbmc=",
}
_PATIENCE = 30

DATABASES = ("sqlite", "postgresql")

http = urllib3.PoolManager(retries=False, timeout=30)


@contextmanager
def opened(database: str, **settings: str) -> Iterator["Desk"]:
    """A desk with an empty, migrated database of that kind; this process is its first and may open only one.

    Settings are read once for each process, so whoever measures several desks starts a process for each.
    """
    with tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        ports = {"PORT": str(free_port()), "TWILIO_API_URL": f"http://127.0.0.1:{free_port()}"}
        data = {"DATA_DIR": str(folder / "data"), "DATABASE_URL": f"sqlite:///{folder}/desk.db"}
        os.environ.update(
            _SETTINGS | ports | data | {"PUBLIC_URL": f"http://127.0.0.1:{ports['PORT']}"} | settings
        )
        (folder / "data").mkdir()
        with _servers(folder, database), _migrated(folder) as desk:
            yield desk


class Desk:
    """`web` and `twilio` are addresses; what is started here is ended with the desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.web = os.environ["PUBLIC_URL"]
        self.twilio = os.environ["TWILIO_API_URL"]
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, command: str, ready: str = "") -> subprocess.Popen[bytes]:
        """Start a process; `ready` is an address that answers once it is up."""
        with open(self.folder / "log", "ab") as log:
            process = subprocess.Popen(["sh", "-c", f"exec {command}"], stdout=log, stderr=log)
        self.running.append(process)
        if ready:
            wait_until(lambda: _answers(ready))
        return process

    def stand_in(self, milliseconds: int, token: str = "") -> subprocess.Popen[bytes]:
        """Start the mock of Twilio."""
        command = (
            f"{sys.executable} -m bench.twilio {self.twilio.rpartition(':')[2]} {milliseconds} '{token}'"
        )
        return self.start(command, f"{self.twilio}/figures")

    def figures(self) -> Any:
        """What the mock has taken."""
        return json.loads(http.request("GET", f"{self.twilio}/figures").data)

    def end(self, *processes: subprocess.Popen[bytes]) -> None:
        """End these processes and wait for it."""
        for process in processes or tuple(self.running):
            _kill(process)
            if process in self.running:
                self.running.remove(process)


def wait_until(look: Callable[[], Any], seconds: float = _PATIENCE, every: float = 0.05) -> Any:
    """What `look` gives once it gives something; raises `TimeoutError`."""
    patient_until = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > patient_until:
            raise TimeoutError("it did not happen")
        time.sleep(every)
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def seconds_of(process: subprocess.Popen[bytes]) -> float:
    """Processor time a process and its children have used."""
    try:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        return float(sum(sum(each.cpu_times()[:2]) for each in family))
    except psutil.NoSuchProcess:
        return 0.0


def pace() -> float:
    """Milliseconds of a fixed piece of arithmetic: processors change their pace by half within seconds."""
    began = time.perf_counter()
    sum(number * number for number in range(20_000))
    return (time.perf_counter() - began) * 1000


def load() -> str:
    """How busy the machine is with other things as well."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


@contextmanager
def _servers(folder: Path, database: str) -> Iterator[None]:
    from tests import servers

    with servers.valkey(folder) as redis_url:
        os.environ["REDIS_URL"] = redis_url
        if database == "sqlite":
            yield
            return
        with servers.postgresql(durable=True) as url:
            os.environ["DATABASE_URL"] = url
            yield


@contextmanager
def _migrated(folder: Path) -> Iterator[Desk]:
    import database
    import migrations

    database.connect()
    migrations.run()
    desk = Desk(folder)
    try:
        yield desk
    finally:
        desk.end()
        if not database.db.is_closed():
            database.db.close()


def _answers(address: str) -> bool:
    try:
        return http.request("GET", address, timeout=2).status < 500
    except urllib3.exceptions.HTTPError:
        return False


def _kill(process: subprocess.Popen[bytes]) -> None:
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.kill()
    for each in family:
        if each.is_running():
            each.kill()
    process.wait()
