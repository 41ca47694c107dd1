"""The long form of test_faults.py: processes killed at random while thousands of messages go out.

    python -m bench.faults [messages] [kills] [sqlite|postgresql]

The simulator's record of what it took is the judge: every message once, or `uncertain` with its reason. Ends
with status 1 when it finds otherwise. The same seed kills the same processes; the moments differ.

On two cores with much other load (10 to 17), 21 November 2026. Most of the time goes by while a killed web
server starts again; what is only `sent` lost its reports meanwhile:

    sqlite: 4997 sent while killing 68 sender, 28 redis, 35 web, 25 background, 28 worker, 16 clock;
        {'delivered': 686, 'sent': 4314}; 0 wrong, 565 s
    postgresql: 4996 sent while killing 68 sender, 28 redis, 35 web, 25 background, 28 worker, 16 clock;
        {'sent': 4491, 'delivered': 509}; 0 wrong, 593 s

With half that load SQLite took 325 s, PostgreSQL 364.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests import conftest, databases, servers
from tests.end_to_end import faults
from tests.end_to_end.desk import Desk, opened
from tests.end_to_end.processes import wait_until
from tests.end_to_end.sheets import materials, set_rate

# Settings made up by the tests come with their conftest.
assert conftest.FOLDER

SEED = 4
# Seconds after the last kill in which everything has to come to its end.
PATIENCE = 900


def main() -> int:
    """Run on both databases, or on the one named, and print what became of the messages."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    kinds = sys.argv[3:] or ["sqlite", "postgresql"]
    return max(_run(kind, messages, kills) for kind in kinds)


def _run(kind: str, messages: int, kills: int) -> int:
    with _database(kind) as url, _folder() as folder, opened(folder, url) as desk:
        began = time.monotonic()
        wrong, report = _campaign(desk, url, messages, kills)
        print(f"{kind}: {report}, {time.monotonic() - began:.0f} s", flush=True)
        for line in wrong[:20]:
            print(f"  {line}")
    return bool(wrong)


def _campaign(desk: Desk, url: str, messages: int, kills: int) -> tuple[list[str], str]:
    random = Random(SEED)
    # The last of them go out when about the last process is killed.
    set_rate(desk, max(5, messages // kills))
    faults.no_daily_limit(desk)
    desk.control("trouble", delay_ms=100)
    people = faults.campaign(desk, messages)
    killed: Counter[str] = Counter()
    while killed.total() < kills:
        time.sleep(random.uniform(0.05, 0.6))
        killed[faults.kill_one(desk, random)] += 1
    under_way = len(materials(desk))
    # Twice: what is sent once more may itself be lost.
    for _ in range(2):
        faults.let_leases_run_out(desk, url)
        wait_until(
            lambda: faults.nothing_waits(url, people), PATIENCE, lambda: str(faults.judge(desk, url, people))
        )
    verdict = faults.judge(desk, url, people)
    told = ", ".join(f"{count} {name}" for name, count in killed.items())
    return (
        verdict.wrong,
        f"{under_way} sent while killing {told}; {dict(verdict.states)}; {len(verdict.wrong)} wrong",
    )


@contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        with _folder() as folder:
            yield databases.SQLite(folder).new()
        return
    with servers.postgresql() as server:
        yield databases.PostgreSQL(server).new()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True) as name:
        yield Path(name)


if __name__ == "__main__":
    sys.exit(main())
