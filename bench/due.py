"""Whether the due lists stay quick once a million purchase items and as many reminders are stored.

    python -m bench.due [sqlite|postgresql] [items] [wait]

Each line is the median of several runs with a thousand items stored, with a million, and how they compare.
With `wait` a line on standard input is waited for before each measuring: only that needs a quiet machine.
Last, on two cores and alone on them, milliseconds with a thousand and with a million items and reminders,
a tenth of them open:

                          PostgreSQL     SQLite
    due in 0 days         5.0   17.6     5.6   19.7
    due in 7 days         7.6   10.3     4.9   18.4
    due in 14 days        8.1   10.5     5.3   15.2
    due in 30 days        8.7   13.1     5.8   15.8
    the second hundred    2.1   10.6     1.0   16.3
    how many are due      0.5    0.3     0.2    0.4
    what to set aside     2.0   20.8     1.0   23.1

Both walk the index of company, state and day and stop at the hundredth line. With a thousand stored
the second hundred and what to set aside are a few lines only, hence their ratios.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench import desk

FEW = 1_000
MANY = 1_000_000
RUNS = 15
# Of all reminders so many are open; the others ended with the next purchase.
_OPEN_OF = 10


def main() -> None:
    """Run for the databases named, each in a process of its own."""
    named = [word for word in sys.argv[1:] if not word.isdecimal()]
    many = next((int(word) for word in sys.argv[1:] if word.isdecimal()), MANY)
    waits = ["wait"] if "wait" in named else []
    if "alone" in named:
        measure(named[0], many, _waiting if waits else lambda: None)
        return
    for database in [name for name in named if name != "wait"] or desk.DATABASES:
        subprocess.run([sys.executable, "-m", "bench.due", database, str(many), "alone", *waits], check=True)


def _waiting() -> None:
    print("  ready", flush=True)
    sys.stdin.readline()


def measure(database: str, many: int, ready: Callable[[], None]) -> None:
    """Print a line for each list, and how the first is found; `ready` is called before each measuring."""
    with desk.opened(database):
        from database import db
        from models import Company

        print(f"{database}, {desk.load()}")
        company = Company.create(name="Bench Medicals")
        _fill(company, 0, FEW)
        ready()
        before = _times(company)
        began = time.monotonic()
        _fill(company, FEW, many)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)" if database == "sqlite" else "ANALYZE")
        print(f"  {many:,} items and reminders filled in {time.monotonic() - began:.0f} s")
        ready()
        after = _times(company)
        for name, few in before.items():
            print(f"  {name:36} {few:7.2f} ms  {after[name]:7.2f} ms  {after[name] / few:.2f} x")
        _explain(database, company)


def _times(company: Any) -> dict[str, float]:
    from clock import today
    from domain import refills, reservations

    on = today(company.timezone)
    lists = {f"due in {days} days": _due(company, on, days) for days in (0, 7, 14, 30)}
    second = refills.due(company, on, 30, limit=100)[-1].key

    def next_page() -> None:
        refills.due(company, on, 30, limit=100, where=refills.Wanted(after=second))

    return {
        **{name: _median(work) for name, work in lists.items()},
        "the second hundred of them": _median(next_page),
        "how many are due in 30 days": _median(lambda: refills.count_due(company, on, 30)),
        "what to set aside": _median(lambda: reservations.baskets(company, on)),
    }


def _due(company: Any, on: Any, days: int) -> Callable[[], object]:
    from domain import refills

    return lambda: refills.due(company, on, days, limit=100)


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def _fill(company: Any, start: int, stop: int) -> None:
    """Twenty purchases of every customer, each with one item and its reminder; one in ten is open."""
    from clock import today
    from database import db
    from models import Medicine

    on = today(company.timezone)
    with db.atomic():
        if start == 0:
            Medicine.create(company=company, name="Metformin 500", identity="metformin|500|")
        for first in range(start, stop, 50_000):
            _chunk(company, range(first, min(first + 50_000, stop)), on)


def _chunk(company: Any, numbers: range, on: Any) -> None:
    from models import Customer, Purchase, PurchaseItem, RefillReminder
    from statements import insert_in_bulk

    at = "2027-01-01 00:00:00.000000"
    people = sorted({number // 20 + 1 for number in numbers if number % 20 == 0})
    c, p, i, r = Customer, Purchase, PurchaseItem, RefillReminder
    insert_in_bulk(
        [c.id, c.company, c.serial, c.name, c.category, c.status, c.prefers_generic, c.names_medicines,
         c.total_visits, c.total_purchases, c.created_at],
        [(one, company.id, one, f"Customer {one}", "regular_branded", "active", False, False, 1, 0, at)
         for one in people],
    )  # fmt: skip
    days = {number: on - timedelta(days=120 - number % 181) for number in numbers}
    insert_in_bulk(
        [p.id, p.company, p.customer, p.purchased_on, p.total, p.cost, p.costed_total, p.created_at],
        [(n + 1, company.id, n // 20 + 1, days[n].isoformat(), 15_000, 0, 0, at) for n in numbers],
    )
    insert_in_bulk(
        [i.purchase, i.customer, i.medicine, i.medicine_name, i.quantity, i.unit_price, i.total,
         i.is_generic, i.is_prescription, i.duration_days, i.always_remind],
        [(n + 1, n // 20 + 1, 1, "Metformin 500", 30, 500, 15_000, False, True, 30, False) for n in numbers],
    )  # fmt: skip
    insert_in_bulk(
        [r.company, r.serial, r.customer, r.purchase, r.medicine, r.supply_days, r.runs_out_on, r.reminder_on,
         r.state, r.next_step, r.next_step_on, r.messages_sent, r.silent_cycles, r.created_at],
        [_reminder(company.id, n, days[n]) for n in numbers],
    )  # fmt: skip


def _reminder(company: int, n: int, on: Any) -> tuple[Any, ...]:
    is_open = n % _OPEN_OF == 0
    out = on + timedelta(days=30)
    shown, step = (out - timedelta(days=5)).isoformat(), (out - timedelta(days=3)).isoformat()
    return (
        *(company, 10_000_000 + n, n // 20 + 1, n + 1, 1, 30, out.isoformat(), shown),
        *("open" if is_open else "ended", "due" if is_open else None, step if is_open else None),
        *(0, 0, "2027-01-01 00:00:00.000000"),
    )


def _explain(database: str, company: Any) -> None:
    from clock import today
    from database import db
    from domain import refills

    sql, values = refills.due_query(company, today(company.timezone), 7).limit(100).sql()
    word = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN "
    for row in db.execute_sql(word + sql, values).fetchall():
        print("   ", row[-1])


if __name__ == "__main__":
    main()
