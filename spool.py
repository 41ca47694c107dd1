"""What Twilio told us while the database was away: on disk, encrypted, in the order in which it came."""

import fcntl
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import config
from database import Unreadable, decrypt, encrypt, renewed

log = logging.getLogger(__name__)

Arrival = dict[str, Any]

_UNFINISHED = ".new"
_ASIDE = "unreadable"
_lock = threading.Lock()
_last = 0


def put(arrival: Arrival) -> None:
    """Write it to disk, to be taken in later; when this returns it survives a power cut. Raises `OSError`."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _next_name()
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        with open(unfinished, "w", encoding="ascii") as file:
            file.write(encrypt(json.dumps(arrival)))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        _reach_the_disk(folder)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def is_waiting() -> bool:
    """Whether anything lies here."""
    return bool(_names())


def waiting() -> int:
    """How many lie here."""
    return len(_names())


def take_in(store: Callable[[Arrival], None]) -> int:
    """Give everything that lies here to `store`, oldest first; returns how many it took.

    Only one process does so at a time. What `store` raises goes to the caller, and the arrival stays.
    """
    taken = 0
    # Asked again after the lock is free: somebody may have put something just before.
    while is_waiting():
        with _alone() as is_alone:
            if not is_alone:
                return taken
            for name in _names():
                taken += _take_in(_folder() / name, store)
    return taken


def renew() -> Iterator[bool]:
    """Encrypt what lies here under the newest key; True for each that was not.

    What somebody takes in meanwhile is in the database, whose own turn comes.
    """
    if not is_waiting():
        return
    with _alone() as is_alone:
        for name in _names() if is_alone else []:
            path = _folder() / name
            new = renewed(path.read_text("ascii"))
            if new is not None:
                path.with_name(name + _UNFINISHED).write_text(new, "ascii")
                path.with_name(name + _UNFINISHED).rename(path)
            yield new is not None


def _take_in(path: Path, store: Callable[[Arrival], None]) -> bool:
    try:
        arrival = json.loads(decrypt(path.read_text("ascii")))
    except (Unreadable, ValueError):
        log.error("%s in the spool cannot be read; it is kept aside", path.name)
        set_aside(path)
        return False
    store(arrival)
    path.unlink()
    return True


def set_aside(path: Path) -> None:
    """Keep what can never be taken in where it blocks nobody and a person may look at it."""
    (path.parent / _ASIDE).mkdir(mode=0o700, exist_ok=True)
    path.rename(path.parent / _ASIDE / path.name)


def _names() -> list[str]:
    try:
        with os.scandir(_folder()) as entries:
            return sorted(entry.name for entry in entries if entry.name.isdecimal())
    except FileNotFoundError:
        return []


def _next_name() -> str:
    """Later than every name before; digits only, so that names sort as time."""
    global _last
    with _lock:
        _last = max(_last + 1, time.time_ns())
        # Two processes cannot have the same number: the last digits are their own.
        return f"{_last:020d}{os.getpid():010d}"


@contextmanager
def _alone() -> Iterator[bool]:
    with open(_folder() / "lock", "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _reach_the_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder() -> Path:
    return config.DATA_DIR / "spool"
