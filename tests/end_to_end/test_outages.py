"""The database, Redis or the web server away for a while: whoever writes meanwhile is answered, in order."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Message, Phone
from tests import databases, servers
from tests.end_to_end import faults
from tests.end_to_end.desk import Desk, opened
from tests.end_to_end.outages import break_down, database_away, redis_away, wait_for
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import materials, set_rate

pytestmark = pytest.mark.long

MEERA = "+919820000002"
# Each is answered by the message of the same name.
ASKED = ["whoami", "help", "refills"]
A_MINUTE = 60


def are_answered_in_order(desk: Desk, database_url: str) -> None:
    def answers() -> list[str]:
        with databases.connected(database_url):
            mine = Phone.address == MEERA
            rows = Message.select().join(Phone).where(mine, Message.key.startswith("answer:"))
            return [row.template for row in rows.order_by(Message.id)]

    wait_until(lambda: len(answers()) >= len(ASKED), LONG_PATIENCE, desk.situation)
    assert answers() == ASKED
    wait_until(lambda: len(desk.told(MEERA)) >= len(ASKED), LONG_PATIENCE, desk.situation)
    assert desk.sent_twice() == {}


def test_what_is_written_while_the_database_is_away_is_answered_in_order(
    desk: Desk, new_database_url: str
) -> None:
    with database_away(new_database_url):
        heard = [desk.write(MEERA, words)["webhook"]["taken"] for words in ASKED[:2]]
        time.sleep(A_MINUTE)
    heard.append(desk.write(MEERA, ASKED[2])["webhook"]["taken"])
    assert all(heard)
    are_answered_in_order(desk, new_database_url)


def test_what_was_spooled_survives_the_web_server_which_starts_without_the_database(
    desk: Desk, new_database_url: str
) -> None:
    with database_away(new_database_url):
        for words in ASKED:
            assert desk.write(MEERA, words)["webhook"]["taken"]
            desk.kill("web")
            desk.start("web")
        desk.kill("web")
    desk.start("web")
    are_answered_in_order(desk, new_database_url)


@pytest.fixture
def durable_database_url() -> Iterator[str]:
    """A server of its own that keeps what it has committed: the one of the other tests forgets for speed."""
    with servers.postgresql(durable=True) as server:
        yield databases.PostgreSQL(server).new()


def test_a_database_that_breaks_down_and_comes_back_loses_nothing(durable_database_url: str) -> None:
    short = tempfile.TemporaryDirectory(prefix="refilldesk-", dir="/tmp", ignore_cleanup_errors=True)
    with short as folder, opened(Path(folder), durable_database_url) as desk:
        comes_back_three_times(desk, durable_database_url)


def comes_back_three_times(desk: Desk, database_url: str) -> None:
    set_rate(desk, 20)
    people = faults.campaign(desk, 400)
    for words in ASKED:
        break_down(database_url)
        assert desk.write(MEERA, words)["webhook"]["taken"]
        time.sleep(1)
    assert len(materials(desk)) < len(people), "too late: all had gone"
    wait_for(database_url)
    are_answered_in_order(desk, database_url)
    faults.let_leases_run_out(desk, database_url)
    wait_until(lambda: faults.nothing_waits(database_url, people), LONG_PATIENCE, desk.situation)
    assert not faults.judge(desk, database_url, people).wrong


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_is_written_while_redis_hangs_or_is_dead_is_answered(desk: Desk, new_database_url: str) -> None:
    with redis_away(desk):
        assert desk.write(MEERA, ASKED[0])["webhook"]["taken"]
        time.sleep(1)
    desk.kill("redis")
    assert desk.write(MEERA, ASKED[1])["webhook"]["taken"]
    desk.start("redis")
    desk.write(MEERA, ASKED[2])
    are_answered_in_order(desk, new_database_url)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_is_written_while_the_web_server_is_down_is_found_and_answered(
    desk: Desk, new_database_url: str
) -> None:
    desk.kill("web")
    for words in ASKED:
        assert not desk.write(MEERA, words)["webhook"]["taken"]
    desk.start("web")
    # Twilio does not call again; younger than a minute, it might be just about to.
    desk.move_clock("+5m")
    are_answered_in_order(desk, new_database_url)
