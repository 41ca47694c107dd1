"""A long sheet whose worker is killed again and again: in the end it is there once, to the row."""

import time
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

import clock
from models import Contact, Import, ImportRow, Phone
from tests import databases
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until
from tests.end_to_end.sheets import sheet

pytestmark = pytest.mark.long

BOB = "+919820000004"
ROWS, KILLS = 30_000, 6


def test_a_long_sheet_is_there_once_however_often_its_worker_is_killed(
    desk: Desk, new_database_url: str
) -> None:
    random = Random(4)
    people, content = sheet(ROWS)
    desk.attach(BOB, "everybody.csv", content)
    killed: Counter[str] = Counter()
    while killed.total() < KILLS and "published" not in killed:
        wait_until(lambda: state(new_database_url) in ("reading", "published"), situation=desk.situation)
        time.sleep(random.uniform(0, 1.5))
        desk.kill("background")
        killed[left_behind(new_database_url)] += 1
        desk.start("background")
    assert killed.keys() - {"published"}, "too late: it was through"
    desk.hears(BOB, "30,000 rows read", seconds=LONG_PATIENCE)
    wait_until(desk.is_quiet, situation=desk.situation)
    print(f"Killed while it was {dict(killed)}.")
    assert len(desk.told(BOB, "30,000 rows read")) == 1
    with databases.connected(new_database_url):
        [received] = Import.select()
        assert ImportRow.select().where(ImportRow.sheet == received).count() == ROWS
        assert (sum(received.counts.values()), received.counts["new"]) == (ROWS, ROWS)
        rows = Contact.select(Phone.address).join(Phone).where(Contact.imported_by == received)
        assert sorted(address for (address,) in rows.tuples()) == people


def state(database_url: str) -> str:
    """How far the sheet is."""
    with databases.connected(database_url):
        return next((row.state for row in Import.select()), "")


def left_behind(database_url: str) -> str:
    """What a dead worker left; its lease counts as over."""
    with databases.connected(database_url):
        [received] = Import.select()
        long_ago = clock.machine_now() - timedelta(hours=1)
        Import.update(claimed_at=long_ago).where(Import.state == "reading").execute()
        staged = ImportRow.select().where(ImportRow.sheet == received).count()
    if received.state == "published":
        return "published"
    return "staged" if staged == ROWS else "being staged" if staged else "being read"
