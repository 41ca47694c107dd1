"""The shop that bench/growth.py measures: as many phones and messages as it is told, filled in with SQL."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models import Company, Sender

# How many messages and phones were filled in, each time; their ids reach so far.
_filled: list[tuple[int, int]] = []

_SERIES_SQLITE = """
WITH RECURSIVE series(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM series WHERE n < ?)
"""
_SERIES_POSTGRESQL = "WITH series AS (SELECT generate_series(%s, %s) AS n) "
# A thousand first names, and a last name for each: the person numbered 101 is Bbab Aaaabab.
_LETTERS = " || ".join(f"substr('abcdefghij', n / {10**place} % 10 + 1, 1)" for place in (5, 4, 3, 2, 1, 0))
_NAME = f"'B' || substr({_LETTERS}, 4, 3) || ' A' || {_LETTERS}"
_PHONES = """
INSERT INTO phone (id, company_id, address, reach, reminders_allowed, wrong_number, speaks_as_customer)
SELECT n + 1, ?, '+91' || (9800000000 + n), 'available', TRUE, FALSE, FALSE FROM series
"""
_CUSTOMERS = """
INSERT INTO customers (id, company_id, serial, phone_id, name, category, status, prefers_generic,
    names_medicines, total_visits, total_purchases, created_at)
SELECT n + 1, ?, n + 1, n + 1, a_name, 'regular', 'active', FALSE, FALSE, 0, 0,
    '2026-01-01 00:00:00.000000'
FROM series
"""
_CONTACTS = """
INSERT INTO contact_records (id, company_id, serial, phone_id, name, status, source, materials_state,
    materials_sent_at, customer_id, created_at)
SELECT n + 1, ?, n + ?, n + 1, a_name, 'converted', 'sheet', 'delivered',
    '2026-01-01 00:00:00.000000', n + 1, '2026-01-01 00:00:00.000000'
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
INSERT INTO contact_reminders (company_id, serial, kind, customer_id, phone_id, notes, state, due_at,
    created_at)
SELECT ?, n + ?, 'promise', n + 1, n + 1, ?, 'done', '2026-01-01 00:00:00.000000',
    '2026-01-01 00:00:00.000000'
FROM series
"""


def open_shop() -> None:
    """A pharmacy without anybody; what is made from now on gets ids beyond all that is filled in."""
    from bot import customer, staff
    from models import ApprovedTemplate, Company, Sender, Staff

    staff.load()
    customer.load()
    settings = {"rate": 1_000_000, "quiet_hours": None, "daily_limit": None}
    company = Company.create(name="Bench Medicals", settings=settings)
    sender = Sender.create(company=company, address="+912200000001")
    Staff.create(company=company, code="STAFF001", name="Meera", phone="+919700000000", role="manager")
    _leave_room(company, sender)
    ApprovedTemplate.create(
        company=company, name="refill_due", language="en", content_id="HX1", status="approved"
    )


def fill(messages: int, phones: int) -> None:
    """Add rows until there are so many, each kind with one statement.

    Half as many messages come in as go out; each phone is that of a lead who has become a customer.
    """
    from database import db, is_postgresql
    from models import Company, Message, Sender

    company, sender = Company.get().id, Sender.get().id
    series = _SERIES_POSTGRESQL if is_postgresql() else _SERIES_SQLITE
    body = Message.body.db_value("word " * 30)
    facts = Message.facts.db_value({"1": "Ravi", "2": "26 Feb", "3": "Bench Medicals"})
    since, known = _filled[-1] if _filled else (0, 0)
    for statement, values, first, until in (
        (_PHONES, (company,), known, phones),
        (_CUSTOMERS, (company,), known, phones),
        (_CONTACTS, (company, 2 * 10**7), known, phones),
        (_MESSAGES, (company, phones, sender, facts, body), since, messages),
        (_INBOUND, (body, "[]", phones), since // 2, messages // 2),
        (_TASKS, (company, 10**7, body), known // 2, phones // 2),
    ):
        print(f"    {statement.split()[2]} up to {until:,}", end="\r", file=sys.stderr, flush=True)
        with db.atomic():
            statement = statement.replace("a_name", _NAME)
            if is_postgresql():
                statement = statement.replace("%", "%%").replace("?", "%s")
            db.execute_sql(series + statement, (first, until - 1, *values))
    _filled.append((messages, phones))


def last_messages(count: int) -> list[int]:
    """The ids of so many messages that were filled in last."""
    newest, _ = _filled[-1]
    return list(range(newest - count + 1, newest + 1))


def _leave_room(company: "Company", sender: "Sender") -> None:
    from database import db, is_postgresql
    from models import Message, Phone

    beyond = 10**8
    phone = Phone.create(id=beyond, company=company, address="+919700000000")
    said = {
        "key": "first",
        "kind": "answer",
        "template": "help",
        "language": "en",
        "body": "",
        "state": "read",
    }
    Message.create(id=beyond, company=company, phone=phone, sender=sender, **said)
    if is_postgresql():
        for table in ("phone", "message"):
            db.execute_sql("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", (table, beyond))
