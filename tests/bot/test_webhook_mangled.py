"""Ten thousand mangled forms: none makes the webhook stumble, and none is stored that Twilio did not sign."""

import random
from urllib.parse import parse_qsl, urlencode

import pytest
from twilio.request_validator import RequestValidator

import config
from models import InboundMessage
from tests.bot.signing import message_form

INBOUND = "/whatsapp/inbound"
URLENCODED = "application/x-www-form-urlencoded"
KINDS = (URLENCODED, f"{URLENCODED}; charset=utf-16", "multipart/form-data; boundary=x", "text/plain", "")
MADE_UP = (b"&", b"=", b"%", b"%00", b"%ff%fe", b"&&==", b"\x00\xff", b"[]", b";")

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def form(shop):
    """What is mangled."""
    return message_form(shop, Body="नमस्ते & 50% off=?", NumMedia="1", MediaUrl0="https://api.twilio.com/a")


def _signature(form):
    return RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(config.PUBLIC_URL + INBOUND, form)


def _mangled(body, chance):
    """The bytes with pieces cut out, doubled, moved, turned over or made up."""
    for _ in range(chance.randint(1, 4)):
        start, end = sorted(chance.choices(range(len(body) + 1), k=2))
        piece = body[start:end]
        made_up = chance.choice([*MADE_UP, chance.randbytes(9)])
        body = chance.choice(
            [
                body[:start] + body[end:],
                body[:end] + piece + body[end:],
                body[:start] + made_up + body[end:],
                body[:start] + piece[::-1] + body[end:],
                piece + body[:start] + body[end:],
                body + b"&" + piece,
            ]
        )
    return body


def _post(client, body, signature, kind):
    return client.post(INBOUND, data=body, content_type=kind, headers={"X-Twilio-Signature": signature})


def test_what_was_mangled_on_the_way_is_refused(client, form):
    chance, whole = random.Random(1), urlencode(form).encode()
    signature = _signature(form)
    for _ in range(8000):
        body = _mangled(whole, chance)
        answer = _post(client, body, signature, chance.choice(KINDS))
        arrived = set(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        # The same form in another order is Twilio's still.
        assert answer.status_code == 403 or arrived == set(form.items()), body
    assert InboundMessage.select().count() <= 1


def test_what_twilio_itself_has_mangled_is_stored_or_refused(client, form):
    chance, whole = random.Random(2), urlencode(form)
    for _ in range(2000):
        mangled = _mangled(whole.encode(), chance).decode("utf-8", "replace")
        # Whose account it is decides whose signature is looked for.
        sent = dict(parse_qsl(mangled, keep_blank_values=True)) | {"AccountSid": config.TWILIO_ACCOUNT_SID}
        answer = _post(client, urlencode(sent), _signature(sent), URLENCODED)
        assert answer.status_code in (200, 400), sent
    assert 0 < InboundMessage.select().count() < 2000
