"""Jobs are asked for after the commit, and as seldom as does no harm."""

import threading

from database import db
from tests.simulator.running import eventually
from workers import queues


def _take_all():
    """Start the waiting jobs, as a worker does; returns how many there were."""
    count = queues.queue("worker").count
    queues.queue("worker").empty()
    queues.began("note_outcomes")
    return count


def test_a_wake_up_goes_out_with_the_commit_and_not_before(database_url, redis_url):
    with db.atomic():
        queues.wake("note_outcomes")
        assert _take_all() == 0
    assert _take_all() == 1


def test_what_was_taken_back_wakes_nobody(database_url, redis_url):
    with db.atomic() as transaction:
        queues.wake("note_outcomes")
        queues.wake_soon("note_outcomes")
        transaction.rollback()
    assert _take_all() == 0


def test_who_rings_very_often_is_heard_after_the_last_ring(database_url, redis_url, monkeypatch):
    monkeypatch.setattr(queues, "_bell", queues._Bell())
    queues.wake_soon("note_outcomes")
    assert _take_all() == 1
    for _ in range(50):
        queues.wake_soon("note_outcomes")
    assert eventually(_take_all) == 1


def test_many_threads_that_ring_make_few_wake_ups_and_none_is_lost(database_url, redis_url, monkeypatch):
    asked = []
    monkeypatch.setattr(queues, "_bell", queues._Bell())
    monkeypatch.setattr(queues, "_enqueue", asked.append)

    def ring():
        for _ in range(100):
            queues.wake_soon("note_outcomes")
        db.close()

    threads = [threading.Thread(target=ring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before = len(asked)
    queues.wake_soon("note_outcomes")
    assert eventually(lambda: len(asked) > before or not queues._bell._timers)
    assert 1 <= len(asked) < 800


def test_each_job_rings_for_itself(database_url, redis_url, monkeypatch):
    asked = []
    monkeypatch.setattr(queues, "_bell", queues._Bell())
    monkeypatch.setattr(queues, "_enqueue", asked.append)
    queues.wake_soon("note_outcomes")
    queues.wake_soon("answer_messages")
    assert asked == ["note_outcomes", "answer_messages"]
