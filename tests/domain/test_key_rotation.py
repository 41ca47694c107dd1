"""A new key: afterwards nothing needs the old one."""

import pytest
from cryptography.fernet import Fernet

import config
import encryption
import spool
import storage
from desk_tables import KeyRotation
from domain import key_rotation
from models import Customer, MedicalCondition, Message
from tests.caring import prescribe
from tests.conversation import Shop, fresh, it_is, new_customer, open_shop, say

pytestmark = pytest.mark.usefixtures("database_url")


@pytest.fixture
def shop(monkeypatch, tmp_path) -> Shop:
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    it_is("2027-02-01 10:00")
    shop = open_shop()
    say(shop.bob, "condition Alice Gout chronic mild, check monthly, on Febuxostat")
    prescribe(shop)
    return shop


@pytest.fixture
def new_key(shop, monkeypatch) -> str:
    """A new key stands before the old one."""
    key = Fernet.generate_key().decode()
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [key, *config.ENCRYPTION_KEYS])
    return key


def _all_that_is_encrypted() -> list[str]:
    rows = (
        token
        for table, fields in key_rotation.columns().items()
        for row in table.select(*[field.cast("TEXT") for field in fields]).tuples()
        for token in row
    )
    return [token for token in rows if token]


def test_afterwards_the_old_key_can_be_removed(shop, new_key, monkeypatch):
    assert key_rotation.rotate() > 10
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [new_key])
    assert [encryption.decrypt(token) for token in _all_that_is_encrypted()]
    assert MedicalCondition.get().name == "Gout"


def test_old_files_and_an_old_spool_come_along(shop, monkeypatch):
    file = storage.keep(b"a picture")
    spool.put({"kind": "inbound", "at": "", "fields": {}})
    key = Fernet.generate_key().decode()
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [key, *config.ENCRYPTION_KEYS])
    key_rotation.rotate()
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [key])
    assert storage.read(file) == b"a picture"
    assert spool.take_in(lambda arrival: None) == 1


def test_a_file_no_key_opens_is_not_passed_over(shop, monkeypatch):
    storage.keep(b"a picture")
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [Fernet.generate_key().decode()])
    with pytest.raises(encryption.Unreadable):
        key_rotation.rotate()


def test_what_is_read_is_the_same_as_before(shop, new_key):
    before = [message.body for message in Message.select().order_by(Message.id)]
    key_rotation.rotate()
    assert [message.body for message in Message.select().order_by(Message.id)] == before


def test_it_goes_on_where_it_was_stopped(shop, new_key, monkeypatch):
    monkeypatch.setattr(key_rotation, "CHUNK", 1)
    for n in range(5):
        new_customer(shop.company, f"Customer {n}", f"+91987650010{n}")
    looked_at = []

    def stop_after_three(count: int) -> None:
        looked_at.append(count)
        if len(looked_at) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        key_rotation.rotate(stop_after_three)
    left = key_rotation.total()
    key_rotation.rotate(looked_at.append)
    assert len(looked_at) == 3 + left
    assert all(row.finished_at for row in KeyRotation.select())


def test_a_second_run_changes_nothing(shop, new_key):
    key_rotation.rotate()
    key_rotation.begin_anew()
    assert key_rotation.rotate() == 0


def test_what_the_desk_writes_meanwhile_is_kept(shop, new_key):
    condition = MedicalCondition.get()
    stored = MedicalCondition.select(MedicalCondition.name.cast("TEXT")).tuples().get()[0]
    condition.name = "Gout, better"
    condition.save()
    fields = key_rotation.columns()[MedicalCondition]
    tokens = [stored if field.name == "name" else None for field in fields]
    assert key_rotation._renew(MedicalCondition, fields, condition.id, *tokens) == 0
    assert fresh(condition).name == "Gout, better"


def test_every_encrypted_column_is_found():
    found = {(table, field.name) for table, fields in key_rotation.columns().items() for field in fields}
    assert {(Customer, "allergies"), (MedicalCondition, "progress"), (Message, "facts")} <= found
