"""Our own Valkey: started once, adopted by whoever comes later, started anew when it was killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis

import config
from workers import valkey

START = "from workers import valkey; valkey.ensure_running()"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    yield tmp_path
    valkey.stop()


def server() -> redis.Redis:
    return redis.Redis.from_url(valkey.address())


def process_id() -> int:
    return server().info("server")["process_id"]


def start_elsewhere(folder: Path, code: str = START) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DATA_DIR": str(folder)}
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, cwd=config.ROOT, env=environment, stdout=subprocess.PIPE)


def test_what_it_holds_survives_a_stop() -> None:
    server().set("greeting", "namaste")
    valkey.stop()
    assert server().get("greeting") == b"namaste"


def test_a_second_start_takes_the_server_that_answers() -> None:
    first = process_id()
    valkey.ensure_running()
    assert process_id() == first


def test_several_processes_starting_at_once_start_one_server(data_folder: Path) -> None:
    ask = "import redis; print(redis.Redis.from_url(valkey.address()).info('server')['process_id'])"
    starters = [start_elsewhere(data_folder, f"{START}; {ask}") for _ in range(4)]
    assert {int(starter.communicate(timeout=30)[0]) for starter in starters} == {process_id()}


def test_the_server_outlives_a_starter_that_is_killed(data_folder: Path) -> None:
    starter = start_elsewhere(data_folder, f"{START}; import os; os.kill(os.getpid(), 9)")
    starter.communicate(timeout=30)
    assert starter.returncode == -signal.SIGKILL
    assert process_id() == int((data_folder / "valkey" / "valkey.pid").read_text())


def test_a_killed_server_is_replaced_and_nothing_is_lost() -> None:
    server().set("greeting", "namaste")
    killed = process_id()
    os.kill(killed, signal.SIGKILL)
    assert server().get("greeting") == b"namaste"
    assert process_id() != killed


def test_a_folder_too_deep_for_a_socket_will_do(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "DATA_DIR", data_folder / ("deep" * 30))
    assert server().ping()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to somebody else")
def test_a_folder_of_somebody_else_is_not_trusted(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "DATA_DIR", data_folder / ("deep" * 30))
    shared = Path(urlsplit(valkey.address()).path).parent
    valkey.stop()
    shared.mkdir()
    os.chown(shared, 65534, 65534)
    with pytest.raises(valkey.Unavailable, match="belongs to somebody else"):
        valkey.address()
    shared.rmdir()


def test_only_the_owner_may_connect(data_folder: Path) -> None:
    valkey.ensure_running()
    for path in (data_folder / "valkey", data_folder / "valkey" / "valkey.sock"):
        assert path.stat().st_mode & 0o777 == 0o700


def test_stopping_what_does_not_run_is_no_fault() -> None:
    valkey.stop()
    valkey.stop()


def test_a_log_that_cannot_be_read_is_named(data_folder: Path) -> None:
    broken = data_folder / "valkey" / "appendonlydir"
    broken.mkdir(parents=True)
    (broken / "appendonly.aof.manifest").write_text("this is no manifest\n")
    with pytest.raises(valkey.Unavailable, match=r"valkey\.log"):
        valkey.ensure_running()
