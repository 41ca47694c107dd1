"""How many requests a token, and how many tokens in vain an address, may send in a minute.

Counted in Redis, and not while it is away.
"""

import ipaddress
import logging
import time
from functools import lru_cache

from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

import company_settings
from api.contract.errors import Refused
from api.contract.types import Caller
from workers import queues

log = logging.getLogger(__name__)

# Requests without a valid token that one address may send in a minute: as many as a token has, unless set.
IN_VAIN: int = company_settings.SETTINGS["api_requests_a_minute"].default

# Whoever has one IPv6 address has all of its network.
_NETWORK = 64

# Seconds for which nobody asks a Redis that did not answer.
_REST = 10

_away_until = 0.0


def check(caller: Caller) -> None:
    """Count this request; raises `Refused` 429 with `Retry-After` when it is one too many."""
    _count(f"staff:{caller.staff.id}", company_settings.get(caller.company, "api_requests_a_minute"))


def check_stranger(address: str) -> None:
    """Count a request from this address without a valid token; raises `Refused` 429 when it is one too many.

    Asked once the token has turned out to be none: whoever has a valid one is never refused for others who
    share the address, or come through the same proxy.
    """
    _count(f"address:{_network_of(address)}", IN_VAIN)


def _network_of(address: str) -> str:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, _NETWORK), strict=False))


def _count(who: str, most: int) -> None:
    global _away_until
    if time.monotonic() < _away_until:
        return
    allowed = RateLimitItemPerMinute(most)
    try:
        if not _limiter().hit(allowed, who):
            again_at = _limiter().get_window_stats(allowed, who).reset_time
            raise Refused(429, Retry_After=str(max(1, round(again_at - time.time()))))
    except StorageError:
        _away_until = time.monotonic() + _REST
        log.warning("Redis does not answer; requests are not counted for a while")


@lru_cache(maxsize=1)
def _limiter() -> SlidingWindowCounterRateLimiter:
    pool = queues.connection().connection_pool
    storage = RedisStorage("redis://", connection_pool=pool, key_prefix="requests", wrap_exceptions=True)
    return SlidingWindowCounterRateLimiter(storage)
