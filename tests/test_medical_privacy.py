"""A rich conversation leaves no medical word in the database, Redis, the logs or the names of files."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import sql

import clock
import config
import database
import desk_tables
import models
from desk_tables import Undo
from domain import care_follow_ups, follow_ups, prescription_photos
from models import FollowUp, MedicalCondition, Message, Staff
from tests.bot.test_photo import JPEG, arrive
from tests.caring import newcomer
from tests.conversation import (
    Shop,
    approve_everything,
    it_is,
    new_customer,
    open_shop,
    phone_of,
    say,
    send_all,
    told,
)
from tests.refilling import buy
from workers.jobs import care_due, fetch_pictures, finish_erasures

# What nobody else may ever read, in the words it was told in.
SECRETS = ("Gonorrhoea", "Venkatraman", "cannot sleep", "allergic to sulfa", "Zoloft", "विटिलिगो")


@pytest.fixture
def shop(database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    it_is("2027-02-01 10:00")
    shop = open_shop()
    approve_everything(shop.company)
    new_customer(shop.company, "Ravi Kumar", shop.alice.phone.address)
    return shop


@pytest.fixture
def talked(shop: Shop, caplog: pytest.LogCaptureFixture) -> Shop:
    """They have talked of everything, made mistakes, and time has passed."""
    caplog.set_level(logging.INFO)
    for words in (
        "rx Alice Dr Venkatraman, Gonorrhoea: Cefixime 200 BD 7 days followup 15 Feb; notes: cannot sleep",
        "rx Alice Dr Venkatraman, Gonorrhoea: Cefixime 200 BD 7 days",
        "no",
        "rx Alice new",
        "cancel",
        "rx Alice",
        "condition Alice विटिलिगो chronic severe, check monthly, on Zoloft",
        "condition Alice Gonorrhoea acute mild, note: allergic to sulfa",
        "undo",
        "condition Alice",
        "customer Alice",
        "log call Alice 3m answered cannot sleep since Zoloft",
        "tasks",
    ):
        say(shop.bob, words)
    condition = MedicalCondition.get()
    say(shop.bob, f"condition #{condition.serial} cannot sleep")
    say(newcomer(shop), "rx Alice Dr Venkatraman, Gonorrhoea: Zoloft 50 OD 30 days")
    say(shop.alice, "I am allergic to sulfa, can I take Zoloft?", media=[JPEG])
    arrive(FollowUp.get(FollowUp.kind == prescription_photos.KIND))
    say(shop.alice, "my data")
    say(shop.alice, "yes")
    buy(shop.alice)
    it_is("2027-02-13 10:00")
    fetch_pictures.run()
    care_due.run()
    send_all()
    it_is("2027-02-15 10:00")
    follow_ups.tell_due(shop.company, clock.now())
    return shop


def _found(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


def _raw_rows(url: str) -> str:
    """All that lies in the database, as a backup has it."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(path).read_bytes().decode("utf-8", "ignore")
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        rows = []
        for table in (*models.TABLES, *desk_tables.TABLES):
            cursor.execute(sql.SQL("TABLE {}").format(sql.Identifier(table._meta.table_name)))
            rows += [str(row) for row in cursor.fetchall()]
        return "\n".join(rows)


def test_the_words_were_really_there(talked):
    kept = {condition.name for condition in MedicalCondition.select()}
    assert kept == {"विटिलिगो"}
    assert any("Gonorrhoea" in body for body in told(talked.bob))


def test_the_database_holds_none_of_it_in_the_clear(talked, database_url):
    assert _found(_raw_rows(database_url)) == []


def test_redis_holds_none_of_it(talked, redis_server):
    held = []
    for key in redis_server.scan_iter():
        kind = redis_server.type(key)
        held.append(repr(key))
        if kind == b"hash":
            held += [value.decode("utf-8", "ignore") for value in redis_server.hgetall(key).values()]
        elif kind == b"list":
            held += [value.decode("utf-8", "ignore") for value in redis_server.lrange(key, 0, -1)]
        elif kind == b"string":
            held.append((redis_server.get(key) or b"").decode("utf-8", "ignore"))
    assert held
    assert _found("\n".join(held)) == []


def test_the_logs_hold_none_of_it(talked, caplog):
    assert _found(caplog.text) == []


def test_the_names_and_bytes_of_files_hold_none_of_it(talked, tmp_path):
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert _found("\n".join(str(path) for path in files)) == []
    assert not [path for path in files if _found(path.read_bytes().decode("utf-8", "ignore"))]


def test_what_undo_is_called_holds_none_of_it(talked):
    assert _found("\n".join(row.what for row in Undo.select())) == []


def test_the_shared_phone_is_told_none_of_it_unless_it_asked(talked):
    unasked = [body for body in told(talked.alice) if "holds about you" not in body]
    assert "care_due" in {row.template for row in Message.select().where(Message.phone == talked.alice.phone)}
    assert _found("\n".join(unasked)) == []


def test_whoever_is_no_pharmacist_was_told_none_of_it(talked):
    devi = Staff.get(Staff.code == "STAFF003")
    # What customers write themselves goes to whoever answers them.
    passed_on = ("question_waits", "danger_waits", "photo_waits", "follow_up_due")
    said = Message.select().where(Message.phone == phone_of(devi), Message.template.not_in(passed_on))
    assert said.exists()
    assert _found("\n".join(message.body for message in said)) == []


def test_tasks_hold_none_of_it(talked):
    care = FollowUp.select().where(FollowUp.kind.in_(care_follow_ups.KINDS))
    assert _found("\n".join(f"{task.notes} {task.cause}" for task in care)) == []


def test_erasing_leaves_nothing_that_could_be_decrypted(talked):
    for name in ("Alice", "Ravi"):
        say(talked.meera, f"erase {name}")
        say(talked.meera, "yes")
    send_all()
    it_is("2027-02-16 10:00")
    finish_erasures.run()
    fields = [
        (table, field)
        for table in (*models.TABLES, *desk_tables.TABLES)
        for field in table._meta.sorted_fields
        if isinstance(field, database.EncryptedField | database.EncryptedJSONField)
    ]
    left = {
        (table.__name__, field.name)
        for table, field in fields
        for (value,) in table.select(field).tuples()
        if _found(str(value))
    }
    # What was said to staff is theirs, and goes with the age of messages.
    assert left <= {("Message", "body"), ("InboundMessage", "body"), ("Message", "facts")}
