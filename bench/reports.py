"""How long each report takes over a million purchase items, and reckoning their covered days at first.

    python -m bench.reports [sqlite|postgresql] [items]

There are purchases only: no contacts, calls or held-out phones. It printed last, SQLite on a quiet machine,
PostgreSQL with other load (4.8 on 2 cores) and while adherence was still added up three times, not once:

                                                sqlite  postgresql
    fill in 1,000,000 purchase items           10.75 s     24.57 s
    reckon their covered days                  64.85 s    170.60 s
    conversion, 30 days                         0.01 s      0.01 s
    conversion, all                             0.00 s      0.00 s
    customers, 30 days                          0.14 s      0.19 s
    customers, all                              1.46 s      0.28 s
    adherence, 90 days                          0.65 s      1.05 s
    adherence, all                              0.99 s      1.34 s
    compliance, 30 days                         0.32 s      0.58 s
    compliance, all                             0.81 s      1.23 s
    calls, 30 days                              0.01 s      0.03 s
    calls, all                                  0.00 s      0.01 s
    late, 90 days                               0.42 s      0.60 s
    late, all                                   0.80 s      0.75 s
    today, 1 days                               0.04 s      0.06 s
    uplift, 90 days                             0.00 s      0.00 s
    uplift, all                                 0.00 s      0.00 s
    one customer, all                           0.02 s      0.01 s
"""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from bench import desk

MANY = 1_000_000
# Each customer buys three medicines every thirty days or so, for as long as it takes.
ITEMS_OF_A_CUSTOMER = 36
MEDICINES = 300


def main() -> None:
    """Run for the databases named, each in a process of its own."""
    named = [word for word in sys.argv[1:] if not word.isdecimal()]
    items = next((int(word) for word in sys.argv[1:] if word.isdecimal()), MANY)
    if "alone" in named:
        measure(named[0], items)
        return
    for database in named or desk.DATABASES:
        subprocess.run([sys.executable, "-m", "bench.reports", database, str(items), "alone"], check=True)


def measure(database: str, items: int) -> None:
    """Print a line for each report."""
    with desk.opened(database):
        from database import db

        print(f"{database}, {desk.load()}")
        _timed(f"fill in {items:,} purchase items", lambda: _fill(items))
        _timed("reckon their covered days", _cover)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)" if database == "sqlite" else "ANALYZE")
        for name, make in _reports().items():
            _timed(name, make)


def _timed(name: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    work()
    print(f"  {name:44} {time.perf_counter() - began:7.2f} s", flush=True)


def _reports() -> dict[str, Callable[[], object]]:
    from datetime import datetime

    from clock import now
    from domain.reports import adherence, names, periods, scopes
    from models import Company, Customer

    company = Company.get()
    whole = scopes.whole(company)
    at: datetime = now()
    made: dict[str, Callable[[], object]] = {}
    for name, maker in names.REPORTS.items():
        for days in (names.usual_days(name), *([None] if name != "today" else [])):
            period = periods.last(days, at.date())
            label = f"{name}, {'all' if days is None else f'{days} days'}"
            made[label] = partial(maker, whole, period, at)
    one = Customer.select().first()
    made["one customer, all"] = lambda: adherence.of_customer(one, periods.last(None, at.date()))
    return made


def _fill(items: int) -> None:
    from database import db
    from models import Company, Sender

    company = Company.create(name="Bench Medicals")
    Sender.create(company=company, address="+912200000001")
    customers = items // ITEMS_OF_A_CUSTOMER
    with db.atomic():
        _people(company.id, customers)
        _purchases(company.id, customers, items)


def _people(company: int, customers: int) -> None:
    from models import Customer, Medicine, Phone
    from statements import insert_in_bulk

    at = "2026-01-01 00:00:00.000000"
    phones = (Phone.id, Phone.company, Phone.address, Phone.reach, Phone.reminders_allowed)
    more = (Phone.wrong_number, Phone.speaks_as_customer)
    insert_in_bulk(
        [*phones, *more],
        [
            (n, company, f"+91{9800000000 + n}", "available", True, False, False)
            for n in range(1, customers + 1)
        ],
    )
    insert_in_bulk(
        _fields(
            Customer,
            "id company serial phone name category status prefers_generic names_medicines"
            " total_visits total_purchases created_at",
        ),
        [
            (n, company, n, n, f"Person {n}", "regular_branded", "active", False, False, 0, 0, at)
            for n in range(1, customers + 1)
        ],
    )
    insert_in_bulk(
        _fields(Medicine, "id company name identity is_acute is_generic is_listed"),
        [
            (n, company, f"Drug{n} 500", f"drug{n}|500|", False, n % 3 == 0, False)
            for n in range(1, MEDICINES + 1)
        ],
    )


def _purchases(company: int, customers: int, items: int) -> None:
    from datetime import timedelta

    from clock import now
    from models import Purchase, PurchaseItem
    from statements import insert_in_bulk

    at = "2026-01-01 00:00:00.000000"
    today = now().date()
    bills, lines = [], []
    for n in range(items // 3):
        customer, visit = n % customers + 1, n // customers
        # Everybody comes a little early or late, on days of their own.
        on = today - timedelta(days=360 - visit * 31 - customer % 29 - (customer * 7 + visit * 5) % 9)
        bills.append((n + 1, company, customer, on.isoformat(), 45_000, 0, 0, at))
        for k in range(3):
            medicine = (customer * 3 + k) % MEDICINES + 1
            lines.append(
                (n + 1, customer, medicine, f"Drug{medicine} 500", "30", 500, 15_000, k == 0, True, 30, False)
            )
    insert_in_bulk(
        _fields(Purchase, "id company customer purchased_on total cost costed_total created_at"), bills
    )
    insert_in_bulk(
        _fields(
            PurchaseItem,
            "purchase customer medicine medicine_name quantity unit_price total is_generic"
            " is_prescription duration_days always_remind",
        ),
        lines,
    )


def _fields(table: Any, names: str) -> list[Any]:
    return [getattr(table, name) for name in names.split()]


def _cover() -> None:
    from domain import coverage

    coverage.catch_up()


if __name__ == "__main__":
    main()
