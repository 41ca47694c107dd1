"""Twilio's answer is lost in every way there is: each message is taken once, or a person is told of it."""

import pytest

from models import Message
from tests import databases
from tests.end_to_end import faults
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import CONSENT, sheet

pytestmark = pytest.mark.long

BOB = "+919820000004"
# The second of each: taken, though nobody heard of it.
TROUBLES = ("500", "500-taken", "reset", "reset-taken", "timeout", "timeout-taken")


def test_whatever_becomes_of_the_answer_each_message_is_taken_once(desk: Desk, new_database_url: str) -> None:
    people = []
    for number, trouble in enumerate(TROUBLES):
        # Without reports only Twilio's list can tell.
        reports = "none" if trouble.startswith("reset") else "normal"
        desk.control("trouble", callbacks=reports, answer=trouble, count=2, hang_seconds=20)
        people += uploaded(desk, 2, number)
    desk.control("trouble", callbacks="normal")
    faults.let_leases_run_out(desk, new_database_url)
    wait_until(lambda: faults.nothing_waits(new_database_url, people), LONG_PATIENCE, desk.situation)
    verdict = faults.judge(desk, new_database_url, people)
    assert not verdict.wrong
    assert set(verdict.states) <= {"sent", "delivered", "read"}
    assert len(desk.look("creates")) >= len(people)


def test_lost_twice_it_is_left_to_a_person_who_is_told(desk: Desk, new_database_url: str) -> None:
    desk.control("trouble", answer="500", count=1000)
    people, content = sheet(1)
    desk.attach(BOB, "walk-in.csv", content, CONSENT)
    for tries in (1, 2):
        wait_until(lambda tries=tries: lost_after(new_database_url, tries), LONG_PATIENCE, desk.situation)
        faults.let_leases_run_out(desk, new_database_url)
    wait_until(lambda: faults.nothing_waits(new_database_url, people), LONG_PATIENCE, desk.situation)
    desk.control("trouble", answer="", count=0)
    assert faults.judge(desk, new_database_url, people).states == {"uncertain": 1}
    wait_until(lambda: "Customer 1" in desk.say(BOB, "tasks"), situation=desk.situation)
    assert desk.sent_twice() == {}


def lost_after(database_url: str, tries: int) -> bool:
    """Whether the materials were sent so often, and nobody knows what became of them."""
    with databases.connected(database_url):
        lost = (Message.state == "uncertain") & (Message.attempts == tries)
        return Message.select().where(lost, Message.template == "store_materials").exists()


def uploaded(desk: Desk, count: int, number: int) -> list[str]:
    """So many people more get materials, and meet the trouble that is set up."""
    people, content = sheet(count, 9821000000 + 100_000 * number)
    desk.attach(BOB, f"walk-ins-{number}.csv", content, CONSENT)
    wait_until(lambda: trouble_left(desk) == 0, LONG_PATIENCE, desk.situation)
    return people


def trouble_left(desk: Desk) -> int:
    """How many creates are still to meet it."""
    return int(desk.look("trouble")["count"])
