"""Processes killed at random while messages go out, and the judgement: the simulator's record against the
database."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import clock
from development.made_up import PHARMACY
from messaging import reconcile
from models import Message
from tests import databases
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import CONSENT, materials, sheet

# The sender most often: it is the one that holds messages in its hands.
VICTIMS = ("sender", "sender", "sender", "worker", "web", "background", "clock", "redis")
BOB = "+919820000004"


def no_daily_limit(desk: Desk) -> None:
    """WhatsApp lets us write to as many people as we like."""
    desk.run(f"flask --app app company set '{PHARMACY}' daily_limit off")


@dataclass
class Verdict:
    """`wrong` is empty when every message went once, or nobody knows and it says why."""

    states: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def campaign(desk: Desk, count: int) -> list[str]:
    """Bob uploads a sheet of so many people, who all get materials; returns their phones."""
    people, content = sheet(count)
    desk.attach(BOB, "walk-ins.csv", content, CONSENT)
    wait_until(lambda: len(materials(desk)) >= 3, LONG_PATIENCE, desk.situation)
    return people


def kill_one(desk: Desk, random: Random) -> str:
    """Kill a process in the middle of its work and start it again, Redis empty; returns which it was."""
    victim = random.choice(VICTIMS)
    desk.kill(victim)
    desk.start(victim)
    return victim


def let_leases_run_out(desk: Desk, database_url: str) -> None:
    """What dead processes held in their hands counts as left behind, as it would some minutes later."""
    held = ("sender", "worker")
    for name in held:
        desk.kill(name)
    # What they had sent off last reaches the simulator.
    time.sleep(1)
    with databases.connected(database_url):
        long_ago = clock.machine_now() - timedelta(minutes=5)
        Message.update(claimed_at=long_ago).where(Message.state.in_(["sending", "uncertain"])).execute()
    desk.start(*held)
    desk.run("flask --app app clock +1m")


def nothing_waits(database_url: str, people: list[str]) -> bool:
    """Whether every message has gone, these people's materials too, or was given up with a reason."""
    with databases.connected(database_url):
        if Message.select().where(Message.template == "store_materials").count() < len(people):
            return False
        waiting = Message.state.in_(["queued", "sending"])
        open_question = (Message.state == "uncertain") & (Message.reason != reconcile.LEFT)
        return not Message.select().where(waiting | open_question).exists()


def judge(desk: Desk, database_url: str, people: list[str]) -> Verdict:
    """Compare what the simulator took, by our ids, with what the database says."""
    creates = desk.look("creates")
    verdict = Verdict()
    with databases.connected(database_url):
        rows = list(Message.select().where(Message.template == "store_materials"))
    for row in rows:
        verdict.states[row.state] += 1
        taken = sum(each["taken"] for each in creates.get(str(row.id), []))
        fitting = {"queued": (0,), "sending": (0, 1), "uncertain": (0, 1)}.get(row.state, (1,))
        if taken not in fitting or (row.state == "uncertain" and not row.reason):
            verdict.wrong.append(f"message {row.id} is {row.state} ({row.reason}), taken {taken} times")
    if len(rows) != len(people):
        verdict.wrong.append(f"{len(rows)} messages for {len(people)} people")
    return verdict
