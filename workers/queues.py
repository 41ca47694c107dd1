"""Jobs asked for by name, after the transaction that wants them; Redis only carries wake-ups."""

import logging
import threading
import time
from functools import lru_cache

import redis
from rq import Queue, Worker

import config
from database import db

log = logging.getLogger(__name__)

# One queue per process: RQ then takes jobs from it crash-safely (ENGINEERING §1).
QUEUE_OF = {
    "answer_messages": "worker",
    "send_messages": "sender",
    "note_outcomes": "worker",
    "import_sheets": "background",
    "send_materials": "background",
    "fetch_pictures": "background",
    "care_due": "worker",
    "finish_erasures": "background",
    "sweep": "worker",
    # What asks Twilio may have to wait for it; nobody waits for an answer here.
    "settle_sends": "sender",
    "find_missed": "background",
    "refills_due": "worker",
    "follow_ups_due": "worker",
    "assign_contacts": "worker",
    "prepare_scripts": "background",
    "redact": "background",
    # Programs of others may be slow; nobody waits for them here.
    "call_webhooks": "background",
    "template_status": "background",
    "daily_summary": "background",
    "draw_reports": "background",
    "keep_coverage": "background",
    "prune": "background",
}

# A wake-up that is waiting to be worked is not asked for again; after this many seconds it counts as lost.
_WAKE_LASTS = 20

# Seconds in which Redis has to answer; RQ gives itself longer where it waits for work.
_ANSWERS_WITHIN = 3

# Seconds between two times that one process asks for the same job, where it asks very often.
_PAUSE = 0.02

# Seconds after which RQ ends a job: imports and reports may take long, nothing else does.
_TIMEOUT = {"background": 3600}
_TIMEOUT_OF_OTHERS = 300


@lru_cache(maxsize=1)
def connection() -> redis.Redis:
    """The connection of this process to Redis; starts our own server where no address is set."""
    from workers import valkey

    return redis.Redis.from_url(
        config.REDIS_URL or valkey.address(), socket_timeout=_ANSWERS_WITHIN, socket_connect_timeout=3
    )


def redis_answers() -> bool:
    """Whether Redis is there at all."""
    try:
        return bool(connection().ping())
    except redis.exceptions.RedisError:
        return False


def wake(job: str) -> None:
    """Ask for one run of `job` once the current transaction has committed.

    Wake-ups are coalesced: one waiting job serves everything that came in meanwhile. Losing one is no harm, a
    sweep each minute finds what was left (DESIGN §5).
    """
    db.after_commit(lambda: _enqueue(job))


def wake_soon(job: str) -> None:
    """The same for doors that are called a thousand times a second: this process asks Redis at most once in
    `_PAUSE`, and for all that committed before it asks."""
    db.after_commit(lambda: _bell.ring(job))


def lengths() -> dict[str, int]:
    """How many jobs wait in each queue; empty while Redis is away."""
    try:
        return {name: queue(name).count for name in sorted(set(QUEUE_OF.values()))}
    except redis.exceptions.RedisError:
        return {}


def unattended() -> list[str]:
    """The queues nobody works on; none while Redis is away, because then nobody can tell."""
    try:
        names = sorted(set(QUEUE_OF.values()))
        return [name for name in names if not Worker.count(queue=queue(name))]
    except redis.exceptions.RedisError:
        return []


def wake_all() -> None:
    """Ask for one run of every job, because the time itself has changed."""
    for job in QUEUE_OF:
        wake(job)


def began(job: str) -> None:
    """From now on a wake-up asks for another run: what comes in after this may be
    missed by the present one."""
    try:
        connection().delete(f"waiting:{job}")
    except redis.exceptions.RedisError:
        log.warning("Redis does not answer; %s goes on without it", job)


def _enqueue(job: str) -> None:
    try:
        if connection().set(f"waiting:{job}", 1, nx=True, ex=_WAKE_LASTS):
            name = QUEUE_OF[job]
            queue(name).enqueue(
                f"workers.jobs.{job}.run",
                job_timeout=_TIMEOUT.get(name, _TIMEOUT_OF_OTHERS),
                result_ttl=0,
                failure_ttl=86_400,
            )
    except redis.exceptions.RedisError:
        log.warning("Redis did not take the wake-up for %s; the sweep will find the work", job)


class _Bell:
    """Asks at once, or for all who ring meanwhile once the pause is over: always after the ring."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rang_at: dict[str, float] = {}
        self._timers: set[str] = set()

    def ring(self, job: str) -> None:
        with self._lock:
            if job in self._timers:
                return
            pause = self._rang_at.get(job, 0) + _PAUSE - time.monotonic()
            if pause > 0:
                self._timers.add(job)
                threading.Timer(pause, self._ring_now, [job]).start()
                return
        self._ring_now(job)

    def _ring_now(self, job: str) -> None:
        with self._lock:
            # Who rings from now on may have committed too late for this one.
            self._timers.discard(job)
            self._rang_at[job] = time.monotonic()
        _enqueue(job)


_bell = _Bell()


def queue(name: str) -> Queue:
    """The queue of that process; JSON, because pickle would let whoever writes to Redis run code here."""
    return Queue(name, connection=connection(), serializer="json")
