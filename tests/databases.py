"""A clean database for each test, quickly: a copy of a file on SQLite, one emptied again on PostgreSQL."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg2
from playhouse.pool import PooledPostgresqlDatabase

import clock
import database
import migrations

# What a migrated database holds from the beginning stays; all numbers begin at 1 again.
# Measured: 2 ms, where TRUNCATE of all tables takes 25 ms and a clone of a template database 37 ms.
_EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL lock_timeout = '10s';
    SET LOCAL session_replication_role = replica;
    FOREACH name IN ARRAY %(tables)s::text[] LOOP
        EXECUTE format('DELETE FROM %%I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %%I RESTART', name);
    END LOOP;
END $$
"""


# A file here never waits for a disk.
_MEMORY = Path("/dev/shm")
# Some machines give it 64 MB; the largest sheets of the tests take more.
_ENOUGH = 1024**3


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder for files that need not outlive the tests: in memory where there is room."""
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH
    place = _MEMORY if in_memory else None
    with tempfile.TemporaryDirectory(prefix="refilldesk-", dir=place, ignore_cleanup_errors=True) as name:
        yield Path(name)


def prepare(url: str) -> None:
    """Give the empty database at `url` all tables, as a new installation gets them."""
    with connected(url):
        migrations.run()


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Make the database at `url` the one of this process for a while."""
    database.connect(url)
    clock.forget()
    try:
        yield
    finally:
        if database.is_postgresql():
            database.db.close_all()
        elif not database.db.is_closed():
            database.db.close()


class SQLite:
    """Databases that are files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template: Path | None = None

    def new(self) -> str:
        """The URL of an empty database without any tables."""
        return self._url(self._next())

    @contextmanager
    def clean(self) -> Iterator[str]:
        """Be connected to a database with all tables and nothing in them; gives its URL."""
        if not self._template:
            self._template = self._next()
            prepare(self._url(self._template))
        path = Path(shutil.copy(self._template, self._next()))
        with connected(self._url(path)):
            yield self._url(path)
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()

    def _next(self) -> Path:
        return self._folder / f"{next(self._numbers)}.db"

    def _url(self, path: Path) -> str:
        return f"sqlite:///{path}"


class PostgreSQL:
    """Databases of a server; `url` leads to any of those it has already."""

    def __init__(self, url: str) -> None:
        self._server = url
        self._numbers = count(1)
        self._url = ""
        self._pool: PooledPostgresqlDatabase | None = None
        self._tables: list[str] = []

    def new(self) -> str:
        """The URL of an empty database without any tables."""
        name = f"desk_test_{os.getpid()}_{next(self._numbers)}"
        _execute(self._server, f"CREATE DATABASE {name}")
        return f"{self._server.rpartition('/')[0]}/{name}"

    @contextmanager
    def clean(self) -> Iterator[str]:
        """Be connected to a database with all tables and nothing in them; gives its URL.

        It is emptied for the next test, and the connection kept: a new one costs the server 20 ms.
        """
        pool = self._pool or self._prepare()
        database.db.initialize(pool)
        clock.forget()
        with pool.atomic():
            pool.execute_sql(_EMPTY, {"tables": self._tables})
        try:
            yield self._url
        finally:
            pool.close()
            # What threads have left open.
            pool.close_stale(age=0)

    def _prepare(self) -> PooledPostgresqlDatabase:
        self._url = self.new()
        prepare(self._url)
        self._tables = _empty_tables(self._url)
        database.connect(self._url)
        self._pool = database.db.obj
        return self._pool

    def close(self) -> None:
        """Let go of the server."""
        if self._pool:
            self._pool.close_all()

    def drop_all(self) -> None:
        """Remove every database made here, whoever is still connected."""
        for number in range(1, next(self._numbers)):
            _execute(self._server, f"DROP DATABASE desk_test_{os.getpid()}_{number} WITH (FORCE)")


def _empty_tables(url: str) -> list[str]:
    tables = _execute(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in tables if not _execute(url, f'TABLE "{name}" LIMIT 1')]


def _execute(url: str, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
