"""What everything stands on, taken away for a while: the database, Redis."""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import psycopg2

from tests import databases
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import wait_until


@contextmanager
def database_away(url: str) -> Iterator[None]:
    """Nobody can use this database: PostgreSQL refuses everybody, SQLite is locked by somebody else."""
    if url.startswith("sqlite"):
        with _locked(url.removeprefix("sqlite:///")):
            yield
        return
    server, _, name = url.rpartition("/")
    elsewhere = f"{server}/postgres"
    databases._execute(elsewhere, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    databases._execute(
        elsewhere,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %(name)s",
        name=name,
    )
    try:
        yield
    finally:
        databases._execute(elsewhere, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def break_down(url: str) -> None:
    """One of PostgreSQL's own processes is killed: it throws everybody out, recovers and comes back."""
    with closing(wait_until(lambda: _connection(url))) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)


def wait_for(url: str) -> None:
    """Until that database takes everybody again."""
    wait_until(lambda: _connection(url)).close()


def _connection(url: str) -> Any:
    """None while it recovers."""
    with suppress(psycopg2.OperationalError):
        return psycopg2.connect(url)
    return None


@contextmanager
def _locked(path: str) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


@contextmanager
def redis_away(desk: Desk) -> Iterator[None]:
    """Redis hangs: it takes connections and answers nobody."""
    process = int(desk.redis.info()["process_id"])
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)
