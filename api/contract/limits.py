"""How many requests a token may send in a minute; counted in Redis, and not while it is away."""

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

# Seconds for which nobody asks a Redis that did not answer.
_REST = 10

_away_until = 0.0


def check(caller: Caller) -> None:
    """Count this request; raises `Refused` 429 with `Retry-After` when it is one too many."""
    global _away_until
    if time.monotonic() < _away_until:
        return
    allowed = RateLimitItemPerMinute(company_settings.get(caller.company, "api_requests_a_minute"))
    who = f"staff:{caller.staff.id}"
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
