"""How many requests of Twilio's the web server takes, against a bare Flask view on the same server.

    python -m bench.webhook [sqlite|postgresql]

The bare view checks the signature and does one insert of three columns, once as durable as ours and
once (on SQLite) as fast as a power cut allows to forget. The load comes from one process with 16
connections on the same two cores, requests are signed beforehand. Those who come at the same time share a
commit, so that reaching the disk costs ours hardly anything; the processor is what bounds it. Last, alone
on the machine (load 0.9 and 1.2 on 2 cores), requests a second:

    SQLite      bare view 1404 as durable as ours, 2662 forgetful
                ours 1918 (1.37 and 0.72 of them), reports 1574; at 959 a second p99 is 13 ms
    PostgreSQL  bare view 1649; ours 1625 (0.99 of it), reports 1225; at 813 a second p99 is 59 ms

An hour earlier it went faster by a half: bare view 1589, 4313 and 2349, ours 2643 and 2204.
The same application under gunicorn's threads took 1894 where granian took 2186.
"""

import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from bench import desk
from bench.desk import Desk
from bench.sending import NO_LIMIT, fill, web_command

CONNECTIONS = 16
TOKEN = "token of the bench"
COUNT = 4000
STATUSES = ("sent", "delivered", "read")


def main() -> None:
    """Run for the databases named, each in a process of its own."""
    if len(sys.argv) > 2:
        measure(sys.argv[1])
        return
    for database in sys.argv[1:] or desk.DATABASES:
        subprocess.run([sys.executable, "-m", "bench.webhook", database, "alone"], check=True)


def measure(database: str) -> None:
    """Print a line for each case."""
    with desk.opened(database) as opened:
        print(f"{database}, {desk.load()}")
        floor = _bare(opened, "full" if database == "sqlite" else "")
        if database == "sqlite":
            _bare(opened, "normal")
        fill(NO_LIMIT, COUNT // 2)
        _sent()
        web = opened.start(web_command(), f"{opened.web}/healthz")
        ours = _told("inbound, ours", opened.web, list(_messages(opened.web, "SM")), floor)
        _told("reports, ours", opened.web, list(_reports(opened.web, COUNT // 2)), floor)
        _told("inbound, ours", opened.web, list(_messages(opened.web, "SL")), floor, rate=ours / 2)
        opened.end(web)


def _bare(opened: Desk, synchronous: str) -> float:
    address = f"http://127.0.0.1:{desk.free_port()}"
    command = web_command().replace(" app:serve ", " bench.bare:create_app ")
    command = command.replace("${PORT:-8000}", address.rpartition(":")[2])
    settings = f"env BARE_URL={address} BARE_SYNCHRONOUS={synchronous or '-'} "
    bare = opened.start(settings + command, f"{address}/")
    name = f"bare view {synchronous}"
    rate = _told(name, address, list(_messages(address, f"SB{synchronous}")))
    opened.end(bare)
    return rate


def _told(name: str, address: str, requests: list[bytes], floor: float = 0, rate: float = 0) -> float:
    times, seconds = asyncio.run(_load(address, requests, rate))
    times.sort()
    reached = len(requests) / seconds
    median, late = times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000
    ratio = f"{reached / floor:.2f} x floor" if floor else "(floor)"
    at = f"at {rate:.0f}/s" if rate else "as fast as possible"
    print(f"  {name:18} {at:20} {reached:6.0f}/s  p50 {median:5.1f} ms  p99 {late:5.1f} ms  {ratio}")
    return reached


async def _load(address: str, requests: list[bytes], rate: float) -> tuple[list[float], float]:
    """Send all requests over a few connections, `rate` a second if any; the time each took, and all."""
    waiting = iter(enumerate(requests))
    began = time.monotonic()
    times: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(address).port)
        for number, each in waiting:
            due = began + number / rate if rate else 0
            if due > time.monotonic():
                await asyncio.sleep(due - time.monotonic())
            at = due or time.monotonic()
            writer.write(each)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.split(b" ", 2)[1] in (b"200", b"204"), head
            if length := _length(head):
                await reader.readexactly(length)
            times.append(time.monotonic() - at)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return times, time.monotonic() - began


def _messages(address: str, prefix: str) -> Iterator[bytes]:
    for number in range(COUNT):
        form = {
            "MessageSid": f"{prefix}{number:032d}",
            "AccountSid": "AC" + "0123456789abcdef" * 2,
            "From": f"whatsapp:+9198{number % 500:08}",
            "To": "whatsapp:+912200000001",
            "Body": "Can I have my medicines tomorrow please?",
            "ProfileName": "Ravi",
            "NumMedia": "0",
            "WaId": f"9198{number % 500:08}",
            "SmsStatus": "received",
        }
        yield _request(address, "/whatsapp/inbound", form)


def _reports(address: str, count: int) -> Iterator[bytes]:
    """Three for each message, those of one in order and well apart."""
    order = [(number, status) for number in range(1, count + 1) for status in STATUSES]
    order.sort(key=lambda each: each[0] + 50 * STATUSES.index(each[1]) + random.random())
    for number, status in order:
        form = {"MessageSid": f"SM{number:032x}", "MessageStatus": status}
        yield _request(address, f"/whatsapp/status?message={number}", form)


def _sent() -> None:
    from models import Message

    Message.update(state="sending").execute()


def _request(address: str, path: str, form: dict[str, str]) -> bytes:
    signature = RequestValidator(TOKEN).compute_signature(address + path, form)
    body = urlencode(form)
    return (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\nX-Twilio-Signature: {signature}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


if __name__ == "__main__":
    main()
