"""One contact sheet taken in by the database at a URL: what bench/imports.py measures, alone in a process.

python -m bench.importing URL FILE
"""

import logging
import sys
import time
from pathlib import Path

from bench import setting

# The modules below read the settings when they are imported.
setting.make()

from domain import imports  # noqa: E402
from messaging import files  # noqa: E402
from models import Company, Import, Sender  # noqa: E402
from tests import databases  # noqa: E402
from workers import intake  # noqa: E402


def seconds_of(url: str, data: bytes) -> tuple[float, Import]:
    """How long it takes from the received file to the answer, in a shop of its own, and the import."""
    with databases.connected(url):
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
    return seconds, done


if __name__ == "__main__":
    # There is no Redis to wake here.
    logging.disable(logging.WARNING)
    seconds_of(sys.argv[1], Path(sys.argv[2]).read_bytes())
