"""One call to a program of somebody else's: signed, to an address that may be called, and to no other."""

import base64
import hashlib
import hmac
import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

import config

# Seconds in which a program has to answer.
_PATIENCE = urllib3.Timeout(connect=5, read=10)


class Forbidden(Exception):
    """An address that may not be called; the message says why."""


@dataclass(frozen=True)
class Answered:
    """`status` is 0 when there was no answer; `outcome` says in a few words what happened."""

    status: int
    outcome: str

    @property
    def is_taken(self) -> bool:
        """Any success; where a redirect leads is not asked."""
        return 200 <= self.status < 300


def check(url: str, *, allows_private: bool) -> str:
    """The number of the machine behind `url` that may be called.

    Raises `Forbidden` for anything but https (http to this machine where Twilio is simulated), for names that
    lead nowhere, and for private networks unless they are allowed: who may name an address could else reach
    into ours.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.password:
        raise Forbidden("The address has to be like https://billing.example/hook.")
    is_here = config.SIMULATED and config.is_loopback(url)
    if parts.scheme != "https" and not is_here:
        raise Forbidden("The address has to begin with https://.")
    numbers = _numbers(parts.hostname, parts.port or 443)
    if (
        not is_here
        and not allows_private
        and not all(ipaddress.ip_address(each).is_global for each in numbers)
    ):
        raise Forbidden("The address leads into a private network; --allow-private permits that.")
    return numbers[0]


def post(url: str, event_id: str, body: str, secret: str, *, allows_private: bool) -> Answered:
    """Call once; whatever goes wrong is an answer."""
    try:
        # The number that was checked is the one that is called: a name may lead elsewhere a moment later.
        number = check(url, allows_private=allows_private)
        answer = _pool(url, number).urlopen(
            "POST",
            urlsplit(url)._replace(scheme="", netloc="").geturl() or "/",
            body=body.encode(),
            headers={"Host": urlsplit(url).netloc, **signed(event_id, int(time.time()), body, secret)},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        answer.release_conn()
        return Answered(answer.status, str(answer.status))
    except Forbidden as refusal:
        return Answered(0, str(refusal))
    except HTTPError as trouble:
        return Answered(0, type(trouble).__name__)


def signed(event_id: str, timestamp: int, body: str, secret: str) -> dict[str, str]:
    """The headers by which the receiver knows us: HMAC-SHA256 over id, seconds since 1970 and body."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mark = hmac.new(key, f"{event_id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "RefillDesk",
        "webhook-id": event_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }


def _numbers(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Forbidden(f"Nobody knows {host}.") from None
    return [str(each[4][0]) for each in found]


def _pool(url: str, number: str) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(url)
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(number, parts.port or 80, timeout=_PATIENCE)
    return urllib3.HTTPSConnectionPool(
        number,
        parts.port or 443,
        timeout=_PATIENCE,
        cert_reqs="CERT_REQUIRED",
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )
