"""The clock's ticks: each job in its time, all of them once the clock has jumped."""

import pytest

from workers import schedule


@pytest.fixture(autouse=True)
def servers(database_url: str, redis_url: str) -> None:
    """Every tick is written down, every wake-up goes to a queue."""


def test_the_first_tick_asks_for_everything_and_the_next_for_nothing() -> None:
    assert schedule.tick() == list(schedule.EVERY)
    assert schedule.tick() == []


def test_after_a_jump_of_the_clock_everything_is_asked_for() -> None:
    schedule.tick()
    assert schedule.tick(at_once=True) == list(schedule.EVERY)
