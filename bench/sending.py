"""How fast the outbox empties, everything recorded durably, against only making the requests.

    python -m bench.sending [sqlite|postgresql]

Real sender processes, a Valkey, and a mock of Twilio that answers after 50 or 150 ms, all on this machine.
The floor is our channel with as many threads in one process and no database. Last, alone on 2 cores (load
0.7 and 1.7), while the machine went at half its pace, SQLite / PostgreSQL, messages a second:

     50 ms  floor 1386 / 1100     1 sender 619 / 478
    150 ms  floor 1011 /  996     1 sender 715 / 486      2 senders 869 / 719
    150 ms  limited to 80: 80.7 / 80.5 by one sender, 80.6 / 80.7 by two together
    150 ms  with three reports each, limited to 300: 248 / 162; no limit: 260 / 208

At its full pace, before that: floor 2160 / 2404, 1 sender 1155 / 1053; at 150 ms 993 / 959 and 1703 / 1517;
with reports 302 / 292 of 300, and 481 / 345.

At 150 ms one sender is bound by its threads (160 / 0.15 s = 1067). With reports the two cores are: of each
message's 2.9 / 3.7 ms the web processes take 2.0 / 2.6, the sender 0.6 / 0.7 and the mock 0.4.
"""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench import desk
from bench.desk import Desk

# No sender is so fast.
NO_LIMIT = 1_000_000
# In reality sends are much slower than here: nobody waits for the first connections.
FLOOR = 2000


def main() -> None:
    """Run for the databases named, each in a process of its own."""
    if len(sys.argv) > 2:
        measure(sys.argv[1])
        return
    for database in sys.argv[1:] or desk.DATABASES:
        subprocess.run([sys.executable, "-m", "bench.sending", database, "alone"], check=True)


def measure(database: str) -> None:
    """Print a line for each case."""
    with desk.opened(database) as opened:
        print(f"{database}, {desk.load()}")
        floors = {delay: _floor(opened, delay) for delay in (50, 150)}
        for delay, senders, count in ((50, 1, 2000), (150, 1, 2000), (150, 2, 3000)):
            _as_fast_as_possible(opened, delay, senders, count, floors[delay])
        for senders in (1, 2):
            _limited(opened, senders, rate=80, count=480)
        for rate in (300, NO_LIMIT):
            _with_reports(opened, rate, count=1500)


def _floor(opened: Desk, delay: int) -> float:
    from messaging.channels.base import Outgoing
    from messaging.channels.twilio import TwilioChannel
    from messaging.delivery import THREADS, account_of
    from models import Sender

    stand_in = opened.stand_in(delay)
    channel, account = TwilioChannel(), account_of(Sender())
    outgoing = Outgoing(account, "+912200000001", "+919876543210", "http://callback", body="word " * 30)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(channel.send, [outgoing] * FLOOR))
    rate = _rate(opened.figures()["moments"])
    print(f"  {delay:3} ms  only requests, 1 process       {rate:6.0f}/s  (floor)")
    opened.end(stand_in)
    return rate


def _as_fast_as_possible(opened: Desk, delay: int, senders: int, count: int, floor: float) -> None:
    stand_in = opened.stand_in(delay)
    fill(NO_LIMIT, count)
    used, figures = _sent(opened, senders, count)
    rate = _rate(figures["moments"])
    print(
        f"  {delay:3} ms  {senders} sender{'s' * (senders > 1):1}, no limit           {rate:6.0f}/s  "
        f"{rate / floor:.2f} x floor  {used * 1000 / count:.2f} ms processor time each  {_twice(figures)}"
    )
    opened.end(stand_in)


def _limited(opened: Desk, senders: int, rate: int, count: int) -> None:
    stand_in = opened.stand_in(150)
    fill(rate, count)
    _, figures = _sent(opened, senders, count)
    moments = figures["moments"]
    settled = [each for each in moments if each > 1]
    busiest = max(sum(begin <= each < begin + 1 for each in moments) for begin in moments)
    print(
        f"  150 ms  {senders} sender{'s' * (senders > 1):1}, limited to {rate}       "
        f"{_rate(settled):6.1f}/s  over {moments[-1]:.1f} s without the first, "
        f"{busiest} in the busiest second  {_twice(figures)}"
    )
    opened.end(stand_in)


def _with_reports(opened: Desk, rate: int, count: int) -> None:
    from models import Message

    token = "token of the bench"
    stand_in = opened.stand_in(150, token)
    web = opened.start(web_command(), f"{opened.web}/healthz")
    fill(rate, count)
    before = desk.seconds_of(web)
    used, figures = _sent(opened, 1, count)

    def all_reported() -> bool:
        return bool(opened.figures()["reported"] >= 3 * count)

    desk.wait_until(all_reported, 60, every=0.2)
    web_used = desk.seconds_of(web) - before
    mock_used = desk.seconds_of(stand_in)
    figures = opened.figures()
    read = Message.select().where(Message.state == "read").count()
    name = f"limited to {rate}" if rate < NO_LIMIT else "no limit"
    print(
        f"  150 ms  sender and 3 reports, {name:15} {count / figures['reported_for']:6.0f}/s  "
        f"sent at {_rate(figures['moments']):.0f}/s; {read} of {count} read, {figures['refused']} refused; "
        f"processor ms each: sender {used * 1000 / count:.2f}, web {web_used * 1000 / count:.2f}, "
        f"mock {mock_used * 1000 / count:.2f}  {_twice(figures)}"
    )
    opened.end(stand_in, web)


def _sent(opened: Desk, senders: int, count: int) -> tuple[float, Any]:
    """Start the senders, then let everything go; returns their processor time and the mock's figures."""
    from database import db
    from models import Message
    from workers import queues

    processes = [opened.start(f"{sys.executable} -m workers sender") for _ in range(senders)]
    desk.wait_until(lambda: len(queues.connection().smembers("rq:workers")) >= senders)
    time.sleep(0.5)
    before = sum(map(desk.seconds_of, processes))
    queues.wake("send_messages")
    desk.wait_until(lambda: opened.figures()["count"] >= count, 30, every=0.5)
    recorded = Message.select().where(Message.state.in_(["sent", "delivered", "read"]))
    desk.wait_until(lambda: recorded.count() == count, 30)
    used = sum(map(desk.seconds_of, processes)) - before
    opened.end(*processes)
    queues.connection().flushall()
    if not db.is_closed():
        db.close()
    return used, opened.figures()


def fill(rate: int, count: int) -> None:
    """A pharmacy with `count` people, each of whom is to be reminded now, as approved template."""
    import desk_tables
    import models
    from clock import now
    from models import ApprovedTemplate, Company, Message, Phone, Sender
    from statements import insert_in_bulk

    for table in (*desk_tables.TABLES, *reversed(models.TABLES)):
        table.delete().execute()
    settings = {"rate": rate, "quiet_hours": None, "daily_limit": None}
    company = Company.create(name="Bench Medicals", settings=settings)
    sender = Sender.create(company=company, address="+912200000001")
    ApprovedTemplate.create(
        company=company, name="refill_due", language="en", content_id="HX1", status="approved"
    )
    numbers = range(1, count + 1)
    addresses = [(n, company.id, f"+9198{n:08}", True, "unknown", False, False) for n in numbers]
    insert_in_bulk(
        [
            Phone.id,
            Phone.company,
            Phone.address,
            Phone.reminders_allowed,
            Phone.reach,
            Phone.wrong_number,
            Phone.speaks_as_customer,
        ],
        addresses,
    )
    words = Message.facts.db_value({"1": "Ravi", "2": "26 Feb", "3": "Bench Medicals"})
    body = Message.body.db_value("word " * 30)
    first: list[Any] = [
        Message.company,
        Message.phone,
        Message.sender,
        Message.key,
        Message.kind,
        Message.template,
    ]
    fields = [*first, Message.language, Message.facts, Message.body, Message.state, Message.priority]
    at = Message.created_at.db_value(now())
    said = ("reminder", "refill_due", "en", words, body, "queued", 5, at, 0, at)
    rows = [(company.id, n, sender.id, f"bench:{n}", *said) for n in numbers]
    insert_in_bulk([*fields, Message.send_after, Message.attempts, Message.created_at], rows)


def web_command() -> str:
    import config

    lines = (config.ROOT / "Procfile").read_text().splitlines()
    line = next(line for line in lines if line.startswith("web:")).partition(":")[2].strip()
    return line.replace("granian", f"{sys.executable} -m granian", 1)


def _rate(moments: list[float]) -> float:
    return (len(moments) - 1) / (moments[-1] - moments[0])


def _twice(figures: Any) -> str:
    return f"{figures['twice']} twice" if figures["twice"] else "each once"


if __name__ == "__main__":
    main()
