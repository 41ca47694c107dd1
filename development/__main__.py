"""`make run`: settings, database, sample pharmacy, then a Valkey, all of the Procfile and the simulator."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import config
from development import settings
from development.addresses import answers, is_taken
from development.processes import Ended, Supervisor, stop_leftovers
from workers import valkey

# How long web and simulator may take to answer for the first time, in seconds.
_PATIENCE = 120


class CannotStart(Exception):
    """Something stands in the way; the message says what, and what to do."""


def main() -> int:
    if settings.complete():
        print(f"Made-up settings to try it out are in {config.DEVELOPMENT_FILE}.", flush=True)
    stopping = _stopping()
    try:
        config.check()
        with _alone(), _valkey():
            _run(stopping)
    except (CannotStart, Ended, config.Misconfigured, valkey.Unavailable) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    print("Everything is stopped.")
    return 0


def _run(stopping: threading.Event) -> None:
    if left := stop_leftovers(_folder()):
        print(f"Stopped what an earlier start had left running: {', '.join(left)}.", flush=True)
    commands = _commands()
    _prepare(commands.pop("release"), stopping)
    _serve(commands, stopping)


def _prepare(line: str, stopping: threading.Event) -> None:
    if stopping.is_set():
        return
    done = subprocess.run(["sh", "-c", line], cwd=config.ROOT)
    if done.returncode and not stopping.is_set():
        raise CannotStart(f"`{line}` failed (exit {done.returncode}); above it says why.")


def _serve(commands: dict[str, str], stopping: threading.Event) -> None:
    supervisor = Supervisor(_folder(), config.ROOT)
    try:
        print(f"Starting {', '.join(commands)} …", flush=True)
        if config.SIMULATED:
            _open_sample(supervisor, commands, stopping)
        for name, line in commands.items():
            supervisor.start(name, line)
        _wait_for(_web("/healthz"), supervisor, stopping)
        if not stopping.is_set():
            print(_welcome(), flush=True)
        while not stopping.is_set():
            _look_after(supervisor)
    finally:
        print("\nStopping …", flush=True)
        supervisor.stop()


def _open_sample(supervisor: Supervisor, commands: dict[str, str], stopping: threading.Event) -> None:
    """The simulator before all others: it has to approve the templates before anything is sent with them."""
    if "simulator" in commands:
        supervisor.start("simulator", commands.pop("simulator"))
    _wait_for(config.TWILIO_API_URL, supervisor, stopping)
    _prepare("python -m development.sample", stopping)


def _wait_for(page: str, supervisor: Supervisor, stopping: threading.Event) -> None:
    patient_until = time.monotonic() + _PATIENCE
    while not (stopping.is_set() or answers(page)):
        if time.monotonic() > patient_until:
            raise CannotStart(f"{page} does not answer after {_PATIENCE} seconds; above may say why.")
        _look_after(supervisor)


def _look_after(supervisor: Supervisor) -> None:
    supervisor.start_again()
    if not config.REDIS_URL:
        valkey.ensure_running()
    time.sleep(0.2)


def _commands() -> dict[str, str]:
    """What the Procfile names, and the simulator unless it runs already, each with its command."""
    pairs = (line.partition(":") for line in (config.ROOT / "Procfile").read_text().splitlines())
    commands = {name: command.strip() for name, _, command in pairs if command}
    if is_taken(config.PORT):
        raise CannotStart(f"Port {config.PORT} is taken. Free it or choose another: PORT=8010 make run")
    if config.SIMULATED and not _is_simulated_elsewhere():
        commands["simulator"] = "python -m simulator"
    return commands


def _is_simulated_elsewhere() -> bool:
    if answers(config.TWILIO_API_URL):
        print(f"No simulator is started: {config.TWILIO_API_URL} answers already.", flush=True)
        return True
    port = urlsplit(config.TWILIO_API_URL).port or 80
    if is_taken(port):
        another = "TWILIO_API_URL=http://127.0.0.1:8011 make run"
        raise CannotStart(f"Port {port} is taken. Free it or choose another for the simulator: {another}")
    return False


def _welcome() -> str:
    first = f"  Open this first:  {config.TWILIO_API_URL}/   (phones to write from, as customer or as staff)"
    lines = ["", "Refill Desk is running.", ""]
    lines += [first] if config.SIMULATED else []
    lines += [f"  Is all well?      {_web('/readyz')}", "", "Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def _web(path: str) -> str:
    return f"http://127.0.0.1:{config.PORT}{path}"


def _stopping() -> threading.Event:
    """Set once somebody wants us to stop: by Ctrl-C, by asking politely, or by closing the terminal."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


@contextmanager
def _alone() -> Iterator[None]:
    """Refuse a second start in the same data folder while the first one runs."""
    _folder().mkdir(parents=True, exist_ok=True)
    path = _folder() / "lock"
    with open(path, "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            first = path.read_text()
            raise CannotStart(f"Refill Desk runs here already (process {first}). Stop that first.") from None
        path.write_text(str(os.getpid()))
        try:
            yield
        finally:
            path.write_text("")


@contextmanager
def _valkey() -> Iterator[None]:
    if config.REDIS_URL:
        yield
        return
    valkey.ensure_running()
    try:
        yield
    finally:
        valkey.stop()


def _folder() -> Path:
    return config.DATA_DIR / "running"


if __name__ == "__main__":
    sys.exit(main())
