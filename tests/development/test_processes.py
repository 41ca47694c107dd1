"""Commands side by side: shown, started again, and none left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import config
from development import processes
from development.processes import Ended, Supervisor, stop_leftovers


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path / "running", tmp_path)
    yield supervisor
    supervisor.stop()


def wait_for(condition: Callable[[], bool], meanwhile: Callable[[], None] = lambda: None) -> None:
    patient_until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < patient_until, "waited in vain"
        meanwhile()
        time.sleep(0.02)


def is_there(process_id: int) -> bool:
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_output_stands_behind_the_name(
    supervisor: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    supervisor.start("greeter", "sh -c 'echo namaste; touch said; sleep 60'")
    wait_for((tmp_path / "said").exists)
    supervisor.stop()
    assert capsys.readouterr().out == "greeter    | namaste\n"


def test_a_command_that_ends_at_once_is_named(supervisor: Supervisor) -> None:
    supervisor.start("clock", "sh -c 'exit 3'")
    with pytest.raises(Ended, match=r"clock ended .*exit 3"):
        wait_for(lambda: False, meanwhile=supervisor.start_again)


def test_a_command_that_ends_later_is_started_again(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_TOO_SOON", 0)
    supervisor.start("worker", "sh -c 'echo started >> starts'")
    starts = tmp_path / "starts"
    wait_for(starts.exists)
    wait_for(lambda: starts.read_text().count("started") >= 2, meanwhile=supervisor.start_again)


def test_what_an_ended_command_had_started_ends_with_it(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_TOO_SOON", 0)
    supervisor.start("web", "sh -c 'sleep 600 & echo $! >> children; echo started >> starts; exit 1'")
    starts = tmp_path / "starts"
    wait_for(starts.exists)
    wait_for(lambda: starts.read_text().count("started") >= 2, meanwhile=supervisor.start_again)
    first = int((tmp_path / "children").read_text().split()[0])
    wait_for(lambda: not is_there(first))


def test_stop_ends_a_command_that_does_not_listen(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_PATIENCE", (0.1, 0.1))
    ignoring = 'trap "" TERM; echo $$ > deaf.id; touch deaf; while :; do sleep 0.1; done'
    supervisor.start("deaf", f"sh -c '{ignoring}'")
    wait_for((tmp_path / "deaf").exists)
    supervisor.stop()
    assert not is_there(int((tmp_path / "deaf.id").read_text()))


def test_a_start_after_a_crash_ends_what_the_crash_left(tmp_path: Path) -> None:
    crashing = (
        "import os, pathlib; from development.processes import Supervisor;"
        f"folder = pathlib.Path({str(tmp_path)!r}); Supervisor(folder, folder).start('sleeper', 'sleep 600');"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", crashing], cwd=config.ROOT).returncode == -signal.SIGKILL
    sleeper = int((tmp_path / "sleeper.pid").read_text())
    assert is_there(sleeper)
    assert stop_leftovers(tmp_path) == ["sleeper"]
    wait_for(lambda: not is_there(sleeper))


def test_a_number_that_belongs_to_another_process_by_now_is_let_alone(tmp_path: Path) -> None:
    (tmp_path / "worker.pid").write_text(str(os.getpid()))
    assert stop_leftovers(tmp_path) == []
    assert not list(tmp_path.iterdir())
