"""How long the REST API takes at the server, with a million purchase items of 200,000 customers stored.

    python -m bench.api [sqlite|postgresql] [customers]

One caller, one request after the other, over HTTP to the web server of the Procfile; the floor is /healthz.
Every address that reads is asked, for people who came 21 times (bench/api_shop.py). Wanted: a read under
10 ms, a quick purchase under 30 ms. Each is told beside a fixed piece of arithmetic, as processors change
their pace by half within seconds. Last, alone on 2 cores (load 1.0), median in ms while that arithmetic took
1.07 and 1.10 ms; the same machine does it in 0.6 at its best:

                                      SQLite        PostgreSQL
    /healthz, the floor                  0.9               1.7
    call details                        12.1              19.6    makes and keeps a call script
    20 scripts                          10.7              14.0    notes 20 readings of medical text
    20 tasks of 50                      10.3              13.4    the whole day is put in order
    customer by phone, 20 purchases  5.4, 8.4        10.5, 10.5
    all other reads               2.8 to 6.8        3.6 to 9.9
    quick purchase, 1 line              19.0              33.1    of somebody new 10.3, 22.9
    quick purchase, 3 lines             21.8              35.3
    daily summary                        6.7              18.5    reports add up, and may be over that
    conversion, calls, sales      4.6 to 5.3        6.9 to 8.7
    low stock, shortages             4.6, 70          6.0, 124    all open refills
    customers, compliance             23, 35            59, 93    all customers, all long courses of a month
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import api_shop, desk
from bench.api_shop import Shop
from bench.desk import Desk
from bench.sending import web_command

CUSTOMERS = 200_000
RUNS = 100
# What adds up a month or more is asked for less often.
RUNS_OF_REPORTS = 5

Request = Callable[[int], tuple[str, str, Any]]

_CUSTOMERS = "/api/customers"
_ONE = f"{_CUSTOMERS}/{{customer}}"
_CONTACT = f"{_CUSTOMERS}/contacts/{{contact}}"
_STAFF = f"{_CUSTOMERS}/staff"
_READS = {
    "(floor) /healthz": "/healthz",
    "customer by phone": f"{_CUSTOMERS}/phone/{{phone}}",
    "customer": _ONE,
    "20 customers": f"{_CUSTOMERS}/?limit=20",
    "20 customers by name": f"{_CUSTOMERS}/?limit=20&category=regular_branded&name=Person",
    "20 purchases": f"{_ONE}/purchases?limit=20",
    "invoices of a month": f"{_ONE}/invoices",
    "20 reminders": f"{_ONE}/reminders?limit=20",
    "20 prescriptions": f"{_ONE}/prescriptions?limit=20",
    "20 conditions": f"{_ONE}/medical-conditions?limit=20",
    "20 messages": f"{_ONE}/messages?limit=20",
    "generic options": f"{_ONE}/generic-options",
    "generic education": f"{_ONE}/generic-education",
    "call details": f"{_ONE}/call-details",
    "20 reminders pending": f"{_CUSTOMERS}/reminders/pending?days_ahead=3&limit=20",
    "reminder": f"{_CUSTOMERS}/reminders/{{reminder}}",
    "20 scripts": "/api/call-scripts/priority/high?limit=20",
    "20 contacts": f"{_CUSTOMERS}/contacts?status=pending&whatsapp_status=unknown&limit=20",
    "contact": _CONTACT,
    "20 interactions": f"{_CONTACT}/interactions?limit=20",
    "20 messages of a contact": f"{_CONTACT}/messages?limit=20",
    "20 follow-ups": f"{_CUSTOMERS}/follow-ups?limit=20",
    "20 imports": f"{_CUSTOMERS}/imports?limit=20",
    "import": f"{_CUSTOMERS}/imports/{{sheet}}",
    "20 rows of an import": f"{_CUSTOMERS}/imports/{{sheet}}/rows?limit=20",
    "20 of the staff": f"{_STAFF}?limit=20",
    "member of staff": f"{_STAFF}/STAFF001",
    "20 tasks of 50": f"{_STAFF}/STAFF001/tasks?limit=20",
    "20 medicines": "/api/medicines?limit=20",
    "medicine": "/api/medicines/{medicine}",
    "equivalents": "/api/medicines/{medicine}/equivalents",
}
_MONTH = "start_date={month_ago}"
_REPORTS = {
    "daily summary": f"{_CUSTOMERS}/analytics/daily-summary",
    "conversion, 30 days": f"{_CUSTOMERS}/analytics/conversion-report?{_MONTH}",
    "customers, 30 days": f"{_CUSTOMERS}/analytics/customer-analytics?{_MONTH}",
    "compliance, 30 days": f"/api/analytics/prescription-compliance?{_MONTH}",
    "calls, 30 days": f"/api/analytics/call-effectiveness?{_MONTH}",
    "sales, 30 days": f"/api/analytics/sales?{_MONTH}",
    "low stock": "/api/medicines/low-stock",
    "shortages, 14 days": "/api/medicines/shortages",
}


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
        shop = api_shop.fill(count, asked=4 * RUNS)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)" if database == "sqlite" else "ANALYZE")
        db.close()
        print(f"{database}, {desk.load()}, {shop.items:,} items in {time.monotonic() - began:.0f} s")
        opened.start(web_command(), f"{opened.web}/healthz")
        for name, path in _READS.items():
            _told(opened, shop, name, _read(shop, path), RUNS)
        for name, request in _purchases(shop).items():
            _told(opened, shop, name, request, RUNS)
        for name, path in _REPORTS.items():
            _told(opened, shop, name, _read(shop, path), RUNS_OF_REPORTS)


def _read(shop: Shop, path: str) -> Request:
    return lambda n: ("GET", path.format(**shop.named(n)), None)


def _purchases(shop: Shop) -> dict[str, Request]:
    """Each for people of their own, who have bought nothing else since the shop was filled."""

    def of(lines: int, others: int) -> Request:
        return lambda n: ("POST", f"{_CUSTOMERS}/quick-purchase", shop.bill(others + n, lines))

    def new(n: int) -> tuple[str, str, Any]:
        return "POST", f"{_CUSTOMERS}/quick-purchase", shop.bill_of_somebody_new(n)

    return {
        "quick purchase, 1 line": of(1, RUNS),
        "quick purchase, 3 lines": of(3, 2 * RUNS),
        "3 lines, a week later": of(3, 2 * RUNS),
        "1 line, somebody new": new,
    }


def _told(opened: Desk, shop: Shop, name: str, request: Request, runs: int) -> None:
    headers = {"Authorization": f"Bearer {shop.token}", "Content-Type": "application/json"}
    times, paces = [], []
    for n in range(runs):
        method, path, body = request(n)
        paces.append(desk.pace())
        began = time.perf_counter()
        answer = desk.http.request(
            method, opened.web + path, headers=headers, body=json.dumps(body) if body else None
        )
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status < 300, (path, answer.data)
    times.sort()
    half, pace = statistics.median(times), statistics.median(paces)
    beside = f"{half / pace:6.1f} x arithmetic of {pace:.2f} ms"
    print(f"  {name:26} p50 {half:6.1f} ms  most {times[-1 - runs // 100]:6.1f} ms  {beside}", flush=True)


if __name__ == "__main__":
    main()
