"""The clock asks for what is due, once for all clocks, whatever the machine's time does."""

from datetime import timedelta

import pytest

import clock
import config
from desk_tables import Tick
from workers import __main__ as workers
from workers import queues, schedule


@pytest.fixture(autouse=True)
def everything(database_url, redis_url):
    """A database and a Redis with nothing in them."""


def test_each_job_is_asked_for_once_until_it_is_due_again():
    assert set(schedule.tick()) == set(schedule.EVERY)
    assert schedule.tick() == []


def test_two_clocks_ask_once():
    asked = [*schedule.tick(), *schedule.tick()]
    assert sorted(asked) == sorted(schedule.EVERY)


def test_after_a_day_of_standing_still_each_job_is_asked_for_once():
    schedule.tick()
    Tick.update(ran_at=clock.machine_now() - timedelta(days=1)).execute()
    assert set(schedule.tick()) == set(schedule.EVERY)
    assert schedule.tick() == []


def test_a_machine_whose_clock_was_put_back_does_not_stand_still():
    schedule.tick()
    Tick.update(ran_at=clock.machine_now() + timedelta(days=1)).execute()
    assert set(schedule.tick()) == set(schedule.EVERY)


def test_without_redis_the_ticks_go_on(monkeypatch, caplog):
    monkeypatch.setattr(config, "REDIS_URL", "redis://127.0.0.1:9")
    queues.connection.cache_clear()
    assert set(schedule.tick()) == set(schedule.EVERY)
    assert "the sweep will find the work" in caplog.text
    queues.connection.cache_clear()


def test_whoever_starts_asks_for_all_its_jobs_though_a_wake_up_was_lost():
    queues.wake("send_messages")
    queues.queue("sender").empty()
    queues.wake("send_messages")
    assert queues.queue("sender").count == 0
    workers._catch_up("sender")
    jobs = {job for job, queue in queues.QUEUE_OF.items() if queue == "sender"}
    assert queues.queue("sender").count == len(jobs)
