"""HTTP in from Twilio: only what Twilio signed is taken in."""

import base64
import json
from pathlib import Path

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

import config
from bot import webhook
from models import InboundMessage
from tests.bot.signing import message_form, post

# Twilio's own examples; the second copy is for machines that do not have the collection.
_COLLECTED = config.ROOT.parent / "shared" / "data" / "twilio" / "signatures" / "vectors.json"
_OWN = Path(__file__).with_name("signature_vectors.json")


def _stored():
    return InboundMessage.select().count()


def _vectors(path):
    read = json.loads(path.read_text())
    params = read["vectors"][0]["params"]
    return [
        (
            read["auth_token"],
            each["url"],
            params if each["params"] == "same" else each["params"],
            each["signature"],
        )
        for each in read["vectors"]
        if "params" in each
    ]


@pytest.mark.parametrize("path", [_COLLECTED, _OWN], ids=["collected", "own"])
def test_twilio_s_own_examples_are_recognised_and_nothing_like_them(shop, client, monkeypatch, path):
    if not path.exists():
        pytest.skip("the collection of real examples is not on this machine")
    client.application.add_url_rule(
        "/myapp.php", view_func=webhook.inbound, methods=["POST"], endpoint="example"
    )
    for token, url, params, signature in _vectors(path):
        monkeypatch.setattr(config, "TWILIO_AUTH_TOKEN", token)
        monkeypatch.setattr(config, "PUBLIC_URL", url.partition("/myapp.php")[0])
        form = {name: [value for key, value in params if key == name] for name, _ in params}
        statuses = [
            client.post("/myapp.php?foo=1&bar=2", data=form, headers={"X-Twilio-Signature": each}).status_code
            for each in (signature, _with_one_bit_changed(signature))
        ]
        # Recognised, it is refused for what it is: no message.
        assert statuses == [400, 403]


def _with_one_bit_changed(signature):
    raw = bytearray(base64.b64decode(signature))
    raw[0] ^= 1
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize("signature", [None, "", "nonsense", "ü"])
@pytest.mark.parametrize("path", ["/whatsapp/inbound", "/whatsapp/status?message=1"])
def test_without_a_right_signature_nothing_is_taken_in(shop, client, path, signature):
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    assert client.post(path, data=message_form(shop), headers=headers).status_code == 403
    assert not _stored()


def test_a_changed_form_is_not_what_was_signed(shop, client):
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        f"{config.PUBLIC_URL}/whatsapp/inbound", message_form(shop)
    )
    changed = message_form(shop, Body="STOP")
    answer = client.post("/whatsapp/inbound", data=changed, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403


def test_a_name_that_comes_twice_is_signed_as_twilio_signs_it(shop, client):
    form = MultiDict([*message_form(shop).items(), ("Extra", "b"), ("Extra", "a"), ("Extra", "b")])
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        config.PUBLIC_URL + "/whatsapp/inbound", form
    )
    answer = client.post("/whatsapp/inbound", data=form, headers={"X-Twilio-Signature": signature})
    assert (answer.status_code, _stored()) == (200, 1)


def test_a_value_added_under_a_known_name_is_not_what_was_signed(shop, client):
    form = message_form(shop)
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        config.PUBLIC_URL + "/whatsapp/inbound", form
    )
    added = MultiDict([*form.items(), ("Body", "changed")])
    answer = client.post("/whatsapp/inbound", data=added, headers={"X-Twilio-Signature": signature})
    assert (answer.status_code, _stored()) == (403, 0)


def test_a_signature_for_another_address_does_not_count(shop, client):
    form = {"MessageStatus": "read", "MessageSid": "SM1"}
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        f"{config.PUBLIC_URL}/whatsapp/status?message=1", form
    )
    answer = client.post("/whatsapp/status?message=2", data=form, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403


def test_both_tokens_count_while_they_are_rotated(shop, client, monkeypatch):
    monkeypatch.setattr(config, "TWILIO_AUTH_TOKEN_SECONDARY", "the other one")
    statuses = [
        post(client, message_form(shop, MessageSid=f"SM{token}"), token=token).status_code
        for token in (config.TWILIO_AUTH_TOKEN, "the other one", "a third one")
    ]
    assert statuses == [200, 200, 403]


def test_an_empty_second_token_lets_nobody_in(shop, client):
    assert post(client, message_form(shop), token="").status_code == 403


def test_a_sender_of_another_account_is_checked_by_its_own_token(shop, client):
    shop.sender.account_sid, shop.sender.auth_token = "ACother", "its token"
    shop.sender.save()
    form = message_form(shop, AccountSid="ACother")
    assert post(client, form).status_code == 403
    assert post(client, form, token="its token").status_code == 200
