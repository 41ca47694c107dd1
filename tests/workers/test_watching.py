"""Whoever watches sees what waits, runs and fails in each queue, by name and time and nothing else."""

import json
from dataclasses import asdict
from datetime import timedelta

from rq import Worker

import config
from clock import machine_now
from tests.workers import failing
from workers import queues, watching


def _seen(name):
    return next(queue for queue in watching.look() if queue.name == name)


def test_each_queue_stands_there_even_when_nothing_waits(database_url, redis_url):
    assert {queue.name for queue in watching.look()} == set(queues.QUEUE_OF.values())
    seen = _seen("sender")
    assert (seen.waiting, seen.oldest, seen.running, seen.failures, seen.processes) == (0, None, [], 0, 0)


def test_what_waits_is_counted_with_the_age_of_the_oldest(database_url, redis_url):
    first, _ = failing.put("sender"), failing.put("sender")
    first.enqueued_at -= timedelta(minutes=7)
    first.save()
    assert _seen("sender").waiting == 2
    assert 420 <= _seen("sender").oldest < 430


def test_what_failed_is_named_without_a_word_of_the_error(database_url, redis_url):
    failing.put("worker")
    failing.work("worker")
    seen = _seen("worker")
    assert (seen.failures, [job.name for job in seen.failed]) == (1, ["failing"])
    assert machine_now() - seen.failed[0].at < timedelta(minutes=1)
    assert failing.NUMBER not in json.dumps(asdict(seen), default=str)


def test_of_many_failures_the_newest_are_named(database_url, redis_url, monkeypatch):
    monkeypatch.setattr(watching, "NAMED", 2)
    for _ in range(3):
        failing.put("worker")
        failing.work("worker")
    seen = _seen("worker")
    assert (seen.failures, len(seen.failed)) == (3, 2)
    assert seen.failed[0].at > seen.failed[1].at
    assert seen.failed_within(timedelta(hours=1)) == seen.failed
    assert seen.failed_within(timedelta()) == []


def test_what_runs_and_who_works_is_seen(database_url, redis_url):
    job = failing.put("background")
    worker = Worker([queues.queue("background")], connection=queues.connection(), serializer="json")
    worker.register_birth()
    worker.prepare_execution(job)
    seen = _seen("background")
    worker.register_death()
    assert ([each.name for each in seen.running], seen.processes) == (["failing"], 1)
    assert _seen("background").processes == 0


def test_without_redis_nobody_can_tell(monkeypatch):
    monkeypatch.setattr(config, "REDIS_URL", "redis://127.0.0.1:9")
    queues.connection.cache_clear()
    assert watching.look() is None
    queues.connection.cache_clear()
