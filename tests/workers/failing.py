"""Jobs for the queues, as a worker runs them: one goes wrong with somebody's words, one rests."""

import signal
from typing import Any

from rq import SimpleWorker

from workers import queues

NUMBER = "+919876500001"


def run() -> None:
    """Fail as a database does, with the values in the words."""
    raise ValueError(f"Key (phone)=({NUMBER}) has diabetes")


def put(queue: str, **options: Any) -> Any:
    """A job that will fail, waiting in that queue."""
    return queues.queue(queue).enqueue("tests.workers.failing.run", failure_ttl=86_400, **options)


def work(queue: str) -> None:
    """Do what waits there, and end."""
    worker = SimpleWorker([queues.queue(queue)], connection=queues.connection(), serializer="json")
    ours = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        worker.work(burst=True)
    finally:
        # It listens to them for itself; nobody could stop the tests any more.
        for number, listener in ours.items():
            signal.signal(number, listener)
