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

from peewee import DataError, IntegrityError

import config
from encryption import Unreadable, decrypt, encrypt, renewed

log = logging.getLogger(__name__)

Arrival = dict[str, Any]

# Torn or under a lost key; of another release; what no column takes.
_DOES_NOT_FIT = (Unreadable, ValueError, KeyError, TypeError, DataError, IntegrityError)

_UNFINISHED = ".new"
_ASIDE = "unreadable"
_lock = threading.Lock()
_last = 0


def put(arrival: Arrival) -> None:
    """Write it to disk, to be taken in later; when this returns it survives a power cut. Raises `OSError`."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / _next_name(), encrypt(json.dumps(arrival)))


def is_waiting() -> bool:
    """Whether anything lies here."""
    return bool(_names())


def waiting() -> int:
    """How many lie here."""
    return len(_names())


def aside() -> int:
    """How many could not be taken in and wait for a person to look at them."""
    return len(list((_folder() / _ASIDE).glob("*")))


def take_in(store: Callable[[Arrival], None]) -> int:
    """Give everything that lies here to `store`, oldest first; returns how many it took.

    Only one process does so at a time. What it raises while the database is away goes to the caller, and the
    arrival stays; one that does not fit is kept aside, or it would block all behind it for ever.
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
                _write(path, new)
            yield new is not None


def _write(path: Path, text: str) -> None:
    """The whole of it or nothing: a power cut in between leaves what was there."""
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        with open(unfinished, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        _reach_the_disk(path.parent)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _take_in(path: Path, store: Callable[[Arrival], None]) -> bool:
    try:
        store(json.loads(decrypt(path.read_text("ascii"))))
    except _DOES_NOT_FIT:
        log.exception("%s in the spool cannot be taken in; it is kept aside", path.name)
        set_aside(path)
        return False
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
