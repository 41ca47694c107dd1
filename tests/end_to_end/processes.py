"""The processes of a desk: those of the Procfile, the simulator and a Redis, started and killed by name."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psutil
import redis
import urllib3

import config
from tests import servers

# How long anything may take before a test gives up, in seconds. One person is written to every six seconds at
# most, so what we say of ourselves waits a while after a lively chat.
PATIENCE = 60
# The same for what a killed process had in its hands: leases have to run out first.
LONG_PATIENCE = 300

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


class Processes:
    """`settings` are the environment of all that is started from then on; `clock 2` is a second `clock`."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.settings = settings
        self.web = f"http://127.0.0.1:{free_port()}"
        self.simulator = f"http://127.0.0.1:{free_port()}"
        self.http = urllib3.PoolManager(retries=False, timeout=30)
        self.redis_url, redis_command = servers.valkey_in(folder)
        self.redis = redis.Redis.from_url(self.redis_url)
        self._commands = _procfile() | {"simulator": "python -m simulator", "redis": redis_command}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Start these processes and wait for those that listen."""
        for name in names:
            self._running[name] = self.begin(self._commands[name.split()[0]], name)
        for name in set(names) & {"web", "simulator", "redis"}:
            wait_until(lambda name=name: self._is_there(name), situation=lambda name=name: self.log(name))

    def begin(self, command: str, name: str) -> subprocess.Popen[bytes]:
        """Start a command whose output goes to the log of that name, and do not wait for its end."""
        with open(self.folder / f"{name}.log", "ab") as log:
            return subprocess.Popen(
                ["sh", "-c", f"exec {command}"],
                cwd=config.ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # What it starts itself ends with it.
                start_new_session=True,
            )

    def kill(self, *names: str) -> None:
        """End processes at once and without a word to them, with everything they started."""
        for name in names:
            end_at_once(self._running.pop(name))

    def run(self, command: str) -> str:
        """Run a command of the project to its end and return what it printed; `release` is the Procfile's."""
        line = self._commands.get(command, command)
        done = subprocess.run(
            ["sh", "-c", line], cwd=config.ROOT, env=self._environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def close(self) -> None:
        """Ask all processes to end, then make sure that they have; Redis is the last."""
        keeper = self._running.pop("redis", None)
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            end_at_once(process)
        self.redis.close()
        if keeper:
            end_at_once(keeper)

    def log(self, name: str) -> str:
        """The end of what a process has printed."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-3000:] if path.exists() else ""

    def logs(self) -> list[str]:
        """The same of all that should be running, with how they are."""
        return [f"\n{name}, {_how_it_is(at)}:\n{self.log(name)}" for name, at in self._running.items()]

    def _is_there(self, name: str) -> bool:
        assert self._running[name].poll() is None, self.log(name)
        if name == "redis":
            with suppress(redis.exceptions.ConnectionError):
                return bool(self.redis.ping())
            return False
        try:
            return self.http.request("GET", self._address(name), timeout=2).status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def _address(self, name: str) -> str:
        return {"web": f"{self.web}/healthz", "simulator": f"{self.simulator}/simulator/clock"}[name]

    def _environment(self) -> dict[str, str]:
        return os.environ | self.settings | {"REDIS_URL": self.redis_url}


def end_at_once(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with everything it started; one that has ended already is no trouble."""
    # The child in which RQ runs a job is a group of its own, and would go on alone.
    with suppress(psutil.NoSuchProcess):
        for each in psutil.Process(process.pid).children(recursive=True):
            each.kill()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


def _procfile() -> dict[str, str]:
    lines = (config.ROOT / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines) if command}


def _how_it_is(process: subprocess.Popen[bytes]) -> str:
    code = process.poll()
    return "running" if code is None else f"ended with {code}"
