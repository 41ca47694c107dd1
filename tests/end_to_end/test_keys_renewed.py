"""A new key beside a running desk: all that was written before, meanwhile and after stays readable."""

import pytest
from cryptography.fernet import Fernet

import config
import encryption
from desk_tables import KeyRotation
from domain import key_rotation
from models import InboundMessage
from tests import databases
from tests.end_to_end import faults
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, end_at_once, wait_until
from tests.end_to_end.sheets import materials, set_rate

pytestmark = pytest.mark.long

MEERA, BOB = "+919820000002", "+919820000004"
EVERYTHING = ("web", "worker", "sender", "background", "clock")
ROTATE = "flask --app app rotate-keys"
PEOPLE = 2000


def test_keys_are_renewed_beside_a_running_desk_though_it_is_killed_on_its_way(
    desk: Desk, new_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.no_daily_limit(desk)
    set_rate(desk, 25)
    people = faults.campaign(desk, PEOPLE)
    old, new = config.ENCRYPTION_KEYS[0], Fernet.generate_key().decode()
    restarted_with(desk, f"{new},{old}")
    began = desk.begin(ROTATE, "rotation")
    asked = [desk.write(MEERA, words) for words in ("whoami", "help", "refills")]
    wait_until(lambda: rows_done(new_database_url), LONG_PATIENCE, lambda: desk.log("rotation"))
    assert began.poll() is None, "too late: it was through"
    end_at_once(began)
    assert len(materials(desk)) < PEOPLE, "too late: all had gone"
    assert "everything is under the newest one now" in desk.run(ROTATE)
    restarted_with(desk, new)
    for command in ("whoami", "contact 98210 00000"):
        desk.say(BOB, command, seconds=LONG_PATIENCE)
    assert len(desk.told(MEERA)) >= len(asked)
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [new])
    faults.let_leases_run_out(desk, new_database_url)
    wait_until(lambda: faults.nothing_waits(new_database_url, people), LONG_PATIENCE, desk.situation)
    assert not faults.judge(desk, new_database_url, people).wrong
    all_can_be_read(new_database_url)


def restarted_with(desk: Desk, keys: str) -> None:
    """Every process knows these keys from now on; what they had in their hands is left as it is."""
    desk.settings["ENCRYPTION_KEYS"] = keys
    desk.kill(*EVERYTHING)
    desk.start(*EVERYTHING)


def rows_done(database_url: str) -> int:
    """How far it is in the longest table."""
    with databases.connected(database_url):
        row = KeyRotation.get_or_none(KeyRotation.subject == "message")
        return row.last_id if row else 0


def all_can_be_read(database_url: str) -> None:
    with databases.connected(database_url):
        for table, fields in key_rotation.columns().items():
            for row in table.select(*[field.cast("TEXT") for field in fields]).tuples():
                for token in filter(None, row):
                    encryption.decrypt(token)
        assert not InboundMessage.select().where(InboundMessage.state == "failed").exists()
