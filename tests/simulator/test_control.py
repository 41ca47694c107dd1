"""The control interface: clock, phones, news, the list of sample people, the start."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
import urllib3

from tests.simulator.running import ALICE, ROOT, Refused, eventually
from tests.simulator.shop import ACCOUNT, TOKEN

CREDENTIALS = urllib3.make_headers(basic_auth=f"{ACCOUNT}:{TOKEN}")
BOB = "+919820022222"


def hours_ahead(simulator):
    return round(simulator.look("clock")["offset_seconds"] / 3600)


def test_moving_the_clock_moves_the_shops(simulator, shop):
    simulator.control("clock", move="+1d")
    simulator.control("clock", move="+1h")
    assert shop.offset == timedelta(hours=25)
    assert hours_ahead(simulator) == 25
    assert simulator.send("Hello").date_created - datetime.now().astimezone() > timedelta(hours=24)
    simulator.control("clock", move="reset")
    assert hours_ahead(simulator) == 0


def test_a_clock_that_the_shop_moves_is_followed(simulator, shop):
    shop.offset = timedelta(hours=5)
    eventually(lambda: hours_ahead(simulator) == 5)


def test_the_clock_stays_while_the_shop_is_closed(simulator, shop):
    shop.close()
    try:
        with pytest.raises(Refused, match="does not answer"):
            simulator.control("clock", move="+1d")
    finally:
        shop.open()
    assert hours_ahead(simulator) == 0


def test_a_phone_is_added_in_any_spelling(simulator):
    assert simulator.control("phones", number="98200 11111", name="Alice")["number"] == ALICE
    assert [phone["name"] for phone in simulator.look("phones?shown=1")["phones"]] == ["Alice"]


@pytest.mark.parametrize("number", ["", "hello", "12", "+91982001111111111"])
def test_what_is_no_number_is_no_phone(simulator, number):
    with pytest.raises(Refused):
        simulator.control("phones", number=number, name="Alice")


@pytest.mark.parametrize("wish", [{"on_whatsapp": "no"}, {"fails_with": "63024"}])
def test_a_phone_cannot_be_changed_to_nonsense(simulator, wish):
    simulator.control("phones", number=ALICE, name="Alice")
    with pytest.raises(Refused):
        simulator.control(f"phones/{ALICE}", shown=False, **wish)
    assert simulator.look("phones?shown=1")["found"] == 1


def test_numbers_without_a_handset_are_found_by_search(simulator):
    simulator.send("Hello", to=ALICE)
    simulator.send("Hello", to=BOB)
    assert simulator.look("phones")["found"] == 2
    assert [phone["number"] for phone in simulator.look("phones?search=2222")["phones"]] == [BOB]


def test_news_holds_only_handsets_that_changed(simulator):
    for number in (ALICE, BOB):
        simulator.control("phones", number=number, name=number)
    seen = simulator.look("news?since=0")
    simulator.write("Hello", phone=BOB)
    latest = simulator.look(f"news?since={seen['changes']}")
    assert latest["order"] == [ALICE, BOB]
    assert [handset["number"] for handset in latest["handsets"]] == [BOB]


@pytest.mark.parametrize("path", ["simulator/news?since=x", "2010-04-01/Accounts/AC/Messages.json?Page=-1"])
def test_what_is_no_number_is_refused(simulator, path):
    path = path.replace("/AC/", f"/{ACCOUNT}/")
    answer = simulator.http.request("GET", f"{simulator.address}/{path}", headers=CREDENTIALS)
    assert answer.status == 400


def test_a_page_from_elsewhere_may_not_reach_in(simulator):
    answer = simulator.http.request(
        "POST", f"{simulator.address}/simulator/reset", headers={"Origin": "https://elsewhere.example"}
    )
    assert answer.status == 403


def test_the_people_of_the_sample_pharmacy_are_there(simulator, data_dir):
    (data_dir / "contacts.csv").write_text("name,phone\n")
    listed = {
        "sender": "+912240001122",
        "phones": [{"number": ALICE, "name": "Alice", "role": "Customer"}],
        "off_whatsapp": [BOB],
        "attachments": [{"name": "Sample contact sheet", "path": "contacts.csv"}],
    }
    (data_dir / "simulator_phones.json").write_text(json.dumps(listed))
    try:
        [phone] = eventually(lambda: simulator.look("phones?shown=1")["phones"])
        assert (phone["number"], phone["role"]) == (ALICE, "Customer")
        assert [phone["on_whatsapp"] for phone in simulator.look("phones")["phones"]] == [False]
        sent = simulator.control("write", **{"from": ALICE}, attachment="Sample contact sheet")
        assert sent["to"] == "whatsapp:+912240001122"
        assert [file["name"] for file in sent["media"]] == ["contacts.csv"]
    finally:
        (data_dir / "simulator_phones.json").unlink()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"TWILIO_API_URL": "http://192.0.2.1:8001"}, "loopback"),
        ({"TWILIO_API_URL": "http://127.0.0.1:8001", "TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
    ],
)
def test_it_does_not_start_with_wrong_settings(tmp_path, settings, words):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), **settings}
    run = subprocess.run(
        [sys.executable, "-m", "simulator"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert words in run.stderr
