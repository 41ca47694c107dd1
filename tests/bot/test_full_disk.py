"""A full disk: refused loudly, so that Twilio tries its other address, and nothing is half stored."""

import os
import subprocess
import sys

import pytest

import config

# In a process of its own, because the limit cannot be lifted again: no file may grow any more.
_FULL = """
import logging, resource, signal, sys
import config, database, logs
import app
from models import InboundMessage
from tests.bot.signing import post
logs.set_up("web")
web = app.create_app().test_client()
form = {"MessageSid": "SM1", "From": "whatsapp:+919876500001", "Body": "secret"}
form |= {"To": "whatsapp:+919876543210", "AccountSid": config.TWILIO_ACCOUNT_SID}
assert post(web, {**form, "MessageSid": "SM0"}).status_code == 200
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
refused = post(web, form)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
print(refused.status_code, InboundMessage.select().count(), post(web, form).status_code)
print(InboundMessage.select().count())
"""


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_it_is_refused_loudly_and_taken_once_there_is_room_again(database_url, tmp_path):
    settings = {"DATABASE_URL": database_url, "DATA_DIR": str(tmp_path), "PYTHONPATH": str(config.ROOT)}
    settings |= {"REDIS_URL": "redis://127.0.0.1:9"}
    run = subprocess.run(
        [sys.executable, "-c", _FULL], env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["503", "1", "200", "2"], run.stderr[-2000:]
    assert '"level": "error"' in run.stderr and "it is refused" in run.stderr
    assert "secret" not in run.stderr and "919876500001" not in run.stderr
    assert not [path for path in (tmp_path / "spool").glob("*") if path.is_file() and path.stat().st_size]
