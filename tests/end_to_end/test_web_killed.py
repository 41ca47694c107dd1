"""The web server is killed while it takes in messages: whatever it answered with 200 is stored."""

import threading
import time
from itertools import count

import pytest
import urllib3
from twilio.request_validator import RequestValidator

from models import InboundMessage
from tests import databases
from tests.end_to_end.desk import Desk
from tests.end_to_end.processes import LONG_PATIENCE, wait_until

WRITERS = 12
KILLS = 3
STAFF = [f"+91982000000{n}" for n in range(1, 5)]
# Seconds after it was written: before it has come, between being stored and being answered, and thereafter.
MOMENTS = [0.003 * 1.5**n for n in range(12)]


class Writers:
    """Write without a pause until the web server is gone, each on a connection of its own."""

    def __init__(self, desk: Desk, prefix: str) -> None:
        self.url = f"{desk.web}/whatsapp/inbound"
        self.validator = RequestValidator(desk.token)
        self.prefix = prefix
        self.answered: list[str] = []
        self.cut_off = 0
        self.threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]

    def _write(self, first: int) -> None:
        http = urllib3.PoolManager(retries=False, timeout=10)
        for number in count(first, WRITERS):
            form = {
                "MessageSid": f"{self.prefix}{number}",
                "From": "whatsapp:+919812345678",
                # Nobody of ours, so that nobody answers.
                "To": "whatsapp:+919999999999",
                "Body": "hello",
            }
            signed = {"X-Twilio-Signature": self.validator.compute_signature(self.url, form)}
            try:
                answer = http.request_encode_body(
                    "POST", self.url, fields=form, headers=signed, encode_multipart=False
                )
            except urllib3.exceptions.HTTPError:
                self.cut_off += 1
                return
            if answer.status == 200:
                self.answered.append(form["MessageSid"])


def test_what_was_answered_is_stored_whenever_the_web_server_is_killed(
    web_alone: Desk, new_database_url: str
) -> None:
    answered: list[str] = []
    for kill in range(KILLS):
        writers = Writers(web_alone, f"SMkill{kill}x")
        for thread in writers.threads:
            thread.start()
        time.sleep(0.5)
        web_alone.kill("web")
        for thread in writers.threads:
            thread.join()
        assert writers.cut_off, "too late: nobody was writing any more"
        answered += writers.answered
        web_alone.start("web")
    with databases.connected(new_database_url):
        stored = {row.provider_id for row in InboundMessage.select(InboundMessage.provider_id)}
    assert len(answered) > 10 * KILLS
    assert set(answered) <= stored


@pytest.mark.long
def test_what_is_written_just_as_the_web_server_dies_is_answered_once(desk: Desk) -> None:
    for phone, moment in zip(STAFF * 3, MOMENTS, strict=True):
        writing = threading.Thread(target=desk.write, args=(phone, "whoami"))
        writing.start()
        time.sleep(moment)
        desk.kill("web")
        writing.join()
        desk.start("web")
    heard = [bubble["webhook"]["taken"] for bubble in desk.bubbles() if bubble["direction"] == "inbound"]
    print(f"Twilio was answered {heard.count(True)} of {len(heard)} times.")
    # What it could not bring us is in its list.
    desk.move_clock("+5m")
    for phone in STAFF:
        wait_until(lambda phone=phone: len(_answers(desk, phone)) >= 3, LONG_PATIENCE, desk.situation)
    wait_until(desk.is_quiet, situation=desk.situation)
    assert [len(_answers(desk, phone)) for phone in STAFF] == [3] * len(STAFF)
    assert desk.sent_twice() == {}


def _answers(desk: Desk, phone: str) -> list[object]:
    return desk.told(phone, "You are ")
