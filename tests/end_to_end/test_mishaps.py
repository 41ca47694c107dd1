"""Processes are killed and Redis is emptied in the middle of work: nothing is lost, nothing done twice."""

from collections import Counter

import pytest

from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import CONSENT, materials, set_rate, sheet

pytestmark = pytest.mark.long

BOB, MEERA = "+919820000004", "+919820000002"
COMMANDS = ["whoami", "contact 98210 00000", "refills"]


def test_nothing_is_lost_or_done_twice_when_processes_are_killed(desk: Desk) -> None:
    set_rate(desk, 25)
    people, content = sheet(80)
    desk.say(BOB, "help", "What you can write")
    # Whoever is killed now has messages in the hands of Twilio.
    desk.control("trouble", delay_ms=200)
    desk.attach(BOB, "walk-ins.csv", content, CONSENT)
    killed_and_started(desk, "sender", after=10)
    # Last, because it takes its time to be there again.
    killed_and_started(desk, "web", after=30)
    desk.kill("worker")
    asked = [desk.write(MEERA, command) for command in COMMANDS]
    desk.redis.flushall()
    desk.start("worker")
    desk.hears(MEERA, "Refills due", after=asked[-1], seconds=LONG_PATIENCE)
    wait_until(lambda: set(people) <= set(materials(desk)), LONG_PATIENCE, desk.situation)
    wait_until(desk.is_quiet, LONG_PATIENCE, desk.situation)
    assert desk.sent_twice() == {}
    assert Counter(materials(desk)) == Counter(people)
    assert [answer["body"][:8] for answer in desk.told(MEERA)] == ["You are ", "*Custome", "*Refills"]


def killed_and_started(desk: Desk, name: str, after: int) -> None:
    """Kill the process once so many materials have gone, empty Redis, and start the process again."""
    wait_until(lambda: len(materials(desk)) >= after, situation=desk.situation)
    desk.kill(name)
    assert len(materials(desk)) < 80, "too late: all had gone"
    desk.redis.flushall()
    desk.start(name)
