"""HTTP in from Twilio: only what Twilio signed is taken in, once, whatever it holds."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

import app
import config
from bot import webhook
from messaging import outbox
from models import InboundMessage, Message
from tests.conversation import MORNING, fresh, it_is, open_shop
from workers import queues

# Twilio's own examples; the second copy is for machines that do not have the collection.
_COLLECTED = config.ROOT.parent / "shared" / "data" / "twilio" / "signatures" / "vectors.json"
_OWN = Path(__file__).with_name("signature_vectors.json")

any_form = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def shop(database_url, monkeypatch):
    monkeypatch.setattr(config, "DATABASE_URL", database_url)
    it_is(MORNING)
    return open_shop()


@pytest.fixture
def client(shop):
    """The web application as Twilio meets it; a bug is raised, not answered with 500."""
    application = app.create_app()
    application.testing = True
    return application.test_client()


def _form(shop, **fields):
    written = {
        "MessageSid": "SM1",
        "From": f"whatsapp:{shop.alice.phone.address}",
        "To": f"whatsapp:{shop.sender.address}",
        "Body": "hello",
        "NumMedia": "0",
        "AccountSid": config.TWILIO_ACCOUNT_SID,
    }
    return {name: value for name, value in {**written, **fields}.items() if value is not None}


def _post(client, form, path="/whatsapp/inbound", token=config.TWILIO_AUTH_TOKEN):
    signature = RequestValidator(token).compute_signature(config.PUBLIC_URL + path, form)
    return client.post(path, data=form, headers={"X-Twilio-Signature": signature})


def _stored():
    return list(InboundMessage.select().order_by(InboundMessage.id))


def test_a_message_is_stored_and_answered_with_nothing_to_say(shop, client):
    answer = _post(
        client, _form(shop, ProfileName="Alice", ButtonPayload="later", OriginalRepliedMessageSid="SM0")
    )
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text.endswith("<Response></Response>")
    [message] = _stored()
    assert (message.body, message.button, message.replied_to) == ("hello", "later", "SM0")
    assert (message.from_address, message.profile_name) == (shop.alice.phone.address, "Alice")


def test_the_same_message_again_changes_nothing_and_is_answered_the_same(shop, client):
    first = _post(client, _form(shop))
    again = _post(client, _form(shop, Body="changed"))
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert [message.body for message in _stored()] == ["hello"]


def test_many_messages_wake_one_worker(shop, client, redis_url):
    for number in range(5):
        _post(client, _form(shop, MessageSid=f"SM{number}"))
    assert queues.queue("worker").count == 1


def test_files_are_noted_with_their_kinds(shop, client):
    url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"
    _post(
        client, _form(shop, Body="", NumMedia="2", MediaUrl0=url, MediaContentType0="text/csv", MediaUrl1=url)
    )
    [message] = _stored()
    assert message.media == [{"url": url, "type": "text/csv"}, {"url": url, "type": ""}]


def test_a_stop_twilio_has_confirmed_is_noted_as_such(shop, client):
    _post(client, _form(shop, Body="STOP", OptOutType="STOP"))
    assert _stored()[0].answered_by_provider


def test_somebody_who_hides_the_number_is_taken_in(shop, client):
    _post(client, _form(shop, From="whatsapp:IN.4Qx7kPz"))
    assert _stored()[0].from_address == "IN.4Qx7kPz"


# ---- signatures


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
    assert client.post(path, data=_form(shop), headers=headers).status_code == 403
    assert not _stored()


def test_a_changed_form_is_not_what_was_signed(shop, client):
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        f"{config.PUBLIC_URL}/whatsapp/inbound", _form(shop)
    )
    changed = _form(shop, Body="STOP")
    answer = client.post("/whatsapp/inbound", data=changed, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403


def test_a_name_that_comes_twice_is_signed_as_twilio_signs_it(shop, client):
    form = MultiDict([*_form(shop).items(), ("Extra", "b"), ("Extra", "a"), ("Extra", "b")])
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        config.PUBLIC_URL + "/whatsapp/inbound", form
    )
    answer = client.post("/whatsapp/inbound", data=form, headers={"X-Twilio-Signature": signature})
    assert (answer.status_code, len(_stored())) == (200, 1)


def test_a_value_added_under_a_known_name_is_not_what_was_signed(shop, client):
    form = _form(shop)
    signature = RequestValidator(config.TWILIO_AUTH_TOKEN).compute_signature(
        config.PUBLIC_URL + "/whatsapp/inbound", form
    )
    added = MultiDict([*form.items(), ("Body", "changed")])
    answer = client.post("/whatsapp/inbound", data=added, headers={"X-Twilio-Signature": signature})
    assert (answer.status_code, _stored()) == (403, [])


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
        _post(client, _form(shop, MessageSid=f"SM{token}"), token=token).status_code
        for token in (config.TWILIO_AUTH_TOKEN, "the other one", "a third one")
    ]
    assert statuses == [200, 200, 403]


def test_an_empty_second_token_lets_nobody_in(shop, client):
    assert _post(client, _form(shop), token="").status_code == 403


def test_a_sender_of_another_account_is_checked_by_its_own_token(shop, client):
    shop.sender.account_sid, shop.sender.auth_token = "ACother", "its token"
    shop.sender.save()
    form = _form(shop, AccountSid="ACother")
    assert _post(client, form).status_code == 403
    assert _post(client, form, token="its token").status_code == 200


# ---- what is no message


@pytest.mark.parametrize(
    "wrong",
    [
        {"MessageSid": None},
        {"MessageSid": ""},
        {"MessageSid": "S" * 200},
        {"From": None},
        {"From": "+919876543210"},
        {"From": "sms:+919876543210"},
        {"From": "whatsapp:"},
        {"From": "whatsapp:" + "9" * 200},
        {"To": None},
    ],
)
def test_a_form_that_is_no_message_is_refused(shop, client, wrong):
    answer = _post(client, _form(shop, **wrong))
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.json["error"]["message"]
    assert not _stored()


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_posts_are_taken(client, method):
    assert getattr(client, method)("/whatsapp/inbound").status_code == 405


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
FIELDS = (
    *("MessageSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "MediaContentType0", "ButtonPayload"),
    *("ProfileName", "OriginalRepliedMessageSid", "OptOutType", "Unheard-Of"),
)


@any_form
@example(fields=dict.fromkeys(FIELDS[3:], "\x00"))
@example(fields=dict.fromkeys(FIELDS[3:], "9" * 400))
@given(fields=st.dictionaries(st.sampled_from(FIELDS), texts | st.integers().map(str)))
def test_whatever_the_form_holds_it_is_taken_or_refused(shop, client, fields):
    assert _post(client, _form(shop, **fields)).status_code in (200, 400)


@any_form
@example(fields={"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "999999999999999"})
@example(fields={"MessageSid": "\x00", "MessageStatus": "failed"})
@given(
    fields=st.fixed_dictionaries(
        {"MessageSid": texts, "MessageStatus": texts | st.sampled_from(["sent", "failed", "read"])},
        optional={"ErrorCode": texts | st.integers().map(str), "ChannelStatusMessage": texts},
    )
)
def test_whatever_a_report_holds_it_is_taken_or_refused(shop, client, fields):
    phone = shop.alice.phone
    message = outbox.queue(phone, "answer_waits", key="reported", kind="reminder", first_name="Alice")
    Message.update(state="sending", provider_id=None).where(Message.id == message.id).execute()
    answer = _post(client, fields, f"/whatsapp/status?message={message.id}")
    assert answer.status_code in (204, 400)


@any_form
@example(ours="9" * 15)
@example(ours="9" * 30)
@given(ours=st.text("0123456789abcdef-+%", max_size=30))
def test_a_report_on_whatever_is_taken(shop, client, ours):
    form = {"MessageSid": "SM1", "MessageStatus": "read"}
    assert _post(client, form, f"/whatsapp/status?message={ours}").status_code == 204


@any_form
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", ""]
    ),
)
def test_what_is_no_form_at_all_is_refused(shop, client, body, kind):
    answer = client.post(
        "/whatsapp/inbound", data=body, content_type=kind, headers={"X-Twilio-Signature": "x"}
    )
    assert answer.status_code == 403


def test_a_report_moves_the_message(shop, client):
    message = outbox.queue(shop.alice.phone, "answer_waits", key="one", kind="reminder", first_name="Alice")
    Message.update(state="sending").where(Message.id == message.id).execute()
    report = {"MessageSid": "SM77", "MessageStatus": "delivered", "AccountSid": config.TWILIO_ACCOUNT_SID}
    assert _post(client, report, f"/whatsapp/status?message={message.id}").status_code == 204
    assert (fresh(message).state, fresh(message).provider_id) == ("delivered", "SM77")


def test_an_error_code_is_kept(shop, client):
    message = outbox.queue(shop.alice.phone, "answer_waits", key="one", kind="reminder", first_name="Alice")
    Message.update(state="sending").where(Message.id == message.id).execute()
    report = {"MessageSid": "SM77", "MessageStatus": "undelivered", "ErrorCode": "63024"}
    _post(client, report, f"/whatsapp/status?message={message.id}")
    assert fresh(message).error_code == 63024
