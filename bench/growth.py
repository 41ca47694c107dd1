"""Whether what is done all day costs more once a million messages and two hundred thousand phones are stored.

    python -m bench.growth [sqlite|postgresql] [messages]

Each line is the median of several runs with little stored, with much stored before and after ANALYZE, and
how they compare, each measured against a fixed piece of arithmetic beside it: processors change their pace
by half within seconds. Last, alone on 2 cores (load 0.7 and 1.1), milliseconds with little, and how many
times as long with much before / after ANALYZE:

                                             SQLite               PostgreSQL
    filled in                                23 s                 51 s
    claim a batch of 50                     16.7  1.1 / 1.1       34.0  0.9 / 1.0
    take in a report                         0.8  2.8 / 1.1        3.7  1.3 / 1.0
    take in a message                        0.4  1.5 / 1.4        0.7  1.6 / 1.1
    answer a customer                        6.9  1.0 / 1.0       14.1  0.9 / 1.1
    answer staff: tasks                      7.4  1.0 / 1.0       15.7  0.9 / 1.1
    answer staff: log call +91…              9.5  1.0 / 1.0       18.3  1.0 / 1.2
    answer staff: log call #101              8.8  1.1 / 1.1       14.6  1.3 / 1.3
    answer staff: log call Bbab Aaaabab     16.4  8.8 / 6.9       23.7  5.2 / 6.2
    refills, follow-ups due                  0.5  1.0 / 1.0        0.9  1.1 / 1.2
    materials, assignments, outcomes due     1.2  1.0 / 1.2        3.5  0.7 / 1.0
    the sweep                                4.6  1.0 / 1.0        6.9  0.8 / 0.9
    what is uncertain or silent              1.7  1.0 / 1.0        2.9  0.8 / 1.0
    how long everybody waits (/readyz)       1.0  0.9 / 1.0        3.0  0.8 / 0.8

A person said by name is looked for among all names of the company: that grows with the people, by a third
of a millisecond for a thousand of them, and is the one thing over twice as long.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from bench import desk

if TYPE_CHECKING:
    from models import Company, Sender


class Took(NamedTuple):
    """Milliseconds of a piece of work, and of a fixed piece of arithmetic beside it: processors change their
    pace by half within seconds."""

    work: float
    pace: float


FEW = (1_000, 200)
MANY = 1_000_000
RUNS = 15

_CALL = "log call {} answered notes all is well"


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

        print(f"{database}, {desk.load()}", flush=True)
        _shop()
        _fill(*FEW)
        _times()  # What is loaded on its first use would make little stored look slow.
        before = _times()
        began = time.monotonic()
        _fill(many, many // 5)
        print(f"  {many:,} messages of {many // 5:,} phones filled in {time.monotonic() - began:.0f} s")
        _empty_the_log()
        unread = _times()
        db.execute_sql("ANALYZE")
        _empty_the_log()
        read = _times()
        print(f"  {'':36}       few        many, before and after ANALYZE")
        for name, few in before.items():
            times = "  ".join(_compared(few, after[name]) for after in (unread, read))
            print(f"  {name:36} {few.work:7.2f} ms  {times}", flush=True)


def _compared(few: Took, many: Took) -> str:
    return f"{many.work:7.2f} ms {many.work / many.pace / (few.work / few.pace):5.2f} x"


def _empty_the_log() -> None:
    """As after years of growing: SQLite's log is short. Planners go by what a new connection reads."""
    from database import db, is_postgresql

    if not is_postgresql():
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    db.connect()


def _times() -> dict[str, Took]:
    """Milliseconds each piece of work takes: what people wait for, and what ticks."""
    from bot import conversation
    from clock import now
    from domain import assignments, deliveries, follow_ups, materials, refill_ladder
    from messaging import delivery
    from models import Company, Sender

    company, sender = Company.get(), Sender.get()

    def claim() -> None:
        assert len(delivery.claim(sender, 50, now())) == 50

    def answer() -> None:
        assert conversation.answer_all() == 1

    return {
        "claim a batch of 50": _median(claim, _due),
        "take in a report": _median(_report),
        "take in a message": _median(_arrive, _answered),
        "answer a customer": _median(answer, lambda: _written("when are you open?")),
        "answer staff: tasks": _median(answer, lambda: _written("tasks", True)),
        "answer staff: log call +91…": _median(answer, lambda: _written(_CALL.format("+919800000100"), True)),
        "answer staff: log call #101": _median(answer, lambda: _written(_CALL.format("#101"), True)),
        "answer staff: log call Bbab Aaaabab": _median(
            answer, lambda: _written(_CALL.format("Bbab Aaaabab"), True)
        ),
        "refills due": _median(lambda: refill_ladder.remind_due(company, now())),
        "follow-ups due": _median(lambda: follow_ups.tell_due(company, now())),
        "materials, assignments, outcomes due": _median(
            lambda: (materials.send(now()), assignments.assign(company, now()), deliveries.note(now()))
        ),
        "the sweep": _median(_sweep),
        "what is uncertain or silent": _median(_settle),
        "how long everybody waits (/readyz)": _median(_waiting),
    }


def _report() -> None:
    from database import db
    from messaging import reports
    from models import Message

    query = Message.select(Message.id).where(Message.state == "sending")
    message = query.order_by(Message.id.desc()).first()
    with db.atomic():
        reports.take_in([reports.Report(message.id, f"SMreport{message.id}", "delivered", None)])


def _arrive() -> None:
    from bot import arrivals

    arrivals.store(arrivals.inbound(_fields("when are you open?")))


def _answered() -> None:
    """Nobody waits any more."""
    from models import InboundMessage

    InboundMessage.update(state="answered").where(InboundMessage.state == "waiting").execute()


def _sweep() -> None:
    from workers.jobs import sweep

    sweep.run()


def _settle() -> None:
    from messaging import reconcile
    from messaging.channels.twilio import TwilioChannel

    # It has nobody to ask for: looking costs nothing but the look.
    reconcile.settle(TwilioChannel())
    reconcile.follow(TwilioChannel())


def _waiting() -> None:
    from messaging import waiting

    waiting.oldest_unanswered()
    waiting.oldest_overdue()
    waiting.oldest_uncertain()


def _median(work: Callable[[], object], prepare: Callable[[], object] = lambda: None) -> Took:
    took = []
    for _ in range(RUNS):
        prepare()
        paced = _timed(_arithmetic)
        took.append(Took(_timed(work), (paced + _timed(_arithmetic)) / 2))
    return Took(*(statistics.median(each) for each in zip(*took[1:], strict=True)))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _arithmetic() -> int:
    return sum(number * number for number in range(20_000))


def _shop() -> None:
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


def _leave_room(company: "Company", sender: "Sender") -> None:
    """What is made by the work itself gets ids beyond all that is filled in."""
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


def _due() -> None:
    """Fifty reminders of people who have not been written to lately fall due."""
    from clock import now
    from models import Message

    old = now() - timedelta(days=300)
    Message.update(state="delivered", claimed_at=old, send_after=old).where(
        Message.state.in_(["sending", "queued"])
    ).execute()
    newest, _ = _filled[-1]
    ids = list(range(newest - 49, newest + 1))
    Message.update(state="queued", send_after=now()).where(Message.id.in_(ids)).execute()


# How many messages and phones were filled in, each time; their ids reach so far.
_filled: list[tuple[int, int]] = []
_written_so_far = iter(range(10**9))


def _fields(body: str, staff: bool = False) -> dict[str, object]:
    number = 9_700_000_000 if staff else 9_800_000_000 + next(_written_so_far) % 200
    return {
        "provider_id": f"SMwritten{time.monotonic_ns()}",
        "from_address": f"+91{number}",
        "to_address": "+912200000001",
        "body": body,
    }


def _written(body: str, staff: bool = False) -> None:
    """Somebody who has been written to, or somebody who works here, writes that."""
    from models import InboundMessage

    _answered()
    InboundMessage.create(**_fields(body, staff))


def _fill(messages: int, phones: int) -> None:
    """Add rows until there are so many, each kind with one statement."""
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


if __name__ == "__main__":
    main()
