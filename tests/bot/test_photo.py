"""A photo of a prescription: thanked for, a task, and shown to those who may see it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3

import config
import storage
from clock import now
from domain import medical_access, prescription_photos
from messaging import files
from models import FollowUp, Media, Message, Phone
from tests.caring import newcomer
from tests.conversation import fresh, last_message, say, told
from workers.jobs import fetch_pictures

JPEG = {"url": "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", "type": "image/jpeg"}
PICTURE = b"a picture of a prescription"
PDF = {**JPEG, "type": "application/pdf"}


def arrive(task: FollowUp) -> Media:
    """The worker has fetched its picture."""
    media = Media.create(
        company=task.company,
        storage_name=storage.keep(b"a picture"),
        file_name="prescription",
        content_type="image/jpeg",
        size=9,
    )
    prescription_photos.fetched(task, media)
    return media


@pytest.mark.parametrize("file", [JPEG, PDF])
def test_a_picture_is_thanked_for_and_becomes_a_task(shop, file):
    assert "pharmacist at Asha Medicals will look at it" in say(shop.alice, "please", media=[file])
    task = FollowUp.get()
    assert (task.kind, task.customer, task.notes) == ("prescription_photo", shop.alice, "please")
    assert "photo #" in say(task.staff, "tasks")


@pytest.mark.parametrize("kind", ["audio/ogg", "image/webp", "video/mp4"])
def test_a_voice_note_or_sticker_is_no_prescription(shop, kind):
    say(shop.alice, "", media=[{**JPEG, "type": kind}])
    assert not FollowUp.select().where(FollowUp.kind == "prescription_photo").exists()


def test_somebody_is_told_at_once_and_once(shop):
    say(shop.alice, "", media=[JPEG])
    everybody = told(shop.bob, "photo_waits") + told(shop.meera, "photo_waits")
    assert len(everybody) == 1
    assert "Alice Fernandes sent a photo" in everybody[0]


def test_a_pharmacist_gets_the_picture_and_the_reading_is_recorded(shop):
    say(shop.alice, "", media=[JPEG])
    media = arrive(FollowUp.get())
    say(shop.bob, f"photo #{FollowUp.get().serial}")
    [address] = last_message(shop.bob, "photo").media
    assert files.behind(address.partition("/media/")[2].split("/")[0]) == media
    assert [entry.staff for entry in medical_access.readings(shop.alice)] == [shop.bob]


def test_who_is_no_pharmacist_does_not_get_it(shop):
    say(shop.alice, "", media=[JPEG])
    arrive(FollowUp.get())
    devi = newcomer(shop)
    assert "pharmacists and managers only" in say(devi, f"photo #{FollowUp.get().serial}")
    assert not Message.select().where(Message.media.is_null(False)).exists()


def test_one_that_is_still_on_its_way_is_said_to_be(shop):
    say(shop.alice, "", media=[JPEG])
    assert "has not arrived" in say(shop.bob, f"photo #{FollowUp.get().serial}")
    assert "no photo #99" in say(shop.bob, "photo #99")


def test_while_it_cannot_be_fetched_it_stays_to_be_fetched(shop):
    say(shop.alice, "", media=[JPEG])
    fetch_pictures.run()
    assert fresh(FollowUp.get()).media is None
    assert [file for _, file in prescription_photos.to_fetch(now())] == [JPEG]


@pytest.fixture
def twilio_serves(monkeypatch) -> Iterator[list[str]]:
    """Something that serves one picture as Twilio does, to who knows the token; the paths asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            is_known = (
                self.headers.get("Authorization")
                == urllib3.make_headers(basic_auth="AC1:token")["authorization"]
            )
            self.send_response(200 if is_known else 401)
            self.end_headers()
            self.wfile.write(PICTURE if is_known else b"")

        def log_message(self, *_: object) -> None:
            """Be still."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(config, "TWILIO_API_URL", f"http://127.0.0.1:{server.server_port}")
    yield asked
    server.shutdown()
    server.server_close()


def test_a_picture_is_fetched_once_and_kept_encrypted(shop, twilio_serves, tmp_path, monkeypatch):
    monkeypatch.setattr(config, "DATA_DIR", tmp_path)
    shop.sender.account_sid, shop.sender.auth_token = "AC1", "token"
    shop.sender.save()
    say(shop.alice, "", media=[JPEG])
    fetch_pictures.run()
    fetch_pictures.run()
    media = fresh(FollowUp.get()).media
    assert (storage.read(media.storage_name), media.size) == (PICTURE, len(PICTURE))
    assert len(twilio_serves) == 1
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept and not [data for data in kept if PICTURE in data]
    assert "has not arrived" not in say(shop.bob, f"photo #{FollowUp.get().serial}")


def test_a_picture_from_a_number_nobody_knows_makes_a_contact(shop):
    stranger = Phone.create(company=shop.company, address="+919811100000")
    say(stranger, "", media=[JPEG])
    assert FollowUp.get().contact.phone == stranger
