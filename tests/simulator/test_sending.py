"""Creating, listing, changing messages, and what Twilio refuses at once."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.simulator.running import ALICE, SHOP_NUMBER, Rewriting, Simulator, eventually
from tests.simulator.shop import ACCOUNT

BOB = "+919820022222"


def refusal(simulator: Simulator, **fields) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        simulator.twilio.messages.create(**fields)
    return refused.value.status, refused.value.code


def test_a_message_is_taken_as_twilio_takes_it(simulator):
    message = simulator.send("Good morning")
    assert message.sid.startswith("SM")
    assert len(message.sid) == 34
    assert (message.status, message.direction, message.body) == ("queued", "outbound-api", "Good morning")
    assert (message.num_segments, message.num_media, message.error_code) == ("1", "0", None)
    assert message.date_created.utcoffset().total_seconds() == 0
    assert message.uri == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{message.sid}.json"


def test_a_message_of_a_service_is_accepted_first(simulator):
    service = "MG" + "0" * 32
    message = simulator.twilio.messages.create(
        to=f"whatsapp:{ALICE}", messaging_service_sid=service, body="Hello"
    )
    assert (message.status, message.from_, message.messaging_service_sid) == ("accepted", None, service)


def test_a_wrong_token_is_refused(simulator):
    stranger = Client(ACCOUNT, "wrong", http_client=Rewriting(simulator.address))
    with pytest.raises(TwilioRestException) as refused:
        stranger.messages.create(to=f"whatsapp:{ALICE}", from_=f"whatsapp:{SHOP_NUMBER}", body="Hello")
    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_another_account_is_not_found(simulator):
    with pytest.raises(TwilioRestException) as refused:
        simulator.twilio.api.accounts("AC" + "9" * 32).messages("SM" + "9" * 32).fetch()
    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "whatsapp:+9112"}, 21211),
        ({"to": "whatsapp:98200"}, 21211),
        ({"to": ALICE}, 21910),
        ({"body": "x" * 1601}, 21617),
        ({"body": ""}, 21619),
        ({"from_": "whatsapp:shop"}, 63007),
        ({"content_sid": "HX" + "0" * 32}, 21655),
        ({"validity_period": 40_000}, 21622),
    ],
)
def test_what_twilio_refuses_is_refused(simulator, fields, code):
    usual = {"to": f"whatsapp:{ALICE}", "from_": f"whatsapp:{SHOP_NUMBER}", "body": "Hello"}
    assert refusal(simulator, **{**usual, **fields}) == (400, code)
    assert simulator.look("messages") == []


def test_the_list_is_newest_first_and_paged(simulator):
    for number in range(5):
        simulator.send(f"number {number}")
    simulator.send("somebody else", to=BOB)
    listed = simulator.twilio.messages.list(
        to=f"whatsapp:{ALICE}", from_=f"whatsapp:{SHOP_NUMBER}", page_size=2
    )
    assert [message.body for message in listed] == [f"number {number}" for number in (4, 3, 2, 1, 0)]


def test_a_page_keeps_its_place_while_messages_arrive(simulator):
    for number in range(4):
        simulator.send(f"number {number}")
    first = simulator.twilio.messages.page(to=f"whatsapp:{ALICE}", page_size=2)
    simulator.send("later")
    assert [message.body for message in first.next_page()] == ["number 1", "number 0"]


def test_a_message_can_be_fetched_emptied_and_deleted(simulator):
    message = simulator.send("Ravi takes metformin")
    assert message.update(body="").body == ""
    assert message.fetch().body == ""
    assert message.delete()
    with pytest.raises(TwilioRestException) as gone:
        message.fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_every_create_is_accounted_for_by_our_own_id(simulator):
    taken = simulator.send("Hello", message=41)
    with pytest.raises(TwilioRestException):
        simulator.send("x" * 1601, message=42)
    assert simulator.look("creates?message=41") == [
        {"outcome": "201", "taken": True, "to": f"whatsapp:{ALICE}", "sid": taken.sid}
    ]
    assert [entry["outcome"] for entry in simulator.look("creates?message=42")] == ["21617"]
    assert simulator.look("creates?message=43") == []


def test_somebody_who_hides_the_number_is_written_to_by_user_id(simulator, shop):
    simulator.control("phones", number=ALICE, name="Alice")
    simulator.control(f"phones/{ALICE}", hides_number=True)
    simulator.write("Hello")
    address = shop.inbound[0]["From"]
    assert address == shop.inbound[0]["ExternalUserId"]
    assert "WaId" not in shop.inbound[0]
    message = simulator.send("Hello back", to=address.removeprefix("whatsapp:"))
    assert simulator.ends_as(message, "read")["phone"] == ALICE


def test_typing_is_shown_on_the_phone(simulator, shop):
    simulator.control("phones", number=ALICE, name="Alice")
    simulator.write("Are you open?")
    sid = shop.inbound[0]["MessageSid"]
    assert simulator.twilio.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid).success
    handset = simulator.look("news?since=0")["handsets"][0]
    assert handset["typing_seconds"] > 0


def test_five_hundred_messages_are_all_taken_and_reported(simulator, shop):
    simulator.write("Hello")
    sids = {simulator.send(json.dumps(number), message=number).sid for number in range(500)}
    assert len(sids) == 500
    eventually(lambda: sum(form["MessageSid"] in sids for form in shop.reports) == 1000)
    assert {form["MessageSid"] for form in shop.reports} >= sids
    assert all(len(rows) == 1 for rows in simulator.look("creates").values())


def test_what_an_account_empties_stays_on_the_phone(simulator):
    message = simulator.send("Your medicine is ready")
    message.update(body="")
    [shown] = [row for row in simulator.look("messages") if row["sid"] == message.sid]
    assert shown["body"] == "Your medicine is ready"
