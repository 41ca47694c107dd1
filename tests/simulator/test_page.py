"""The page in a real browser."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from twilio.rest.content.v1.content import ContentList

from tests import chromium
from tests.simulator.running import ALICE, Simulator, eventually

BOB = "+919820022222"

pytestmark = chromium.needed


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.running() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, simulator: Simulator) -> Iterator[Page]:
    """The page with nobody on it; whatever it complains of in its console fails the test."""
    page = browser.new_page(viewport={"width": 1400, "height": 860})
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: _only_ours(request.url, simulator, complaints))
    page.goto(simulator.address)
    yield page
    page.close()
    assert complaints == []


@pytest.fixture
def alice(simulator: Simulator, page: Page) -> Locator:
    """Alice's handset; she has written to the shop."""
    simulator.control("phones", number=ALICE, name="Alice Fernandes", role="Customer")
    simulator.write("Hello")
    handset = page.get_by_role("region", name="Phone of Alice Fernandes")
    expect(handset.get_by_text("Hello")).to_be_visible()
    return handset


def _only_ours(url: str, simulator: Simulator, complaints: list[str]) -> None:
    if not url.startswith((simulator.address, "data:", "blob:")):
        complaints.append(f"The page asked for {url}")


def question(simulator: Simulator) -> str:
    """A content with two buttons, sent to Alice; its sid."""
    actions = [{"type": "QUICK_REPLY", "title": title, "id": title.lower()} for title in ("Yes", "Later")]
    types = {"twilio/quick-reply": {"body": "Shall we keep it ready?", "actions": actions}}
    wanted = {"friendly_name": "refill_due", "language": "en", "variables": {}, "types": types}
    content = simulator.twilio.content.v1.contents.create(ContentList.ContentCreateRequest(wanted))
    return simulator.send(content_sid=content.sid).sid


def open_panel(page: Page, name: str) -> Locator:
    page.locator("summary", has_text=name).click()
    return page.locator("details[open] .panel-body")


def test_an_empty_page_says_what_to_do(page):
    expect(page.get_by_role("heading", name="No phones yet")).to_be_visible()


def test_a_phone_is_added(page, simulator):
    panel = open_panel(page, "Add a phone")
    panel.get_by_label("Name").fill("Asha Rao")
    panel.get_by_label("Number").fill("98200 11111")
    panel.get_by_role("button", name="Add phone").click()
    handset = page.get_by_role("region", name="Phone of Asha Rao")
    expect(handset.get_by_text("+91 98200 11111")).to_be_visible()
    expect(page.get_by_role("heading", name="No phones yet")).to_be_hidden()


def test_a_number_that_is_none_is_explained(page):
    panel = open_panel(page, "Add a phone")
    panel.get_by_label("Name").fill("Asha Rao")
    panel.get_by_label("Number").fill("12")
    panel.get_by_role("button", name="Add phone").click()
    expect(page.get_by_role("status")).to_have_text("12 is not a phone number.")


def test_what_is_written_reaches_the_shop_and_its_answer_the_phone(alice, simulator, shop):
    alice.get_by_role("textbox", name="Message").fill("क्या दुकान खुली है?")
    alice.get_by_role("textbox", name="Message").press("Enter")
    expect(alice.locator(".mine .words").last).to_have_text("क्या दुकान खुली है?")
    expect(alice.get_by_role("textbox", name="Message")).to_have_value("")
    eventually(lambda: len(shop.inbound) == 2)
    assert shop.inbound[1]["Body"] == "क्या दुकान खुली है?"
    simulator.send("Yes, until *9 pm*")
    answer = alice.locator(".message:not(.mine)")
    expect(answer.locator(".words")).to_have_text("Yes, until 9 pm")
    expect(answer.locator("strong")).to_have_text("9 pm")
    expect(answer.get_by_role("img", name="read")).to_be_visible()


def test_what_is_written_stays_text(alice, simulator):
    simulator.send("<img src=x onerror=alert(1)> & <b>bold</b>")
    expect(alice.locator(".words").last).to_have_text("<img src=x onerror=alert(1)> & <b>bold</b>")


def test_a_button_is_pressed(alice, simulator, shop):
    sid = question(simulator)
    alice.get_by_role("button", name="Later").click()
    expect(alice.locator(".mine .words").last).to_have_text("Later")
    expect(alice.locator(".mine .quoted")).to_have_text("Shall we keep it ready?")
    eventually(lambda: len(shop.inbound) == 2)
    assert (shop.inbound[1]["ButtonPayload"], shop.inbound[1]["OriginalRepliedMessageSid"]) == ("later", sid)


def test_a_file_is_attached_with_a_caption(alice, shop, tmp_path):
    sheet = tmp_path / "contacts.csv"
    sheet.write_text("name,phone\nRavi,9820033333\n")
    alice.locator("input[type=file]").set_input_files(sheet)
    expect(alice.locator(".chosen-name")).to_have_text("contacts.csv")
    alice.get_by_role("textbox").fill("upload")
    alice.get_by_role("button", name="Send").click()
    expect(alice.get_by_role("link", name="contacts.csv")).to_be_visible()
    eventually(lambda: len(shop.inbound) == 2)
    form = shop.inbound[1]
    assert (form["Body"], form["MediaContentType0"], form["MessageType"]) == (
        "upload",
        "text/csv",
        "document",
    )


def test_the_sample_sheet_needs_no_file_of_ones_own(page, shop, data_dir):
    (data_dir / "contacts.csv").write_text("name,phone\nRavi,9820033333\n")
    sample = {"name": "Sample contact sheet", "path": "contacts.csv"}
    people = {"phones": [{"number": BOB, "name": "Bob", "role": "Pharmacist"}], "attachments": [sample]}
    (data_dir / "simulator_phones.json").write_text(json.dumps(people))
    try:
        bob = page.get_by_role("region", name="Phone of Bob")
        bob.get_by_title("Attach a file").click()
        bob.get_by_role("button", name="Sample contact sheet").click()
        bob.get_by_role("button", name="Send").click()
        eventually(lambda: shop.inbound)
        assert (shop.inbound[0]["Body"], shop.inbound[0]["NumMedia"]) == ("contacts.csv", "1")
    finally:
        (data_dir / "simulator_phones.json").unlink()


def test_a_phone_leaves_whatsapp(alice, simulator):
    alice.get_by_role("checkbox", name="Alice Fernandes is on WhatsApp").uncheck()
    eventually(lambda: not simulator.look("phones?shown=1")["phones"][0]["on_whatsapp"])
    simulator.send("Good morning")
    expect(alice.get_by_text("Not delivered. This number is not on WhatsApp.")).to_be_visible()


def test_a_message_the_shop_did_not_take_says_so(alice, simulator, shop):
    shop.answer = 500
    simulator.write("Are you there?")
    expect(alice.get_by_text("did not take this message: it answered 500")).to_be_visible()


def test_the_clock_is_moved_a_day_on(page, alice, shop):
    page.get_by_role("button", name="+1 day").click()
    expect(page.get_by_text("1 day ahead")).to_be_visible()
    assert shop.offset == timedelta(days=1)
    expect(alice.locator(".day")).not_to_have_text("Today")
    page.get_by_role("button", name="Reset").click()
    expect(alice.locator(".day")).to_have_text("Today")
    assert shop.offset == timedelta()


def test_a_template_is_paused(page, alice, simulator):
    question(simulator)
    panel = open_panel(page, "Templates")
    panel.get_by_label("State of refill_due en").select_option("paused")
    eventually(lambda: simulator.look("contents")[0]["status"] == "paused")


def test_trouble_is_made_and_ended(page, simulator):
    panel = open_panel(page, "Trouble")
    panel.get_by_label("The shop's next messages").select_option("429")
    panel.get_by_label("How many").fill("3")
    panel.get_by_label("Delivery reports").select_option("doubled")
    panel.get_by_role("button", name="Set").click()
    expect(page.locator("#trouble-on")).to_be_visible()
    trouble = simulator.look("trouble")
    assert (trouble["answer"], trouble["count"], trouble["callbacks"]) == ("429", 3, "doubled")
    panel.get_by_role("button", name="All calm").click()
    expect(page.locator("#trouble-on")).to_be_hidden()


def test_another_number_is_found_and_opened(page, simulator):
    for number in (BOB, "+919820033333"):
        simulator.send("Good morning", to=number)
    panel = open_panel(page, "Other numbers")
    panel.get_by_label("Search").fill("22222")
    panel.get_by_role("checkbox", name="+91 98200 22222 is on WhatsApp").uncheck()
    panel.get_by_role("button", name="+91 98200 22222").click()
    handset = page.get_by_role("region", name="Phone of +91 98200 22222")
    expect(handset.get_by_text("Good morning")).to_be_visible()
    expect(handset.get_by_role("checkbox")).not_to_be_checked()


def test_a_phone_is_put_away_but_keeps_its_chat(page, alice, simulator):
    alice.get_by_role("button", name="Put this phone away").click()
    expect(alice).to_have_count(0)
    simulator.control(f"phones/{ALICE}", shown=True)
    expect(alice.get_by_text("Hello")).to_be_visible()


def test_a_small_screen_shows_one_phone_at_a_time(page, alice, simulator):
    simulator.control("phones", number=BOB, name="Bob Pinto")
    page.set_viewport_size({"width": 390, "height": 800})
    bob = page.get_by_role("region", name="Phone of Bob Pinto")
    page.get_by_role("button", name="Bob Pinto").click()
    expect(bob).to_be_in_viewport(ratio=0.9)
    expect(alice).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    simulator.send("Good morning")
    expect(page.get_by_role("button", name="Alice Fernandes", exact=True)).to_have_class("news")
