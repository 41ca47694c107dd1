"""`make run` once all is installed: Refill Desk starts, says where it is, and leaves nothing behind."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

import config

SECRETS = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "SECRET_KEY", "ENCRYPTION_KEYS"]
UNSET = [*SECRETS, "REDIS_URL", "PUBLIC_URL"]

Start = Callable[[], subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    given = {
        "DATA_DIR": str(tmp_path),
        "PORT": str(free_port()),
        "TWILIO_API_URL": f"http://127.0.0.1:{free_port()}",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return os.environ | dict.fromkeys(UNSET, "") | given


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def run() -> subprocess.Popen[str]:
        command = [sys.executable, "-u", "-m", "development"]
        process = subprocess.Popen(
            command,
            cwd=config.ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.communicate()


def output_until(sentence: str, process: subprocess.Popen[str]) -> str:
    """What the process prints up to `sentence`, or all of it when that never comes."""
    lines: list[str] = []
    while process.stdout and (not lines or sentence not in lines[-1]):
        line = process.stdout.readline()
        if not line:
            break
        lines.append(line)
    return "".join(lines)


def left_in(folder: Path) -> list[str]:
    """The commands of all living processes that work with the data in `folder`."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("DATA_DIR") == str(folder) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def test_it_says_which_page_to_open_refuses_a_second_start_and_stops_without_a_trace(
    start: Start, environment: dict[str, str], tmp_path: Path
) -> None:
    process = start()
    page = environment["TWILIO_API_URL"]
    assert f"Open this first:  {page}/" in output_until("Open this first", process)
    with urlopen(page) as answer:
        assert answer.status == 200
    assert f"runs here already (process {process.pid})" in start().communicate()[0]
    process.terminate()
    assert process.communicate()[0].endswith("Everything is stopped.\n")
    assert process.returncode == 0
    assert left_in(tmp_path) == []


def test_after_a_crash_it_stops_what_was_left_and_starts(start: Start, tmp_path: Path) -> None:
    crashed = start()
    output_until("Open this first", crashed)
    crashed.kill()
    crashed.wait()
    process = start()
    assert "Stopped what an earlier start had left running" in output_until("Open this first", process)
    process.terminate()
    process.communicate()
    assert left_in(tmp_path) == []


def test_a_port_that_is_taken_is_said_in_one_sentence(start: Start, environment: dict[str, str]) -> None:
    port = int(environment["PORT"])
    with socket.create_server(("127.0.0.1", port)):
        process = start()
        assert f"Port {port} is taken." in process.communicate()[0]
    assert process.returncode == 1
