"""Jobs asked for by name, after the transaction that wants them; Redis only carries wake-ups."""

import logging
from functools import lru_cache

import redis
from rq import Queue

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
    "sweep": "worker",
    # What asks Twilio may have to wait for it; nobody waits for an answer here.
    "settle_sends": "sender",
    "find_missed": "background",
    "refills_due": "worker",
    "follow_ups_due": "worker",
    "assign_contacts": "worker",
    "template_status": "background",
    "prune": "background",
}

# A wake-up that is waiting to be worked is not asked for again; after this many seconds it counts as lost.
_WAKE_LASTS = 20

# Seconds after which RQ ends a job: imports and reports may take long, nothing else does.
_TIMEOUT = {"background": 3600}
_TIMEOUT_OF_OTHERS = 300


@lru_cache(maxsize=1)
def connection() -> redis.Redis:
    """The connection of this process to Redis; starts our own server where no address is set."""
    from workers import valkey

    return redis.Redis.from_url(
        config.REDIS_URL or valkey.address(), socket_timeout=None, socket_connect_timeout=3
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


def wake_all() -> None:
    """Ask for one run of every job, because the time itself has changed."""
    for job in QUEUE_OF:
        wake(job)


def began(job: str) -> None:
    """From now on a wake-up asks for another run: what comes in after this may be
    missed by the present one."""
    connection().delete(f"waiting:{job}")


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


def queue(name: str) -> Queue:
    """The queue of that process; JSON, because pickle would let whoever writes to Redis run code here."""
    return Queue(name, connection=connection(), serializer="json")
