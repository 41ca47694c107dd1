"""A stand-in for Twilio that costs next to nothing: answers each request after a fixed time, and reports.

    python -m bench.twilio PORT MILLISECONDS [TOKEN]

With a token three signed reports follow each message, as fast as they are taken: sent, delivered, read.
`GET /figures` tells what was taken; `GET /forget` begins anew.
"""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import sys
import time
from collections import Counter
from urllib.parse import parse_qs, urlsplit

# Connections on which reports are made, and the reports Twilio makes of a message that is read.
REPORTERS = 12
STATUSES = ("sent", "delivered", "read")


class Figures:
    """What was taken: when each message was, and which of ours came twice."""

    def __init__(self) -> None:
        self.moments: list[float] = []
        self.ours: Counter[str] = Counter()
        self.reported = 0
        self.reported_at = 0.0
        self.refused = 0

    def told(self) -> dict[str, object]:
        moments = self.moments
        return {
            "count": len(moments),
            "moments": [round(each - moments[0], 4) for each in moments],
            "twice": sum(count > 1 for count in self.ours.values()),
            "reported": self.reported,
            "reported_for": self.reported_at - moments[0] if moments else 0,
            "refused": self.refused,
        }


class Mock:
    def __init__(self, delay: float, token: str) -> None:
        self.delay = delay
        self.token = token.encode()
        self.figures = Figures()
        self.numbers = itertools.count(1)
        self.reports: asyncio.Queue[tuple[str, str, str]] = asyncio.Queue()

    def take(self, body: str) -> bytes:
        """Take a message; returns Twilio's answer."""
        callback = parse_qs(body)["StatusCallback"][0]
        name = f"SM{next(self.numbers):032x}"
        self.figures.moments.append(time.monotonic())
        self.figures.ours[callback] += 1
        if self.token:
            for status in STATUSES:
                self.reports.put_nowait((callback, name, status))
        return json.dumps({"sid": name, "status": "queued"}).encode()

    async def report_for_ever(self) -> None:
        """Make the reports that wait, one after the other on a connection of its own."""
        connection = None
        while True:
            callback, name, status = await self.reports.get()
            address = urlsplit(callback)
            if connection is None:
                connection = await asyncio.open_connection(address.hostname, address.port)
            reader, writer = connection
            writer.write(self._request(callback, name, status))
            head = await reader.readuntil(b"\r\n\r\n")
            self.figures.reported += 1
            self.figures.refused += b" 204 " not in head.split(b"\r\n")[0]
            self.figures.reported_at = time.monotonic()

    def _request(self, callback: str, name: str, status: str) -> bytes:
        signed = f"{callback}MessageSid{name}MessageStatus{status}"
        signature = base64.b64encode(hmac.new(self.token, signed.encode(), hashlib.sha1).digest()).decode()
        body = f"MessageSid={name}&MessageStatus={status}"
        address = urlsplit(callback)
        return (
            f"POST {address.path}?{address.query} HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"X-Twilio-Signature: {signature}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


class Connection(asyncio.Protocol):
    def __init__(self, mock: Mock) -> None:
        self.mock = mock
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, end, rest = self.received.partition(b"\r\n\r\n")
        length = _length(head)
        if not end or len(rest) < length:
            return
        self.received = rest[length:]
        self._answer(head.split(b" ", 2)[1].decode(), rest[:length].decode())

    def _answer(self, path: str, body: str) -> None:
        if path == "/figures":
            self._write(200, json.dumps(self.mock.figures.told()).encode())
        elif path == "/forget":
            self.mock.figures = Figures()
            self._write(200, b"{}")
        else:
            answer = self.mock.take(body)
            asyncio.get_running_loop().call_later(self.mock.delay, self._write, 201, answer)

    def _write(self, status: int, body: bytes) -> None:
        head = (
            f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def main(port: int, milliseconds: int, token: str = "") -> None:
    mock = Mock(milliseconds / 1000, token)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(mock), "127.0.0.1", port)
    reporters = [asyncio.create_task(mock.report_for_ever()) for _ in range(REPORTERS)]
    await server.serve_forever()
    await asyncio.gather(*reporters)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
