"""What becomes of a message on its way: the window, numbers off WhatsApp, reports, files."""

import pytest

from tests.simulator.running import ALICE, SHOP_NUMBER, eventually
from tests.simulator.shop import ACCOUNT

BOB = "+919820022222"


def test_outside_the_window_free_text_fails(simulator, shop):
    message = simulator.send("Good morning")
    [report] = eventually(lambda: shop.reports_of(message.sid))
    assert (report["MessageStatus"], report["ErrorCode"]) == ("failed", "63016")
    assert message.fetch().error_code == 63016


def test_within_a_day_of_writing_free_text_arrives(simulator, shop):
    simulator.write("Hello")
    message = simulator.send("Good morning")
    eventually(lambda: "delivered" in shop.statuses(message.sid))
    assert shop.statuses(message.sid) == ["sent", "delivered"]
    assert message.fetch().status == "delivered"


def test_the_window_closes_a_day_after_the_last_message(simulator):
    simulator.write("Hello")
    simulator.control("clock", move="+1d")
    late = simulator.send("Good morning")
    assert simulator.ends_as(late, "failed")["error_code"] == 63016
    simulator.write("Hello again")
    simulator.ends_as(simulator.send("Good morning"), "delivered")


def test_the_window_is_open_towards_the_number_that_was_written_to(simulator):
    simulator.control("write", **{"from": ALICE, "to": "+912240009999"}, body="Hello", wait=True)
    assert simulator.ends_as(simulator.send("Good morning"), "failed")["error_code"] == 63016


def test_a_number_that_is_not_on_whatsapp_is_known_only_afterwards(simulator, shop):
    simulator.control(f"phones/{BOB}", on_whatsapp=False)
    message = simulator.send("Good morning", to=BOB)
    assert message.status == "queued"
    [report] = eventually(lambda: shop.reports_of(message.sid))
    assert (report["MessageStatus"], report["ErrorCode"]) == ("undelivered", "63024")


def test_a_report_has_the_fields_twilio_sends(simulator, shop):
    simulator.write("Hello")
    message = simulator.send("Good morning", message=41)
    eventually(lambda: len(shop.reports_of(message.sid)) == 2)
    sent, delivered = shop.reports_of(message.sid)
    assert "EventType" not in sent
    assert delivered["EventType"] == "DELIVERED"
    assert delivered["message"] == "41"
    assert delivered["MessageSid"] == delivered["SmsSid"] == message.sid
    assert delivered["AccountSid"] == ACCOUNT
    assert delivered["ChannelToAddress"] == "+91982001XXXX"
    assert (delivered["From"], delivered["To"]) == (f"whatsapp:{SHOP_NUMBER}", f"whatsapp:{ALICE}")
    assert not [name for name in delivered if "Date" in name or "Time" in name]
    assert shop.unsigned == []


def test_only_who_looks_at_the_page_reads_by_himself(simulator):
    simulator.control("phones", number=ALICE, name="Alice")
    for number in (ALICE, BOB):
        simulator.write("Hello", phone=number)
    simulator.ends_as(simulator.send("Good morning"), "read")
    unread = simulator.send("Good morning", to=BOB)
    simulator.ends_as(unread, "delivered")
    simulator.control("read", phone=BOB)
    simulator.ends_as(unread, "read")


def test_a_phone_can_keep_its_reading_to_itself(simulator, shop):
    simulator.control("phones", number=ALICE, name="Alice")
    simulator.control(f"phones/{ALICE}", reads=False)
    simulator.write("Hello")
    first = simulator.send("Good morning")
    simulator.ends_as(first, "delivered")
    simulator.write("Good morning to you")
    simulator.ends_as(simulator.send("How can we help?"), "delivered")
    assert first.fetch().status == "delivered"


def test_messages_to_who_blocked_us_stay_sent(simulator, shop):
    simulator.write("Hello")
    simulator.control(f"phones/{ALICE}", blocked=True)
    blocked = simulator.send("Good morning")
    simulator.write("Hello", phone=BOB)
    simulator.ends_as(simulator.send("Good morning", to=BOB), "delivered")
    assert shop.statuses(blocked.sid) == ["sent"]


@pytest.mark.parametrize(("code", "status"), [(63049, "undelivered"), (63051, "failed")])
def test_a_phone_can_be_given_any_error(simulator, code, status):
    simulator.write("Hello")
    simulator.control(f"phones/{ALICE}", fails_with=code)
    assert simulator.ends_as(simulator.send("Good morning"), status)["error_code"] == code


def test_a_file_of_the_shop_is_fetched_and_shown(simulator, shop):
    simulator.write("Hello")
    message = simulator.send(media_url=[f"{shop.address}/leaflet.pdf"])
    row = simulator.ends_as(message, "delivered")
    assert [(file["name"], file["content_type"]) for file in row["media"]] == [
        ("leaflet.pdf", "application/pdf")
    ]
    assert [file.content_type for file in message.media.list()] == ["application/pdf"]


@pytest.mark.parametrize("url", ["/missing.pdf", "https://files.example/leaflet.pdf"])
def test_a_file_that_cannot_be_fetched_fails(simulator, shop, url):
    simulator.write("Hello")
    message = simulator.send(media_url=[url if url.startswith("https") else shop.address + url])
    assert simulator.ends_as(message, "failed")["error_code"] == 63019
