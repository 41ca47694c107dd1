"""SMS in the simulator: Twilio's same interface, with addresses that are bare numbers."""

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.simulator.running import ALICE

NUMBER = "+14155550100"


def _sms(simulator, **fields):
    sent = {"to": ALICE, "from_": NUMBER, "body": "hello"} | fields
    callback = f"{simulator.shop.address}/whatsapp/status?message=7"
    return simulator.twilio.messages.create(
        status_callback=callback, **{name: value for name, value in sent.items() if value}
    )


def _write_sms(simulator, body):
    simulator.control("write", **{"from": ALICE}, to=NUMBER, channel="sms", body=body, wait=True)


def test_an_sms_reaches_somebody_who_is_not_on_whatsapp_without_a_window(simulator):
    simulator.control(f"phones/{ALICE}", on_whatsapp=False)
    message = _sms(simulator)
    row = simulator.ends_as(message, "delivered")
    assert (row["from"], row["to"], row["body"]) == (NUMBER, ALICE, "hello")


def test_nobody_tells_that_an_sms_was_read(simulator):
    simulator.control("phones", number=ALICE, name="Alice")
    message = _sms(simulator)
    simulator.ends_as(message, "delivered")
    simulator.control("read", phone=ALICE)
    assert [row["status"] for row in simulator.look("messages")] == ["delivered"]


def test_a_messaging_service_sends_it(simulator):
    message = _sms(simulator, from_="", messaging_service_sid="MG" + "0" * 32)
    assert simulator.ends_as(message, "delivered")["from"].startswith("+")


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"from_": f"whatsapp:{NUMBER}"}, 21910), ({"from_": "shop"}, 21212), ({"to": "+91"}, 21211)],
)
def test_what_twilio_refuses(simulator, fields, code):
    with pytest.raises(TwilioRestException) as refused:
        _sms(simulator, **fields)
    assert refused.value.code == code


def test_stop_by_sms_is_told_and_obeyed_by_twilio_until_start(simulator):
    _write_sms(simulator, "STOP")
    with pytest.raises(TwilioRestException) as refused:
        _sms(simulator)
    assert refused.value.code == 21610
    _write_sms(simulator, "start")
    assert _sms(simulator).sid
    assert [form["From"] for form in simulator.shop.inbound] == [ALICE, ALICE]
    assert "WaId" not in simulator.shop.inbound[0]
