"""How long 100,000 contacts take from the file to published contacts with every row accounted for.

    python -m bench.imports [rows]

The floor is only reading the xlsx with the fastest library, in the same run. Goals: three times that
on SQLite, five times on PostgreSQL; a thousand rows within two seconds; memory under 300 MB. Whatever
stands in a column of notes is encrypted row by row, which costs 17 microseconds each and is measured apart.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import setting

setting.make()

from bench.sheets_reading import HEADER, _csv, _median, _only_read, _people, _xls, _xlsx  # noqa: E402
from domain import imports  # noqa: E402
from messaging import files  # noqa: E402
from models import Company, Import, Sender  # noqa: E402
from tests import databases, servers  # noqa: E402
from workers import intake  # noqa: E402


def main() -> None:
    """Print a line for each kind and database: seconds and ratio to the floor."""
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
                seconds = _seconds(url, data, count)
                print(f"{name:10} {kind:16} {seconds:.2f} s  {seconds / floor:.2f} x floor", flush=True)
            print(f"{name:10} 1,000 rows       {_seconds(url, small, 1000):.2f} s", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory at most: {most:.0f} MB here, files of the bench included; {child:.0f} MB in a child")


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'bench.db'}"


def _seconds(url: str, data: bytes, count: int) -> float:
    with ExitStack() as stack:
        stack.enter_context(databases.connected(url))
        company = Company.create(name=f"Bench {time.monotonic_ns()}")
        Sender.create(company=company, address=f"+91{time.monotonic_ns() % 10**10}")
        media = files.keep(company, data, "contacts", "")
        received = imports.receive(
            company, {}, imports.Wishes(), file_name="contacts", media=media, at_once=True
        )
        began = time.perf_counter()
        intake.take_in(received)
        seconds = time.perf_counter() - began
        done = Import.get_by_id(received.id)
        assert done.state == "published", done.failure
        assert sum(done.counts.values()) == count
    return seconds


if __name__ == "__main__":
    assert HEADER[4] == "Notes"
    main()
