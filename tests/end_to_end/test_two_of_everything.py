"""Two of every process at one desk, clocks included: what is due is said exactly once; and two days stood
still are caught up with little by little."""

from collections import Counter
from datetime import timedelta

import pytest

import clock
from desk_tables import Tick
from development.made_up import LATA, PHARMACY
from messaging import catching_up
from models import Message
from tests import databases
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import CONSENT, materials, sheet

KAVITA, MEERA, ARJUN, BOB = (f"+91982000000{n}" for n in range(1, 5))
MANAGERS = (KAVITA, MEERA)
EVERYTHING = ("worker", "sender", "background", "clock")


def test_two_of_everything_say_what_is_due_once(desk: Desk) -> None:
    desk.start(*(f"{name} 2" for name in EVERYTHING))
    for staff in (KAVITA, MEERA, BOB):
        desk.say(staff, "remind 98200-00101 tomorrow 5pm call back", "5:00 pm")
    desk.move_clock("+31h")  # to five in the afternoon of the next day
    for staff in (KAVITA, MEERA, BOB):
        desk.hears(staff, "something waits for you")
    desk.move_clock("+4h")
    for manager in MANAGERS:
        desk.hears(manager, "the day at", "brought")
    desk.move_clock("+13h")
    desk.hears(LATA, "lasts until about")
    every_job_is_run_by_both(desk)
    wait_until(desk.is_quiet, situation=desk.situation)
    assert desk.sent_twice() == {}
    said = Counter((bubble["phone"], bubble["body"]) for bubble in desk.bubbles() if bubble["as_template"])
    assert set(said.values()) == {1}, desk.situation()
    assert len([body for phone, body in said if phone == LATA]) == 1


def every_job_is_run_by_both(desk: Desk) -> None:
    """The clock is moved by nothing: everybody asks for every job at once, several times over."""
    for _ in range(3):
        desk.move_clock("+1m")
    wait_until(lambda: not any(desk.waiting().values()), situation=desk.situation)


@pytest.mark.long
def test_after_days_of_standing_still_the_backlog_is_sorted_and_goes_little_by_little(
    desk: Desk, new_database_url: str
) -> None:
    desk.run(f"flask --app app company set '{PHARMACY}' catch_up_per_hour 20")
    wait_until(desk.is_quiet, situation=desk.situation)
    desk.kill("sender")
    desk.move_clock("+2d")
    wait_until(lambda: _queued(new_database_url, "refill_due"), situation=desk.situation)
    people, content = sheet(50)
    desk.attach(BOB, "walk-ins.csv", content, CONSENT)
    wait_until(lambda: _queued(new_database_url, "store_materials") == 50, situation=desk.situation)
    desk.kill("worker", "background", "clock")
    stood_still(desk, new_database_url, days=4)
    desk.start(*EVERYTHING, "clock 2")
    desk.say(MEERA, "whoami", "Meera")
    # The reminder was of no use any more: staff call instead.
    wait_until(lambda: "Kulkarni" in desk.say(BOB, "tasks"), LONG_PATIENCE, desk.situation)
    hours = [an_hour_s_worth(desk, new_database_url, len(people))]
    while len(materials(desk)) < len(people):
        an_hour_passes(desk, new_database_url)
        hours.append(an_hour_s_worth(desk, new_database_url, len(people)))
    assert set(hours[:-1]) == {20}
    assert hours[-1] <= 20
    an_hour_passes(desk, new_database_url)
    desk.hears(MEERA, "stood still", "wait", "for a call", seconds=LONG_PATIENCE)
    assert Counter(materials(desk)) == Counter(people)
    assert not [told for told in desk.told(LATA) if "lasts until" in told["body"]]
    assert desk.sent_twice() == {}


def stood_still(desk: Desk, database_url: str, days: int) -> None:
    """So many days pass in which nothing of the desk runs."""
    desk.move_clock(f"+{days}d")
    with databases.connected(database_url):
        long_ago = clock.machine_now() - timedelta(days=days)
        Tick.update(ran_at=long_ago).where(Tick.job == catching_up.PULSE).execute()


def an_hour_passes(desk: Desk, database_url: str) -> None:
    """What went in this hour counts as the last one's."""
    with databases.connected(database_url):
        sent = Message.claimed_at.is_null(False)
        Message.update(claimed_at=clock.machine_now() - timedelta(hours=1)).where(sent).execute()
        for tick in list(Tick.select().where(Tick.job.in_(["outage_began", "outage_over"]))):
            tick.ran_at -= timedelta(hours=1)
            tick.save()
    desk.move_clock("+1h")


def an_hour_s_worth(desk: Desk, database_url: str, people: int) -> int:
    """How many reminders and offers go in this hour, once no more do."""
    wait_until(
        lambda: went_this_hour(database_url) >= 20 or len(materials(desk)) == people,
        LONG_PATIENCE,
        desk.situation,
    )
    return went_this_hour(database_url)


def went_this_hour(database_url: str) -> int:
    """The reminders and offers that went since the last hour passed."""
    with databases.connected(database_url):
        lately = Message.claimed_at > clock.machine_now() - timedelta(minutes=55)
        return Message.select().where(Message.kind.in_(["reminder", "promotion"]), lately).count()


def _queued(database_url: str, template: str) -> int:
    with databases.connected(database_url):
        waiting = (Message.state == "queued") & Message.template.startswith(template)
        return Message.select().where(waiting).count()
