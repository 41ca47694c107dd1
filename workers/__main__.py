"""`python -m workers worker|sender|background|clock`: one process with one queue, or the clock."""

import logging
import sys
import time

import redis
from rq import Queue, SimpleWorker, Worker
from rq.worker import BaseWorker

import config
import database
import logs
from workers import queues, schedule

log = logging.getLogger("workers")

# What answers people and what delivers keep their connections; imports and reports run in a child of their
# own.
_WORKERS: dict[str, type[BaseWorker]] = {"worker": SimpleWorker, "sender": SimpleWorker, "background": Worker}

# Seconds before a lost connection to Redis is tried again.
_PAUSE = 1


def main(role: str) -> None:
    """Run that process until it is told to stop."""
    logs.set_up(role)
    config.check()
    database.connect()
    if role == "clock":
        schedule.run_for_ever()
    elif role in _WORKERS:
        _work(role)
    else:
        sys.exit(f"There is no process {role}: worker, sender, background or clock.")


def _work(role: str) -> None:
    """Work until asked to stop; RQ's own loop ends at the first trouble with Redis as well."""
    _import_jobs(role)
    _catch_up(role)
    while not _works_until_asked_to_stop(role):
        log.warning("Redis does not answer; trying again")
        time.sleep(_PAUSE)


def _catch_up(role: str) -> None:
    """Ask for everything this process does: whoever did it before may have died, its wake-ups with it."""
    for job, queue in queues.QUEUE_OF.items():
        if queue == role:
            queues.began(job)
            queues.wake(job)


def _works_until_asked_to_stop(role: str) -> bool:
    worker = None
    try:
        worker = _worker(role)
        worker.work(logging_level="WARNING")
    except redis.exceptions.RedisError as trouble:
        log.warning("the queue is gone: %s", type(trouble).__name__)
    return worker is not None and worker._shutdown_requested_date is not None


def _worker(role: str) -> BaseWorker:
    queue: Queue = queues.queue(role)
    worker = _WORKERS[role]([queue], connection=queues.connection(), serializer="json")
    # RQ would wait for up to a minute after Redis is back.
    worker.max_connection_wait_time = _PAUSE
    return worker


def _import_jobs(role: str) -> None:
    # Loaded once here, or every forked job would import all of it anew.
    import importlib

    for job, queue in queues.QUEUE_OF.items():
        if queue == role:
            importlib.import_module(f"workers.jobs.{job}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
