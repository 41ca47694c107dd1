"""How long 100,000 contacts take from the file to published contacts with every row accounted for.

    python -m bench.imports [rows]

The floor is only reading the xlsx with the fastest library, in the same run. Goals: three times that on
SQLite, five times on PostgreSQL; a thousand rows within two seconds; memory under 300 MB. Beside it stands
what bounds them: the bare driver writing the same rows into the same three tables (account, phones, contacts)
with their keys and indexes, and nothing else. Whatever stands in a column of notes is encrypted row by row,
which costs 17 microseconds each and is measured apart.

What it printed last, on a quiet machine with a floor of 0.568 s:

    SQLite      xlsx 2.15 s (3.8 x), xls 2.29 s (4.0 x), csv 2.16 s (3.8 x), with notes 3.51 s (6.2 x), 184 MB
                bare writing 1.86 s (3.3 x); 1,000 rows 0.25 s
    PostgreSQL  xlsx 4.96 s (8.7 x), xls 5.36 s (9.4 x), csv 4.89 s (8.6 x), with notes 6.87 s (12 x), 178 MB
                bare writing 3.33 s (5.9 x); 1,000 rows 0.26 s

So neither goal is met: writing alone takes more than either. With a floor of 0.321 s it was 3.6 x, csv
3.0 x, and 8.2 x; the parts of 100,000 rows were then: the child until its first rows 0.29 s, all rows 0.52 s,
staged meanwhile and done at 0.65 s (PostgreSQL 0.75 s); phones 0.17 s (0.6 s); contacts in one statement
0.25 s (1.3 s, of which 0.27 s is the check that their phone is there, and each index 0.05 to 0.15 s); counts
and the answer 0.03 s.
"""

import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress
from pathlib import Path
from typing import Any

import psutil
from peewee import Field

from bench import importing
from bench.sheets_reading import HEADER, _csv, _median, _only_read, _people, _xls, _xlsx
from database import Table, db
from models import Contact, ImportRow, Phone
from statements import insert_in_bulk
from tests import databases, servers


def main() -> None:
    """Print a line for each kind and database: seconds and ratio to the floor."""
    # There is no Redis to wake here.
    logging.disable(logging.WARNING)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    people = _people(count)
    plain = [row[:4] for row in people]
    noted = _xlsx(people)
    sheets = {"xlsx": _xlsx(plain), "xls": _xls(plain), "csv": _csv(plain), "xlsx with notes": noted}
    floor = _median(lambda: _only_read(sheets["xlsx"]))
    print(f"{count:,} rows; floor (reading the xlsx): {floor:.3f} s")
    small = _xlsx([row[:4] for row in _people(1000)])
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", servers.postgresql)):
        with database() as url:
            databases.prepare(url)
            for kind, data in sheets.items():
                _say(f"{name:10} {kind:16}", _seconds(url, data, count), floor)
                if kind == "xlsx":
                    _say(f"{name:10} bare writing    ", _bare_writing(url), floor)
            print(f"{name:10} 1,000 rows       {_seconds(url, small, 1000):.2f} s")
            print(
                f"{name:10} memory at most   {_memory(url, sheets['xlsx']):.0f} MB, with its child",
                flush=True,
            )


def _say(what: str, seconds: float, floor: float) -> None:
    print(f"{what} {seconds:.2f} s  {seconds / floor:.2f} x floor", flush=True)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'bench.db'}"


def _seconds(url: str, data: bytes, count: int) -> float:
    seconds, done = importing.seconds_of(url, data)
    assert sum(done.counts.values()) == count
    return seconds


def _bare_writing(url: str) -> float:
    """Seconds to write the rows of an import again, just as they are stored."""
    tables = (Phone, Contact, ImportRow)
    with databases.connected(url):
        stored = [_stored(table) for table in tables]
        for table in reversed(tables):
            table.delete().execute()
        began = time.perf_counter()
        for fields, rows in stored:
            with db.atomic():
                insert_in_bulk(fields, rows)
        return time.perf_counter() - began


def _stored(table: type[Table]) -> tuple[list[Field], list[tuple[Any, ...]]]:
    """The fields of a table that any row fills, and the rows."""
    rows = db.execute_sql(*table.select().sql()).fetchall()
    filled = [any(cell is not None for cell in column) for column in zip(*rows, strict=True)]
    return list(compress(table._meta.sorted_fields, filled)), [tuple(compress(row, filled)) for row in rows]


def _memory(url: str, data: bytes) -> float:
    """The most that a process which only imports, and its child, hold at one time, in MB."""
    most = 0
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(data)
        process = subprocess.Popen([sys.executable, "-m", "bench.importing", url, file.name])
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            most = max(most, _held(watched))
            time.sleep(0.005)
    assert process.returncode == 0
    return most / 1024 / 1024


def _held(process: psutil.Process) -> int:
    try:
        return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])
    except psutil.NoSuchProcess:
        return 0


if __name__ == "__main__":
    assert HEADER[4] == "Notes"
    main()
