"""`flask resume`, `flask templates status`: what stops our messages, seen and lifted by the command line."""

from datetime import timedelta

import pytest
from flask.testing import FlaskCliRunner

from clock import machine_now
from messaging import alarms, outbox
from models import ApprovedTemplate, Sender
from tests.conversation import Shop, approve_everything


@pytest.fixture
def shop(shop: Shop) -> Shop:
    approve_everything(shop.company)
    return shop


def test_resume_lifts_an_alarm(shop: Shop, run: FlaskCliRunner) -> None:
    Sender.update(stopped_by=20003, held_until=machine_now() + timedelta(hours=1)).execute()
    assert run.invoke(args=["resume"]).output == "Messages go out again; 0 were waiting.\n"
    assert not alarms.standing()


def test_status_says_in_words_how_each_template_stands(shop: Shop, run: FlaskCliRunner) -> None:
    here = (ApprovedTemplate.name == "answer_waits") & (ApprovedTemplate.language == "en")
    ApprovedTemplate.update(status="rejected", reason="too vague").where(here).execute()
    outbox.queue(shop.alice.phone, "answer_waits", key="held", kind="reminder", first_name="Alice")
    # Nothing of it is at Twilio, so nothing is asked there.
    ApprovedTemplate.update(content_id=None).execute()
    said = run.invoke(args=["templates", "status"]).output
    sentence = "WhatsApp does not allow these words (too vague). Change them and push again."
    assert f"rejected     {sentence} 1 message waits for it." in said
    assert "In use." in said
