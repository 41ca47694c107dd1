"""`flask check` says in words what is missing or stands still."""

import threading
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from werkzeug.serving import make_server

import app
import clock
import company_settings
import config
import spool
from desk_tables import Tick
from messaging import outbox
from messaging.channels import twilio_senders
from messaging.channels.twilio_senders import AtTwilio
from models import ApprovedTemplate, InboundMessage, Sender
from tests.conversation import approve_everything, later
from tests.simulator.running import SHOP_NUMBER
from tests.simulator.shop import Quiet, Shop
from tests.workers import failing

AWAY = "http://127.0.0.1:9"


@pytest.fixture
def shop(shop, database_url, monkeypatch, tmp_path):
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    monkeypatch.setattr(config, "PUBLIC_URL", AWAY)
    return shop


@pytest.fixture
def check(shop):
    """What the command prints."""
    runner = app.create_app().test_cli_runner()
    return lambda: runner.invoke(args=["check"]).output


def test_templates_that_are_not_approved_are_named_with_the_reason(shop, check):
    approve_everything(shop.company)
    row = ApprovedTemplate.get(name="refill_due", language="hi")
    row.status, row.reason = "rejected", "too promotional"
    row.save()
    assert "refill_due (hi) is rejected: too promotional." in check()


def test_templates_whatsapp_has_never_seen_are_named(shop, check):
    assert "WhatsApp does not know" in check()
    approve_everything(shop.company)
    assert "WhatsApp does not know" not in check()


def test_a_clock_that_does_not_run_is_named(shop, check):
    assert "The clock does not run" in check()
    Tick.create(job="sweep", ran_at=clock.machine_now())
    assert "The clock does not run" not in check()


def test_queues_nobody_works_on_are_named(shop, check):
    assert "Nobody does the work of `sender`" in check()


def test_an_address_is_asked_for_until_it_is_there(shop, check):
    assert "ask where it is" in check()
    company_settings.change(shop.company, "address", "12 MG Road")
    assert "ask where it is" not in check()


def test_who_waits_for_long_is_told_and_what_is_spooled(shop, check):
    InboundMessage.create(provider_id="SM1", from_address="+919876500001", to_address=shop.sender.address)
    spool.put({"kind": "report", "fields": {}})
    later(minutes=40)
    said = check()
    assert "waiting for an answer for 40 minutes" in said
    assert "until the database takes it: 1 of what Twilio told us" in said


def test_a_number_that_is_held_is_named_with_the_reason_in_words(shop, check):
    held = {"held_until": clock.machine_now() + timedelta(days=1), "held_reason": "twilio_63038"}
    Sender.update(held).execute()
    said = check()
    assert f"{shop.sender.address} sends nothing until" in said
    assert "Our account has sent all it may today." in said and "(Twilio's 63038)" in said


def test_twilio_s_silence_is_told(shop, check):
    assert f"Twilio does not let us ask about {shop.sender.address}" in check()


# ---- what is stored


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_database_that_is_away_is_told_and_nothing_else(shop, monkeypatch):
    monkeypatch.setattr(config, "DATABASE_URL", "postgresql://desk@127.0.0.1:9/desk")
    said = app.create_app().test_cli_runner().invoke(args=["check"]).output
    assert said.startswith("- PostgreSQL does not answer at DATABASE_URL:") and "1 thing to mend" in said


def test_a_database_of_an_older_version_is_told(new_database_url, monkeypatch):
    monkeypatch.setattr(config, "DATABASE_URL", new_database_url)
    said = app.create_app().test_cli_runner().invoke(args=["check"]).output
    assert "The database is not of this version yet" in said and "flask --app app migrate" in said


def test_a_key_that_does_not_open_what_is_stored_is_told(shop, check, monkeypatch):
    outbox.queue(shop.alice.phone, "welcome", key="first")
    monkeypatch.setattr(config, "ENCRYPTION_KEYS", [Fernet.generate_key().decode()])
    assert "No key of ENCRYPTION_KEYS opens what is stored in message:" in check()


# ---- our numbers as Twilio has them


@pytest.fixture
def known(monkeypatch):
    """What Twilio says of our number; a test changes it."""
    numbers = {}
    monkeypatch.setattr(twilio_senders, "senders_of", lambda account: numbers)
    return numbers


def test_a_number_of_another_account_is_named(shop, check, known, monkeypatch):
    monkeypatch.setattr(config, "SIMULATED", False)
    assert f"{shop.sender.address} is no WhatsApp number of this account at Twilio." in check()


@pytest.mark.parametrize(
    ("callback", "said"),
    [("https://old.example/hook", "goes to https://old.example/hook"), ("", "goes nowhere")],
)
def test_a_number_whose_messages_go_elsewhere_is_named(shop, check, known, callback, said):
    known[shop.sender.address] = AtTwilio("ONLINE", "", callback)
    assert (
        f"What people write to {shop.sender.address} {said}: set its webhook at Twilio to {AWAY}" in check()
    )


def test_a_number_that_is_not_online_is_named(shop, check, known):
    known[shop.sender.address] = AtTwilio("OFFLINE", "The display name was rejected", "")
    said = f"{shop.sender.address} is OFFLINE at Twilio: The display name was rejected. Until it is online"
    assert said in check()


def test_a_number_that_works_is_not_named_nor_one_for_sms(shop, check, known):
    known[shop.sender.address] = AtTwilio("ONLINE:UPDATING", "", f"{AWAY}/whatsapp/inbound#rc=2")
    Sender.create(company=shop.company, address="+14155550100", channel="sms")
    assert "WhatsApp number" not in check() and "webhook at Twilio" not in check()


def test_the_simulator_has_our_number_as_twilio_would(shop, check, simulator):
    shop.sender.address = SHOP_NUMBER
    shop.sender.save()
    said = check()
    assert "Twilio does not let us ask" not in said and "at Twilio" not in said


def test_a_wrong_token_is_told(shop, check, simulator, monkeypatch):
    monkeypatch.setattr(config, "TWILIO_AUTH_TOKEN", "wrong")
    assert "Twilio answered 401. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN." in check()


# ---- the address Twilio calls


def test_a_webhook_that_cannot_be_reached_is_told(check):
    assert f"{AWAY}/whatsapp/inbound cannot be reached from here" in check()


def test_a_webhook_that_is_somebody_else_s_is_told(check, monkeypatch):
    other = Shop()
    other.open()
    monkeypatch.setattr(config, "PUBLIC_URL", other.address)
    assert "is not this desk" in check()
    monkeypatch.setattr(config, "PUBLIC_URL", f"{other.address}/elsewhere")
    assert "answers 404" in check()
    other.close()


def test_our_own_webhook_is_recognised_by_its_refusal(check, monkeypatch):
    server = make_server("127.0.0.1", 0, app.create_app(), request_handler=Quiet)
    monkeypatch.setattr(config, "PUBLIC_URL", f"http://127.0.0.1:{server.port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    assert "/whatsapp/inbound" not in check()
    server.shutdown()
    server.server_close()


def test_messages_to_a_number_nobody_has_set_up_are_named(shop, check):
    InboundMessage.create(provider_id="SM9", from_address="+919876500001", to_address="+912299999999")
    assert "1 waiting message to +912299999999, which is no company's number" in check()


def test_a_desk_that_catches_up_says_so(shop, check):
    Tick.create(job="outage_over", ran_at=clock.machine_now())
    assert "what has gathered goes little by little" in check()


def test_each_queue_is_told_and_what_waits_or_failed_is_named(shop, check):
    assert "sender: 0 jobs waiting, none failed; 0 processes." in check()
    job = failing.put("sender")
    job.enqueued_at -= timedelta(minutes=7)
    job.save()
    failing.put("worker")
    failing.work("worker")
    said = check()
    assert "sender: 1 job waiting (the oldest for 7 minutes), none failed; 0 processes." in said
    assert "- In `sender` a job has been waiting for 7 minutes." in said
    assert "- In `worker` failed lately: failing. The log says where." in said


def test_sms_that_cannot_be_sent_is_named(shop, check):
    company_settings.change(shop.company, "sms", "on")
    assert "sends SMS where WhatsApp cannot, but from no number of its own" in check()
    company_settings.change(shop.company, "sms_sender", "+912240001234")
    assert "SMS" not in check()
