"""HTTP in from Twilio: messages and reports are taken in once, whatever they hold."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import config
from messaging import outbox
from models import InboundMessage, Message
from tests.bot.signing import message_form, post
from tests.conversation import fresh
from workers import queues

any_form = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _stored():
    return list(InboundMessage.select().order_by(InboundMessage.id))


def test_a_message_is_stored_and_answered_with_nothing_to_say(shop, client):
    answer = post(
        client,
        message_form(shop, ProfileName="Alice", ButtonPayload="later", OriginalRepliedMessageSid="SM0"),
    )
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text.endswith("<Response></Response>")
    [message] = _stored()
    assert (message.body, message.button, message.replied_to) == ("hello", "later", "SM0")
    assert (message.from_address, message.profile_name) == (shop.alice.phone.address, "Alice")


def test_the_same_message_again_changes_nothing_and_is_answered_the_same(shop, client):
    first = post(client, message_form(shop))
    again = post(client, message_form(shop, Body="changed"))
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert [message.body for message in _stored()] == ["hello"]


def test_many_messages_wake_one_worker(shop, client):
    for number in range(5):
        post(client, message_form(shop, MessageSid=f"SM{number}"))
    assert queues.queue("worker").count == 1


def test_files_are_noted_with_their_kinds(shop, client):
    url = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"
    post(
        client,
        message_form(shop, Body="", NumMedia="2", MediaUrl0=url, MediaContentType0="text/csv", MediaUrl1=url),
    )
    [message] = _stored()
    assert message.media == [{"url": url, "type": "text/csv"}, {"url": url, "type": ""}]


def test_a_stop_twilio_has_confirmed_is_noted_as_such(shop, client):
    post(client, message_form(shop, Body="STOP", OptOutType="STOP"))
    assert _stored()[0].answered_by_provider


def test_somebody_who_hides_the_number_is_taken_in(shop, client):
    post(client, message_form(shop, From="whatsapp:IN.4Qx7kPz"))
    assert _stored()[0].from_address == "IN.4Qx7kPz"


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
    answer = post(client, message_form(shop, **wrong))
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
    assert post(client, message_form(shop, **fields)).status_code in (200, 400)


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
    answer = post(client, fields, f"/whatsapp/status?message={message.id}")
    assert answer.status_code in (204, 400)


@any_form
@example(ours="9" * 15)
@example(ours="9" * 30)
@given(ours=st.text("0123456789abcdef-+%", max_size=30))
def test_a_report_on_whatever_is_taken(shop, client, ours):
    form = {"MessageSid": "SM1", "MessageStatus": "read"}
    assert post(client, form, f"/whatsapp/status?message={ours}").status_code == 204


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
    assert post(client, report, f"/whatsapp/status?message={message.id}").status_code == 204
    assert (fresh(message).state, fresh(message).provider_id) == ("delivered", "SM77")


def test_an_error_code_is_kept(shop, client):
    message = outbox.queue(shop.alice.phone, "answer_waits", key="one", kind="reminder", first_name="Alice")
    Message.update(state="sending").where(Message.id == message.id).execute()
    report = {"MessageSid": "SM77", "MessageStatus": "undelivered", "ErrorCode": "63024"}
    post(client, report, f"/whatsapp/status?message={message.id}")
    assert fresh(message).error_code == 63024
