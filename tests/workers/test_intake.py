"""Sheets from their bytes to contacts: every row accounted for, once, and to be taken back."""

import io

import openpyxl
import pytest

import storage
from domain import import_undo, imports, materials
from domain.errors import DomainError
from messaging import files
from models import Contact, Import, ImportRow, Media, Message
from tests.conversation import (
    MORNING,
    Shop,
    fresh,
    open_other_shop,
    say,
    told,
)
from tests.importing import answers, contacts, take_in
from tests.sheets.files import HEADER, RAVI, SITA, saved, xlsx
from workers.jobs import import_sheets

BAD = ["Bad", "12345"]


def test_a_sheet_becomes_contacts_and_each_row_is_accounted_for(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI, SITA, ["Again", "09876543210"], BAD]))
    assert received.counts == {"new": 2, "updated": 0, "duplicate": 1, "invalid": 1, "skipped": 0}
    assert [(number, name) for number, name, _ in contacts(shop)] == [
        ("+919876543210", "Ravi"),
        ("+919876543211", "Sita"),
    ]


def test_the_counts_are_answered_with_the_first_problems(shop: Shop) -> None:
    [counts, rejected] = answers(take_in(shop, xlsx([HEADER, RAVI, BAD])))
    assert "✓ 1 new" in counts
    assert "row 3, Bad: The number has too few digits" in counts
    assert "Correct them" in rejected


def test_what_was_taken_for_what_is_shown(shop: Shop) -> None:
    assert "I took: phone = column B, name = column A" in answers(take_in(shop, xlsx([HEADER, RAVI])))[0]


def test_a_look_shows_repairs_and_the_first_rows(shop: Shop) -> None:
    [shown] = answers(take_in(shop, xlsx([HEADER, ["Ravi", "98765 43210 (wife)"]]), is_preview=True))
    assert "row 2: Ravi, 98765 43210" in shown
    assert "• 1 × " in shown


def test_a_contact_tells_its_sheet_and_row(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI]), consent_basis="asked at the counter")
    assert f"From sheet #{received.serial}" in say(shop.bob, "contact 9876543210")
    assert "row 2: asked at the counter" in say(shop.bob, "contact 9876543210")


def test_rejected_rows_come_back_as_the_same_sheet_with_the_reason(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI, BAD]))
    message = Message.get(Message.key == f"import:{received.id}:import_rejected")
    media = files.behind(message.media[0].rsplit("/", 2)[1])
    sheet = openpyxl.load_workbook(io.BytesIO(_bytes(media))).active
    assert [cell.value for cell in sheet[1]] == ["Name", "Mobile", "errors"]
    assert [cell.value for cell in sheet[2]][:2] == ["Bad", "12345"]


def test_the_same_file_again_changes_nothing_and_says_so(shop: Shop) -> None:
    data = xlsx([HEADER, RAVI])
    take_in(shop, data)
    before = contacts(shop)
    again = take_in(shop, data)
    assert again.state == "repeated"
    assert contacts(shop) == before
    assert "I have this very file already" in answers(again)[0]


def test_blank_leaves_as_it_is_and_a_blank_of_ours_is_filled(shop: Shop) -> None:
    take_in(shop, xlsx([["Name", "Mobile", "City"], ["", 9876543210, "Pune"], ["Sita", 9876543211, ""]]))
    received = take_in(
        shop, xlsx([["Name", "Mobile", "City"], ["Ravi", 9876543210, "Nashik"], ["", 9876543211, ""]])
    )
    assert (received.counts["updated"], received.counts["duplicate"]) == (1, 1)
    assert contacts(shop) == [
        ("+919876543210", "Ravi", {"address": "Pune"}),
        ("+919876543211", "Sita", None),
    ]


def test_a_look_stores_nothing_until_it_is_published(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI, BAD]), is_preview=True)
    assert "Nothing is stored yet" in answers(received)[0]
    assert contacts(shop) == []
    assert "taken on" in say(shop.bob, f"publish #{received.serial}")
    assert len(contacts(shop)) == 1


def test_a_machine_made_list_waits_for_a_manager(shop: Shop) -> None:
    rows = [[f"Name {n}", 9876500000 + n] for n in range(400)]
    received = take_in(shop, xlsx([HEADER, *rows]))
    assert received.state == "held"
    assert "only a manager" in say(shop.bob, f"publish #{received.serial}")
    assert contacts(shop) == []
    say(shop.meera, f"publish #{received.serial}")
    assert len(contacts(shop)) == 400


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_leaves_nothing(shop: Shop) -> None:
    received = take_in(shop, b"PK\x05\x06" + b"\0" * 18, "empty.xlsx")
    assert received.state == "failed"
    assert len(answers(received)) == 1
    assert not ImportRow.select().exists()


def test_columns_can_be_corrected_in_the_caption(shop: Shop) -> None:
    header = ["Shop", "Owner", "Mobile"]
    take_in(shop, xlsx([header, ["Sai Stores", "Ravi", 9876543210]]), mapping={"name": "B"})
    assert contacts(shop)[0][1] == "Ravi"


def test_materials_go_to_all_of_the_sheet_once_consent_is_known(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI, SITA]))
    assert materials.send(MORNING) == 0
    assert "Recorded" in say(shop.bob, "gave their number at the counter")
    assert materials.send(MORNING) == 2
    assert materials.send(MORNING) == 0
    assert Contact.get(Contact.sheet_row == 2).consent_basis == "gave their number at the counter"
    assert imports.find(shop.company, received.serial).consent_basis == "gave their number at the counter"


def test_columns_can_be_corrected_when_the_answer_shows_what_was_taken(shop: Shop) -> None:
    header = ["Name", "Owner", "Mobile"]
    received = take_in(shop, xlsx([header, ["Sai Stores", "Ravi", 9876543210]]))
    assert "name = column C" in answers(received)[0]
    assert "reading sheet" in say(shop.bob, "Name = column B")
    import_sheets.run()
    assert [name for _, name, _ in contacts(shop)] == ["Ravi"]
    assert fresh(received).state == "undone"
    assert not fresh(received).consent_basis


def test_a_correction_that_fails_leaves_all_as_it_is(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI]))
    say(shop.bob, f"columns #{received.serial} name = column Z")
    import_sheets.run()
    assert 'no column "Z"' in told(shop.bob)[-1]
    assert (len(contacts(shop)), fresh(received).state) == (1, "published")


def test_a_correction_needs_a_column_and_a_sheet(shop: Shop) -> None:
    assert "as a document" in say(shop.bob, "columns name = column B")
    received = take_in(shop, xlsx([HEADER, RAVI]))
    assert "Say which column" in say(shop.bob, "columns wrong")
    assert "I don't know" in say(shop.bob, "columns colour = column B")
    say(shop.bob, f"undo import #{received.serial}")
    assert "can't be read again" in say(shop.bob, f"columns #{received.serial} name = column B")


def test_a_held_list_stays_agreed_to_when_a_worker_publishes_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_undo, "AT_ONCE", 2)
    received = take_in(shop, xlsx([HEADER, *([f"Name {n}", 9876500000 + n] for n in range(400))]))
    say(shop.meera, f"publish #{received.serial}")
    import_sheets.run()
    assert (len(contacts(shop)), fresh(received).state) == (400, "published")


@pytest.mark.parametrize(
    "start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF....WEBPVP8 ", b"PK\x03\x04", b"%PDF-1.4"]
)
def test_a_photo_or_a_torn_file_is_answered_in_a_sentence(shop: Shop, start: bytes) -> None:
    received = take_in(shop, start + bytes(range(256)) * 4, "list.xlsx")
    assert received.state == "failed"
    [sentence] = answers(received)
    assert len(sentence) < 200


def test_a_sheet_with_only_a_header_is_said_to_be_that(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER]))
    assert "a header and nothing below it" in answers(received)[0]


def test_rejected_rows_come_in_once_they_are_mended_and_nothing_twice(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI, BAD]))
    message = Message.get(Message.key == f"import:{received.id}:import_rejected")
    book = openpyxl.load_workbook(io.BytesIO(_bytes(files.behind(message.media[0].rsplit("/", 2)[1]))))
    book.active["B2"] = "9812345678"
    again = take_in(shop, saved(book))
    assert again.counts == {"new": 1, "updated": 0, "duplicate": 0, "invalid": 0, "skipped": 0}
    assert [name for _, name, _ in contacts(shop)] == ["Bad", "Ravi"]


def test_the_same_file_with_its_hidden_sheet_is_not_the_same(shop: Shop) -> None:
    data = xlsx([HEADER, RAVI], [HEADER, SITA], hidden=(2,))
    take_in(shop, data)
    assert take_in(shop, data, with_hidden=True).counts["new"] == 1


def test_the_same_file_again_may_bring_the_consent_that_was_missing(shop: Shop) -> None:
    first = take_in(shop, xlsx([HEADER, RAVI]))
    again = take_in(shop, storage.read(first.media.storage_name), consent_basis="at the counter")
    assert again.state == "repeated"
    assert fresh(first).consent_basis == "at the counter"
    assert materials.send(MORNING) == 1


def test_of_two_sheets_the_one_still_without_consent_is_named(shop: Shop) -> None:
    first, second = take_in(shop, xlsx([HEADER, RAVI])), take_in(shop, xlsx([HEADER, SITA]))
    said = say(shop.bob, "gave their number at the counter")
    assert f"Recorded for sheet #{first.serial}" in said
    assert f"consent #{second.serial} …" in said


@pytest.mark.parametrize(
    ("caption", "wished"),
    [
        ("सहमति: दुकान पर नंबर दिया", imports.Wishes("दुकान पर नंबर दिया")),
        ("upload sehmati: counter par number diya", imports.Wishes("counter par number diya")),
        ("नाम = कॉलम B, मोबाइल = कॉलम A", imports.Wishes(mapping={"name": "B", "phone": "A"})),
        ("सिर्फ़ देखना", imports.Wishes(is_preview=True)),
        ("छिपी शीट भी", imports.Wishes(with_hidden=True)),
    ],
)
def test_a_caption_is_understood_in_hindi(shop: Shop, caption: str, wished: imports.Wishes) -> None:
    say(shop.bob, caption, media=[{"url": "https://api.twilio.com/media", "type": "text/csv"}])
    received = Import.get()
    assert (received.consent_basis or "", received.mapping or {}) == (wished.consent_basis, wished.mapping)
    assert (received.is_preview, received.with_hidden) == (wished.is_preview, wished.with_hidden)


def test_another_shops_import_cannot_be_touched(shop: Shop) -> None:
    other, _ = open_other_shop()
    received = take_in(other, xlsx([HEADER, RAVI]))
    with pytest.raises(DomainError, match="no_such_import"):
        import_undo.undo(shop.company, received.serial, MORNING)
    assert contacts(shop) == []


def _bytes(media: Media | None) -> bytes:
    assert media is not None
    return storage.read(media.storage_name)
