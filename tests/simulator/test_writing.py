"""What people send to the shop: text, buttons, files, and a shop that does not listen."""

import base64
from urllib.parse import urlsplit

import pytest
from twilio.rest.content.v1.content import ContentList

from tests.simulator.running import ALICE, SHOP_NUMBER, Refused, eventually
from tests.simulator.shop import ACCOUNT, TOKEN

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def question(simulator, message_of="Shall we keep it ready?"):
    actions = [{"type": "QUICK_REPLY", "title": "Yes, keep ready", "id": "refill:4:yes"}]
    types = {"twilio/quick-reply": {"body": message_of, "actions": actions}}
    wanted = {"friendly_name": "question", "language": "en", "variables": {}, "types": types}
    content = simulator.twilio.content.v1.contents.create(ContentList.ContentCreateRequest(wanted))
    return content.sid


def fetch(simulator, url, token=TOKEN, redirect=False):
    path = urlsplit(url).path
    credentials = base64.b64encode(f"{ACCOUNT}:{token}".encode()).decode()
    headers = {"Authorization": f"Basic {credentials}"} if token else {}
    return simulator.http.request("GET", simulator.address + path, headers=headers, redirect=redirect)


def test_the_shop_is_told_with_all_that_twilio_tells(simulator, shop):
    simulator.control("phones", number=ALICE, name="Alice Fernandes")
    message = simulator.write("Are you open?")
    [form] = shop.inbound
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"] == message["sid"]
    assert (form["From"], form["To"]) == (f"whatsapp:{ALICE}", f"whatsapp:{SHOP_NUMBER}")
    assert (form["Body"], form["NumMedia"], form["MessageType"]) == ("Are you open?", "0", "text")
    assert (form["WaId"], form["ProfileName"]) == ("919820011111", "Alice Fernandes")
    assert (form["AccountSid"], form["ApiVersion"], form["SmsStatus"]) == (ACCOUNT, "2010-04-01", "received")
    assert message["webhook"] == {"status": 200, "attempts": 1, "error": "", "taken": True}
    assert shop.unsigned == []


def test_messages_of_one_phone_arrive_in_order(simulator, shop):
    for number in range(20):
        simulator.control("write", **{"from": ALICE}, body=str(number))
    eventually(lambda: len(shop.inbound) == 20)
    assert [form["Body"] for form in shop.inbound] == [str(number) for number in range(20)]


def test_hindi_is_signed_and_arrives_as_it_was_typed(simulator, shop):
    simulator.write("हाँ, रखिए 🙏")
    assert shop.inbound[0]["Body"] == "हाँ, रखिए 🙏"


def test_a_pressed_button_says_which_message_it_belongs_to(simulator, shop):
    simulator.write("Hello")
    asked = simulator.send(content_sid=question(simulator))
    simulator.ends_as(asked, "delivered")
    simulator.write(button="Yes, keep ready", message=asked.sid)
    form = shop.inbound[1]
    assert (form["Body"], form["ButtonText"], form["ButtonPayload"]) == (
        "Yes, keep ready",
        "Yes, keep ready",
        "refill:4:yes",
    )
    assert form["OriginalRepliedMessageSid"] == asked.sid
    assert form["MessageType"] == "interactive"


def test_a_button_of_a_template_comes_as_a_button(simulator, shop):
    content = question(simulator)
    simulator.control(f"contents/{content}", state="approved")
    asked = simulator.send(content_sid=content)
    simulator.ends_as(asked, "delivered")
    simulator.write(button="refill:4:yes", message=asked.sid)
    assert shop.inbound[0]["MessageType"] == "button"


def test_a_button_that_is_not_there_cannot_be_pressed(simulator):
    asked = simulator.send(content_sid=question(simulator))
    with pytest.raises(Refused, match="no button"):
        simulator.write(button="No", message=asked.sid)


def test_an_answer_to_a_message_names_it(simulator, shop):
    simulator.write("Hello")
    asked = simulator.send("When do you need it?")
    simulator.write("Tomorrow", reply_to=asked.sid)
    assert shop.inbound[1]["OriginalRepliedMessageSid"] == asked.sid


def test_a_document_comes_with_its_name_where_no_caption_is(simulator, shop):
    message = simulator.attach("contacts.xlsx", b"PK rows")
    [form] = shop.inbound
    assert (form["Body"], form["MessageType"], form["NumMedia"]) == ("contacts.xlsx", "document", "1")
    assert form["MediaContentType0"] == XLSX
    root = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{message['sid']}/Media/ME"
    assert form["MediaUrl0"].startswith(root)


def test_a_caption_stands_in_the_body(simulator, shop):
    simulator.attach("contacts.xlsx", b"PK rows", body="upload consent: gave their number at the counter")
    assert shop.inbound[0]["Body"] == "upload consent: gave their number at the counter"


def test_a_picture_without_caption_has_no_body(simulator, shop):
    simulator.attach("prescription.jpg", b"\xff\xd8\xff")
    assert (shop.inbound[0]["Body"], shop.inbound[0]["MessageType"]) == ("", "image")


def test_a_file_is_fetched_with_credentials_by_way_of_a_redirect(simulator, shop):
    simulator.attach("contacts.xlsx", b"PK rows")
    url = shop.inbound[0]["MediaUrl0"]
    assert fetch(simulator, url, token="").status == 401
    assert fetch(simulator, url, token="wrong").status == 401
    answer = fetch(simulator, url)
    assert answer.status == 307
    lent = simulator.http.request("GET", simulator.address + answer.headers["Location"])
    assert (lent.data, lent.headers["Content-Type"]) == (b"PK rows", XLSX)


def test_an_address_nobody_was_given_leads_nowhere(simulator):
    assert simulator.http.request("GET", f"{simulator.address}/media/guessed").status == 404


def test_a_file_is_listed_and_can_be_deleted(simulator, shop):
    message = simulator.attach("contacts.xlsx", b"PK rows")
    context = simulator.twilio.messages(message["sid"])
    [file] = context.media.list()
    assert (file.content_type, file.parent_sid) == (XLSX, message["sid"])
    assert file.delete()
    assert context.media.list() == []
    assert fetch(simulator, shop.inbound[0]["MediaUrl0"]).status == 404


def test_a_file_of_more_than_16_mb_does_not_go(simulator, shop):
    assert simulator.attach("video.mp4", bytes(16 * 1024 * 1024 + 1))["code"] == 63034
    assert shop.inbound == []


def test_who_is_not_on_whatsapp_cannot_write(simulator):
    simulator.control(f"phones/{ALICE}", on_whatsapp=False)
    with pytest.raises(Refused, match="not on WhatsApp"):
        simulator.write("Hello")


@pytest.mark.parametrize(("number", "body"), [("12", "Hello"), ("", "Hello"), (ALICE, "  ")])
def test_nonsense_is_refused(simulator, number, body):
    with pytest.raises(Refused):
        simulator.write(body, phone=number)
    assert simulator.look("messages") == []


def test_an_error_of_the_shop_is_not_tried_again_but_can_be_found(simulator, shop):
    shop.answer = 500
    message = simulator.write("Hello")
    assert message["webhook"] == {"status": 500, "attempts": 1, "error": "", "taken": False}
    assert len(shop.inbound) == 1
    listed = simulator.twilio.messages.list(to=f"whatsapp:{SHOP_NUMBER}")
    assert [(found.sid, found.direction, found.body) for found in listed] == [
        (message["sid"], "inbound", "Hello")
    ]


def test_a_closed_shop_is_tried_once_more_but_the_message_can_be_found(simulator, shop):
    shop.close()
    try:
        message = simulator.write("Hello")
    finally:
        shop.open()
    assert message["webhook"] == {"status": None, "attempts": 2, "error": "no connection", "taken": False}
    assert [found.sid for found in simulator.twilio.messages.list(to=f"whatsapp:{SHOP_NUMBER}")] == [
        message["sid"]
    ]
