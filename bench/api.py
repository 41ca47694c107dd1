"""How long the REST API takes at the server, with a million purchase items of 200,000 customers stored.

    python -m bench.api [sqlite|postgresql] [customers]

One caller, one request after the other, over HTTP to the web server of the Procfile; the floor is /healthz.
Wanted: a read under 10 ms, a quick purchase under 30 ms. Last, median in ms, SQLite on a quiet machine,
PostgreSQL with other load (2.6 on 2 cores) and before somebody new was measured apart:

    /healthz                 0.7 / 0.6
    customer by phone        8.6 / 6.9
    customer                 7.6 / 6.6
    20 customers             6.3 / 5.2
    20 purchases             8.0 / 8.0
    20 reminders pending     5.6 / 12.0    where 3,300 fall due on every day
    call details            20.4 / 21.4    makes and keeps a call script: over what is wanted
    quick purchase, 1 line  23.8 / 23.9    somebody new 24.1
    quick purchase, 3 lines 45.3 / 46.0    some 60 statements: over what is wanted
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench import desk
from bench.desk import Desk
from bench.sending import web_command

CUSTOMERS = 200_000
ITEMS_EACH = 5
RUNS = 200


def main() -> None:
    """Run for the databases named, each in a process of its own."""
    named = [word for word in sys.argv[1:] if not word.isdecimal()]
    count = next((int(word) for word in sys.argv[1:] if word.isdecimal()), CUSTOMERS)
    if "alone" in named:
        measure(named[0], count)
        return
    for database in named or desk.DATABASES:
        subprocess.run([sys.executable, "-m", "bench.api", database, str(count), "alone"], check=True)


def measure(database: str, count: int) -> None:
    """Print a line for each kind of request."""
    with desk.opened(database) as opened:
        from database import db

        began = time.monotonic()
        token = _fill(count)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)" if database == "sqlite" else "ANALYZE")
        db.close()
        print(f"{database}, {desk.load()}, {count * ITEMS_EACH:,} items in {time.monotonic() - began:.0f} s")
        opened.start(web_command(), f"{opened.web}/healthz")
        for name, request in _requests(count).items():
            _told(opened, token, name, request)


Request = Callable[[int], tuple[str, str, Any]]


def _requests(count: int) -> dict[str, Request]:
    """By name: method, path and body of the n-th request."""
    some = count // (RUNS + 1)
    customers = "/api/customers"
    return {
        "(floor) /healthz": lambda n: ("GET", "/healthz", None),
        "customer by phone": lambda n: ("GET", f"{customers}/phone/{_number(n * some)}", None),
        "customer": lambda n: ("GET", f"{customers}/{n * some + 1}", None),
        "20 customers": lambda n: ("GET", f"{customers}/?limit=20", None),
        "20 purchases": lambda n: ("GET", f"{customers}/{n * some + 1}/purchases?limit=20", None),
        "20 reminders pending": lambda n: (
            "GET",
            f"{customers}/reminders/pending?days_ahead=3&limit=20",
            None,
        ),
        "call details": lambda n: ("GET", f"{customers}/{n * some + 1}/call-details", None),
        "quick purchase": lambda n: ("POST", f"{customers}/quick-purchase", _bill(_number(n * some), 1)),
        "the same, somebody new": lambda n: (
            "POST",
            f"{customers}/quick-purchase",
            _bill(_number(count + n), 1),
        ),
        "the same, three lines": lambda n: (
            "POST",
            f"{customers}/quick-purchase",
            _bill(_number(n * some), 3),
        ),
    }


def _told(opened: Desk, token: str, name: str, request: Request) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    times = []
    for n in range(RUNS):
        method, path, body = request(n)
        began = time.perf_counter()
        answer = desk.http.request(
            method, opened.web + path, headers=headers, body=json.dumps(body) if body else None
        )
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status < 300, answer.data
    times.sort()
    print(f"  {name:24} p50 {statistics.median(times):6.1f} ms  p99 {times[RUNS * 99 // 100]:6.1f} ms")


def _number(n: int) -> str:
    return f"+919{n + 100_000_000:09}"


def _bill(phone: str, lines: int) -> dict[str, Any]:
    items = [
        {"medicine_name": f"Medicine {n} 500", "quantity": 30, "unit_price": 5.0, "duration_days": 30}
        for n in range(lines)
    ]
    return {"phone": phone, "name": "Person", "items": items}


def _fill(count: int) -> str:

    import company_settings
    from database import db
    from domain import staff as team
    from models import Company, Customer, Medicine, Phone, Purchase, PurchaseItem, RefillReminder, Sender

    company = Company.create(name="Bench Medicals", last_serial=2 * count)
    company_settings.change(company, "api_requests_a_minute", "1000000")
    Sender.create(company=company, address="+912200000001")
    meera = team.add(company, code="STAFF001", name="Meera", phone="+917000000000", role="manager")
    token = team.new_token(meera)
    medicines = [
        Medicine.create(company=company, name=f"Medicine {n} 500", identity=f"medicine {n}|500|")
        for n in range(1000)
    ]
    today = datetime.now(UTC).date()
    with db.atomic():
        _many(count, Phone(company=company, address=""), address=_number)
        _many(
            count,
            Customer(company=company, serial=0, name="Person", total_visits=3),
            serial=lambda n: n + 1,
            phone=lambda n: n + 1,
        )
        _many(
            count,
            Purchase(company=company, customer=1, staff=meera, purchased_on=today, total=750),
            customer=lambda n: n + 1,
            purchased_on=lambda n: str(today - timedelta(days=n % 700)),
        )
        sold = PurchaseItem(
            purchase=1, customer=1, medicine=1, medicine_name="", quantity=30, unit_price=5, total=150
        )
        _many(
            count * ITEMS_EACH,
            sold,
            purchase=lambda n: n // ITEMS_EACH + 1,
            customer=lambda n: n // ITEMS_EACH + 1,
            medicine=lambda n: medicines[n % 1000].id,
            medicine_name=lambda n: medicines[n % 1000].name,
        )
        runs_out = RefillReminder(
            company=company,
            serial=0,
            customer=1,
            medicine=1,
            supply_days=30,
            runs_out_on=today,
            reminder_on=today,
        )
        _many(
            count,
            runs_out,
            serial=lambda n: count + n + 1,
            customer=lambda n: n + 1,
            phone=lambda n: n + 1,
            medicine=lambda n: medicines[n % 1000].id,
            runs_out_on=lambda n: str(today + timedelta(days=n % 60 - 20)),
            reminder_on=lambda n: str(today + timedelta(days=n % 60 - 25)),
        )
    return token


def _many(count: int, like: Any, **varying: Callable[[int], Any]) -> None:
    """So many rows like this one, but for what varies; values as the database stores them."""
    from statements import insert_in_bulk

    fields = [field for field in like._meta.sorted_fields if field.name != "id"]
    fixed = [field.db_value(like.__data__.get(field.name)) for field in fields]
    places = [(n, varying[field.name]) for n, field in enumerate(fields) if field.name in varying]
    for start in range(0, count, 10_000):
        rows = []
        for number in range(start, min(start + 10_000, count)):
            row = list(fixed)
            for place, value in places:
                row[place] = value(number)
            rows.append(tuple(row))
        insert_in_bulk(fields, rows)


if __name__ == "__main__":
    main()
