"""What Twilio tells us while the database is away is kept on disk, in order, and taken in later, once."""

import threading
import time

import pytest

import clock
import config
import database
import spool
from bot import arrivals, webhook
from messaging import outbox
from models import InboundMessage, Message, Sender
from tests.bot.signing import post
from tests.conversation import fresh
from tests.simulator.running import eventually

NOWHERE = {"sqlite": "sqlite:////nowhere/desk.db", "postgresql": "postgresql://desk@127.0.0.1:9/desk"}

# Held back in most tests, so that they see what lies in the spool.
EMPTY_SOON = arrivals.empty_soon


@pytest.fixture
def shop(shop, monkeypatch, tmp_path):
    """Nothing lies in its spool, and no token is remembered."""
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    monkeypatch.setattr(webhook, "_tokens_of", {})
    return shop


@pytest.fixture
def outage(database_kind, database_url, monkeypatch):
    """Ends when called; until then nobody answers where the database should be."""
    monkeypatch.setattr(arrivals, "empty_soon", lambda: None)
    initialised = database.db.obj
    _go_to(NOWHERE[database_kind])

    def end():
        database.db.initialize(initialised)

    yield end
    end()


def _go_to(url):
    if url.startswith("sqlite"):
        database.db.initialize(database.SqliteDatabase(url.removeprefix("sqlite:///")))
    else:
        database.connect(url)


def _form(shop, number=1, **fields):
    return {
        "MessageSid": f"SM{number}",
        "From": f"whatsapp:{shop.alice.phone.address}",
        "To": f"whatsapp:{shop.sender.address}",
        "Body": f"word {number}",
        "AccountSid": config.TWILIO_ACCOUNT_SID,
        **fields,
    }


def _bodies():
    return [message.body for message in InboundMessage.select().order_by(InboundMessage.id)]


def test_what_comes_during_an_outage_is_taken_in_afterwards_in_order(shop, client, outage):
    forms = [_form(shop, number) for number in range(1, 6)]
    assert [post(client, form).status_code for form in forms] == [200] * 5
    outage()
    assert (_bodies(), spool.waiting()) == ([], 5)
    assert arrivals.take_in_spooled() == 5
    assert (_bodies(), spool.waiting()) == ([form["Body"] for form in forms], 0)


def test_what_comes_after_the_outage_waits_behind_what_is_spooled(shop, client, outage):
    form = _form(shop, 1)
    post(client, form)
    outage()
    post(client, _form(shop, 2))
    assert _bodies() == []
    arrivals.take_in_spooled()
    assert _bodies() == ["word 1", "word 2"]


def test_reports_are_spooled_as_well(shop, client, outage, database_kind):
    outage()
    message = outbox.queue(shop.alice.phone, "answer_waits", key="one", kind="reminder", first_name="Alice")
    Message.update(state="sending").where(Message.id == message.id).execute()
    present = database.db.obj
    _go_to(NOWHERE[database_kind])
    report = {"MessageSid": "SM77", "MessageStatus": "delivered"}
    assert post(client, report, f"/whatsapp/status?message={message.id}").status_code == 204
    database.db.initialize(present)
    assert fresh(message).state == "sending"
    arrivals.take_in_spooled()
    assert fresh(message).state == "delivered"


def test_the_same_message_spooled_twice_is_stored_once(shop, client, outage):
    form = _form(shop)
    for _ in range(2):
        post(client, form)
    outage()
    arrivals.take_in_spooled()
    assert _bodies() == ["word 1"]


def test_the_moment_it_came_is_kept(shop, client, outage):
    before = clock.machine_now()
    post(client, _form(shop))
    between = clock.machine_now()
    outage()
    arrivals.take_in_spooled()
    moved_by = clock.ahead()
    [message] = InboundMessage.select()
    assert before <= message.received_at - moved_by <= between


def test_the_web_process_takes_it_in_by_itself(shop, client, outage, monkeypatch):
    post(client, _form(shop, 1))
    outage()
    monkeypatch.setattr(arrivals, "empty_soon", EMPTY_SOON)
    post(client, _form(shop, 2))
    assert eventually(lambda: len(_bodies()) == 2 and _bodies()) == ["word 1", "word 2"]


def test_nothing_readable_lies_on_the_disk(shop, client, outage):
    post(client, _form(shop, 1, Body="my sugar is high"))
    [path] = [path for path in (config.DATA_DIR / "spool").iterdir() if path.is_file()]
    assert b"sugar" not in path.read_bytes()
    assert shop.alice.phone.address.encode() not in path.read_bytes()


def test_a_full_disk_as_well_refuses_loudly(shop, client, outage, monkeypatch, caplog):
    (config.DATA_DIR / "spool").write_text("a file where the folder should be")
    assert post(client, _form(shop)).status_code == 503
    assert "refused" in caplog.text
    assert "word 1" not in caplog.text


def test_without_a_signature_nothing_is_spooled(shop, client, outage):
    assert post(client, _form(shop), token="not ours").status_code == 403
    assert spool.waiting() == 0


def test_another_account_s_form_is_checked_by_the_token_last_read(shop, client, outage, database_kind):
    form = _form(shop, 1, AccountSid="ACother")
    assert post(client, form, token="its token").status_code == 503
    outage()
    Sender.update(account_sid="ACother", auth_token="its token").execute()
    post(client, form, token="its token")
    present = database.db.obj
    _go_to(NOWHERE[database_kind])
    again = {**form, "MessageSid": "SM2"}
    assert [post(client, again, token=token).status_code for token in ("its token", "x")] == [200, 403]
    database.db.initialize(present)


def test_what_cannot_be_read_is_kept_aside_and_blocks_nobody(shop, client, outage):
    post(client, _form(shop, 1))
    [path] = [path for path in (config.DATA_DIR / "spool").iterdir() if path.name.isdecimal()]
    post(client, _form(shop, 2))
    path.write_text("torn")
    outage()
    assert arrivals.take_in_spooled() == 1
    assert (_bodies(), (path.parent / "unreadable" / path.name).exists()) == (["word 2"], True)


def test_while_the_outage_lasts_the_spool_waits(shop, client, outage):
    post(client, _form(shop))
    assert arrivals.take_in_spooled() == 0
    assert spool.waiting() == 1


def test_two_that_empty_the_spool_at_once_store_each_once(shop, client, outage):
    for number in range(1, 21):
        post(client, _form(shop, number))
    outage()
    threads = [threading.Thread(target=arrivals.take_in_spooled) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _bodies() == [f"word {number}" for number in range(1, 21)]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_database_locked_for_long_is_an_outage(shop, client, monkeypatch):
    monkeypatch.setattr(arrivals._together, "_patience", 1)
    database.db.close()
    released = threading.Event()
    locked = threading.Event()
    other = threading.Thread(target=_hold_the_lock, args=(locked, released))
    other.start()
    locked.wait()
    assert post(client, _form(shop)).status_code == 200
    assert spool.waiting() == 1
    released.set()
    other.join()
    assert eventually(_bodies) == ["word 1"]


def _hold_the_lock(locked, released):
    with database.connection(), database.db.atomic():
        locked.set()
        released.wait(10)
    database.db.close()


def test_names_follow_the_order_of_arrival_whatever_the_clock_does(shop, monkeypatch):
    times = iter([5_000, 4_000, 6_000])
    monkeypatch.setattr(time, "time_ns", lambda: next(times))
    monkeypatch.setattr(spool, "_last", 0)
    for number in range(3):
        spool.put({"kind": "report", "fields": number})
    seen = []
    spool.take_in(lambda arrival: seen.append(arrival["fields"]))
    assert seen == [0, 1, 2]
