"""Whatever is killed while messages go out, each goes exactly once; the simulator's record is the judge."""

import time
from collections import Counter
from random import Random

from tests.end_to_end import faults
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import materials, set_rate

PEOPLE, KILLS = 150, 10


def test_each_message_goes_once_whatever_is_killed(desk: Desk, new_database_url: str) -> None:
    random = Random(4)
    set_rate(desk, 8)
    desk.control("trouble", delay_ms=100)
    people = faults.campaign(desk, PEOPLE)
    killed, under_way = [], 0
    for _ in range(KILLS):
        time.sleep(random.uniform(0.1, 0.8))
        under_way += len(materials(desk)) < PEOPLE
        killed.append(faults.kill_one(desk, random))
    assert under_way > KILLS / 2, "too late: all had gone before most were killed"
    faults.let_leases_run_out(desk, new_database_url)

    def all_have_theirs() -> bool:
        return set(people) <= set(materials(desk))

    wait_until(all_have_theirs, LONG_PATIENCE, lambda: f"killed {killed}\n{desk.situation()}")
    verdict = faults.judge(desk, new_database_url, people)
    assert not verdict.wrong, killed
    assert Counter(materials(desk)) == Counter(people), killed
