"""Runs a parser on a stranger's bytes in a process of its own, with limits on memory, time and output."""

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO

from sheets.limits import MEGABYTE, Limits
from sheets.unreadable import Unreadable

ROOT = Path(__file__).resolve().parent.parent
# Without site: what it would add is passed in PYTHONPATH.
COMMAND = [sys.executable, "-S", "-m", "sheets.child"]


class Crashed(Exception):
    """The child was ended by the system: by a time limit (`out_of_time`), its memory limit or a fault."""

    def __init__(self, out_of_time: bool):
        super().__init__("out of time" if out_of_time else "crashed")
        self.out_of_time = out_of_time


def run(request: bytes, limits: Limits) -> Generator[bytes, None, None]:
    """The lines that `python -m sheets.child` writes for `request`, as they come; raises Crashed.

    The child gets no environment but the path of its modules: no secret, no address. Closing the iterator
    early ends the child.
    """
    with _as_file(request) as source:
        child = subprocess.Popen(
            COMMAND,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]), "PYTHONUTF8": "1"},
            close_fds=True,
            pipesize=MEGABYTE,
        )
    assert child.stdout is not None
    try:
        yield from _lines(child.stdout, limits)
        if child.wait(timeout=5) != 0:
            raise Crashed(out_of_time=-child.returncode in _TIME_SIGNALS)
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


_HAS_MEMFD = hasattr(os, "memfd_create")
# SIGXCPU, and SIGKILL, by which a processor limit is enforced in the end.
_TIME_SIGNALS = (24, 9)


def _as_file(request: bytes) -> IO[bytes]:
    """A nameless file in memory where the system has them: people's contacts stay off the disk."""
    source = os.fdopen(os.memfd_create("sheet"), "w+b") if _HAS_MEMFD else tempfile.TemporaryFile()  # noqa: SIM115
    source.write(request)
    source.flush()
    source.seek(0)
    return source


def _lines(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    waiting, output = float(limits.waiting), limits.output
    pieces: list[bytes] = []
    while True:
        began = time.monotonic()
        if not select.select([stream], [], [], waiting)[0]:
            raise Crashed(out_of_time=True)
        waiting = max(0.0, waiting - (time.monotonic() - began))
        block = os.read(stream.fileno(), MEGABYTE)
        if not block:
            return
        output -= len(block)
        if output < 0:
            raise Unreadable("too_large")
        *complete, rest = block.split(b"\n")
        if complete:
            yield b"".join([*pieces, complete[0]])
            yield from complete[1:]
            pieces = []
        pieces.append(rest)
