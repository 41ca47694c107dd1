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
from typing import NamedTuple

from bench import desk, growth_shop

FEW = (1_000, 200)
MANY = 1_000_000
RUNS = 15

_CALL = "log call {} answered notes all is well"


class Took(NamedTuple):
    """Milliseconds of a piece of work, and of the arithmetic beside it."""

    work: float
    pace: float


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
        growth_shop.open_shop()
        growth_shop.fill(*FEW)
        _times()  # What is loaded on its first use would make little stored look slow.
        before = _times()
        began = time.monotonic()
        growth_shop.fill(many, many // 5)
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
        paced = desk.pace()
        took.append(Took(_timed(work), (paced + desk.pace()) / 2))
    return Took(*(statistics.median(each) for each in zip(*took[1:], strict=True)))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _due() -> None:
    """Fifty reminders of people who have not been written to lately fall due."""
    from clock import now
    from models import Message

    old = now() - timedelta(days=300)
    Message.update(state="delivered", claimed_at=old, send_after=old).where(
        Message.state.in_(["sending", "queued"])
    ).execute()
    Message.update(state="queued", send_after=now()).where(
        Message.id.in_(growth_shop.last_messages(50))
    ).execute()


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


if __name__ == "__main__":
    main()
