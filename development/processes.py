"""Runs commands side by side, shows what they print, starts again what ended, and leaves none behind.

Each command holds a lock of its own for as long as it lives. So a later start knows for certain which of an
earlier one are still there, after a crash too.
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# What ends sooner than this after its start, in seconds, has a fault that another start would not cure.
_TOO_SOON = 10

# How long a command may take to end by itself, and again after it was asked a second time, in seconds.
# An RQ worker takes the second request to leave its job.
_PATIENCE = (8.0, 3.0)


class Ended(Exception):
    """A command ended as soon as it was started; the message names it."""


@dataclass
class _Command:
    name: str
    line: str
    process: subprocess.Popen[str]
    started_at: float
    printer: threading.Thread


class Supervisor:
    """The commands of one start, run in `directory`; `folder` holds their locks."""

    def __init__(self, folder: Path, directory: Path) -> None:
        self._folder = folder
        self._directory = directory
        self._commands: dict[str, _Command] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, line: str) -> None:
        """Start the shell command `line`, whose output is shown behind `name`."""
        path = self._folder / f"{name}.pid"
        # A file of its own for each: an orphan of the one before may still hold that one's lock.
        path.unlink(missing_ok=True)
        with open(path, "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = subprocess.Popen(
                ["sh", "-c", f"exec {line}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                cwd=self._directory,
                # A Ctrl-C is for us alone: we stop them in good order.
                start_new_session=True,
                pass_fds=[lock.fileno()],
            )
            lock.write(str(process.pid))
        printer = threading.Thread(target=_show, args=(name, process.stdout), daemon=True)
        printer.start()
        self._commands[name] = _Command(name, line, process, time.monotonic(), printer)

    def start_again(self) -> None:
        """Start again what has ended. Raises `Ended` where that is of no use."""
        for command in list(self._commands.values()):
            if command.process.poll() is not None:
                self._replace(command)

    def stop(self) -> None:
        """Ask all commands to end, wait for them, and end those that do not."""
        _end([command.process for command in self._commands.values()])
        for command in self._commands.values():
            command.printer.join(timeout=1)
            (self._folder / f"{command.name}.pid").unlink(missing_ok=True)
        self._commands.clear()

    def _replace(self, command: _Command) -> None:
        code = command.process.returncode
        # Those it started, too, so that two generations do not share a port.
        _signal_group(command.process.pid, signal.SIGKILL)
        command.printer.join(timeout=1)
        if time.monotonic() - command.started_at < _TOO_SOON:
            raise Ended(f"{command.name} ended as soon as it was started (exit {code}); above it says why.")
        print(f"{command.name} ended (exit {code}) and is started again.", flush=True)
        self.start(command.name, command.line)


def stop_leftovers(folder: Path) -> list[str]:
    """End what an earlier start, itself killed, left running; returns the names."""
    held = [path for path in sorted(folder.glob("*.pid")) if _is_held(path)]
    for patience, number in [(p, signal.SIGTERM) for p in _PATIENCE] + [(2.0, signal.SIGKILL)]:
        for path in filter(_is_held, held):
            _signal_group(int(path.read_text()), number)
        _wait_until(lambda: not any(map(_is_held, held)), patience)
    for path in folder.glob("*.pid"):
        path.unlink()
    return [path.stem for path in held]


def _is_held(path: Path) -> bool:
    with open(path) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _end(processes: list[subprocess.Popen[str]]) -> None:
    def all_ended() -> bool:
        return all(process.poll() is not None for process in processes)

    for patience in _PATIENCE:
        for process in processes:
            process.terminate()
        if _wait_until(all_ended, patience):
            break
    for process in processes:
        # Those, too, whom it started and left behind.
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()


def _signal_group(leader: int, number: int) -> None:
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return


def _wait_until(condition: Callable[[], bool], patience: float) -> bool:
    patient_until = time.monotonic() + patience
    while time.monotonic() < patient_until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def _show(name: str, output: IO[str]) -> None:
    with output:
        for line in output:
            sys.stdout.write(f"{name:<10} | {line.rstrip()}\n")
            sys.stdout.flush()
