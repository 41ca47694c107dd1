"""What each queue is doing, for whoever watches the desk: names of jobs and times, nothing about people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import redis
from rq import Queue, Worker
from rq.job import Job

from clock import machine_now
from workers import queues

# Of the jobs that failed, so many are named.
NAMED = 10


@dataclass(frozen=True)
class JobSeen:
    """A job that runs or has failed: `at` is when it began, or ended. Why it failed only the log says, as far
    as it may: an error's words may be somebody's."""

    name: str
    at: datetime


@dataclass(frozen=True)
class QueueSeen:
    """One queue: jobs waiting and the age of the oldest in seconds, those running, the latest that failed
    within a day, newest first, how many failed in all, and how many processes are alive."""

    name: str
    waiting: int
    oldest: float | None
    running: list[JobSeen]
    failed: list[JobSeen]
    failures: int
    processes: int

    def failed_within(self, time: timedelta) -> list[JobSeen]:
        """Those of the named that failed so lately."""
        return [job for job in self.failed if job.at > machine_now() - time]


def look() -> list[QueueSeen] | None:
    """All queues by name; None while Redis is away."""
    try:
        return [_queue(queues.queue(name)) for name in sorted(set(queues.QUEUE_OF.values()))]
    except redis.exceptions.RedisError:
        return None


def _queue(queue: Queue) -> QueueSeen:
    failed = queue.failed_job_registry
    return QueueSeen(
        name=queue.name,
        waiting=queue.count,
        oldest=_oldest(queue),
        running=_jobs(queue.started_job_registry.get_job_ids(cleanup=False)),
        failed=_newest(failed.get_job_ids(0, NAMED - 1, desc=True, cleanup=False)),
        failures=failed.get_job_count(cleanup=False),
        processes=len(Worker.all(queue=queue, serializer="json")),
    )


def _newest(ids: list[str]) -> list[JobSeen]:
    # RQ keeps them by the second in which they will be forgotten.
    return sorted(_jobs(ids), key=lambda job: job.at, reverse=True)


def _oldest(queue: Queue) -> float | None:
    first = _jobs(queue.get_job_ids(0, 1))
    return round((machine_now() - first[0].at).total_seconds(), 1) if first else None


def _jobs(ids: list[str]) -> list[JobSeen]:
    found = Job.fetch_many(ids, queues.connection(), serializer="json")
    return [_seen(job) for job in found if job is not None]


def _seen(job: Job) -> JobSeen:
    at = job.ended_at or job.started_at or job.enqueued_at or job.created_at
    # "workers.jobs.send_messages.run"
    return JobSeen(str(job.func_name).removesuffix(".run").rpartition(".")[2], at)
