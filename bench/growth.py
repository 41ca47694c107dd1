"""Whether what is done all day costs more once a million messages and two hundred thousand phones are stored.

    python -m bench.growth [sqlite|postgresql] [messages]

Each line is the median of several runs with little stored, with much stored, and how they compare. Last,
SQLite, with other load on the machine (6.5 on 2 cores), before its log was emptied after filling:

    claim a batch of 50                    10.00 ms    27.36 ms  2.74 x
    take in a report                        1.91 ms     3.82 ms  2.00 x
    answer a message                        6.35 ms    10.13 ms  1.60 x
    refills due                             0.37 ms     0.41 ms  1.11 x
    follow-ups due                          0.25 ms     0.26 ms  1.07 x
    what is unanswered, untold, half-sent    0.27 ms     0.27 ms  1.01 x
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from bench import desk

FEW = (1_000, 200)
MANY = 1_000_000
RUNS = 15


def main() -> None:
    """Run for the databases named, each in a process of its own."""
    named = [word for word in sys.argv[1:] if not word.isdecimal()]
    many = next((int(word) for word in sys.argv[1:] if word.isdecimal()), MANY)
    if "alone" in named:
        measure(named[0], many)
        return
    for database in named or desk.DATABASES:
        subprocess.run([sys.executable, "-m", "bench.growth", database, str(many), "alone"], check=True)


def measure(database: str, many: int) -> None:
    """Print a line for each piece of work."""
    with desk.opened(database):
        from database import db

        print(f"{database}, {desk.load()}")
        _shop()
        _fill(*FEW)
        before = _times()
        began = time.monotonic()
        _fill(many, many // 5)
        # As after years of growing: SQLite's log is short, PostgreSQL knows its tables.
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)" if database == "sqlite" else "ANALYZE")
        print(f"  {many:,} messages of {many // 5:,} phones filled in {time.monotonic() - began:.0f} s")
        after = _times()
        for name, few in before.items():
            print(f"  {name:36} {few:7.2f} ms  {after[name]:7.2f} ms  {after[name] / few:.2f} x")


def _times() -> dict[str, float]:
    from bot import conversation
    from clock import now
    from domain import follow_ups, refill_ladder
    from messaging import delivery
    from models import Company, InboundMessage, Message, Sender

    company, sender = Company.get(), Sender.get()

    def claim() -> None:
        assert len(delivery.claim(sender, 50, now())) == 50

    def reports() -> None:
        from messaging import reports

        message = (
            Message.select(Message.id).where(Message.state == "sending").order_by(Message.id.desc()).first()
        )
        reports.take_in(message.id, f"SMreport{message.id}", "delivered", None)

    def unanswered() -> None:
        InboundMessage.select().where(InboundMessage.state == "waiting").exists()
        Message.select().where(Message.outcome.is_null(False)).exists()
        delivery.recover()

    return {
        "claim a batch of 50": _median(claim, _due),
        "take in a report": _median(reports),
        "answer a message": _median(lambda: conversation.answer_all(), _written),
        "refills due": _median(lambda: refill_ladder.remind_due(company, now())),
        "follow-ups due": _median(lambda: follow_ups.tell_due(company, now())),
        "what is unanswered, untold, half-sent": _median(unanswered),
    }


def _median(work: Callable[[], object], prepare: Callable[[], object] = lambda: None) -> float:
    times = []
    for _ in range(RUNS):
        prepare()
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def _shop() -> None:
    from bot import customer, staff
    from models import ApprovedTemplate, Company, Sender

    staff.load()
    customer.load()
    settings = {"rate": 1_000_000, "quiet_hours": None, "daily_limit": None}
    company = Company.create(name="Bench Medicals", settings=settings)
    Sender.create(company=company, address="+912200000001")
    ApprovedTemplate.create(
        company=company, name="refill_due", language="en", content_id="HX1", status="approved"
    )


def _due() -> None:
    """Fifty reminders of people who have not been written to lately fall due."""
    from clock import now
    from models import Message

    old = now() - timedelta(days=300)
    Message.update(state="delivered", claimed_at=old, send_after=old).where(
        Message.state == "sending"
    ).execute()
    sent = (
        Message.select(Message.id).where(Message.state == "delivered").order_by(Message.id.desc()).limit(50)
    )
    ids = [row.id for row in sent]
    assert len(ids) == 50
    Message.update(state="queued", send_after=now()).where(Message.id.in_(ids)).execute()


_written_so_far = iter(range(10**9))


def _written() -> None:
    """Somebody who has been written to asks something."""
    from models import InboundMessage

    number = next(_written_so_far)
    InboundMessage.create(
        provider_id=f"SMwritten{time.monotonic_ns()}",
        from_address=f"+9198{number % 200:08}",
        to_address="+912200000001",
        body="when are you open?",
    )


def _fill(messages: int, phones: int) -> None:
    """Add rows until there are so many, each kind with one statement."""
    from database import db, is_postgresql
    from models import Company, Customer, Message, Phone, Sender

    company, sender = Company.get().id, Sender.get().id
    series = _SERIES_POSTGRESQL if is_postgresql() else _SERIES_SQLITE
    body = Message.body.db_value("word " * 30)
    facts = Message.facts.db_value({"1": "Ravi", "2": "26 Feb", "3": "Bench Medicals"})
    for statement, values, since, until in (
        (_PHONES, (company,), Phone.select().count(), phones),
        (_CUSTOMERS, (company,), Customer.select().count(), phones),
        (_MESSAGES, (company, phones, sender, facts, body), Message.select().count(), messages),
        (_INBOUND, (body, "[]", phones), Message.select().count() // 2, messages // 2),
        (_TASKS, (company, 10**7, body), Customer.select().count() // 2, phones // 2),
    ):
        with db.atomic():
            if is_postgresql():
                statement = statement.replace("%", "%%").replace("?", "%s")
            db.execute_sql(series + statement, (since, until - 1, *values))
    if is_postgresql():
        for table in (Phone, Customer, Message):
            name = table._meta.table_name
            beyond = 10 * MANY + messages
            db.execute_sql("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", (name, beyond))


_SERIES_SQLITE = """
WITH RECURSIVE series(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM series WHERE n < ?)
"""
_SERIES_POSTGRESQL = "WITH series AS (SELECT generate_series(%s, %s) AS n) "
_PHONES = """
INSERT INTO phone (id, company_id, address, reach, reminders_allowed, wrong_number, speaks_as_customer)
SELECT n + 1, ?, '+91' || (9800000000 + n), 'available', TRUE, FALSE, FALSE FROM series
"""
_CUSTOMERS = """
INSERT INTO customers (id, company_id, serial, phone_id, name, category, status, prefers_generic,
    names_medicines, total_visits, total_purchases, created_at)
SELECT n + 1, ?, n + 1, n + 1, 'Person ' || n, 'regular', 'active', FALSE, FALSE, 0, 0,
    '2026-01-01 00:00:00.000000'
FROM series
"""
_MESSAGES = """
INSERT INTO message (id, company_id, phone_id, sender_id, key, kind, template, language, facts, body, state,
    priority, send_after, attempts, provider_id, claimed_at, sent_at, delivered_at, created_at)
SELECT n + 1, ?, n % ? + 1, ?, 'bench:' || n, 'reminder', 'refill_due', 'en', ?, ?, 'delivered',
    5, '2026-01-01 00:00:00.000000', 1, 'SM' || n, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000',
    '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'
FROM series
"""
_INBOUND = """
INSERT INTO inbound_message (provider_id, from_address, to_address, body, media, answered_by_provider,
    received_at, phone_id, state, attempts)
SELECT 'SMin' || n, '+91' || (9800000000 + n), '+912200000001', ?, ?, FALSE,
    '2026-01-01 00:00:00.000000', n % ? + 1, 'answered', 0
FROM series
"""
_TASKS = """
INSERT INTO contact_reminders (company_id, serial, kind, customer_id, notes, state, due_at, created_at)
SELECT ?, n + ?, 'promise', n + 1, ?, 'done', '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000'
FROM series
"""


if __name__ == "__main__":
    main()
