"""Workers that die over a sheet, and one that only takes its time."""

import sys

import pytest

from domain import import_rows, imports
from messaging import files
from models import Import, ImportRow
from tests.conversation import (
    MORNING,
    Shop,
    phone_of,
)
from tests.importing import answers, contacts
from tests.sheets.files import HEADER, RAVI, SITA, xlsx
from workers import intake


def test_a_crash_in_the_middle_leaves_an_import_that_begins_afresh(shop: Shop) -> None:
    media = files.keep(shop.company, xlsx([HEADER, RAVI, SITA]), "c.xlsx", "")
    received = imports.receive(shop.company, {}, imports.Wishes(), staff=shop.bob, media=media)
    begun = imports.claim()
    assert begun is not None
    import_rows.stage(begun, import_rows.Piece("S1", 2, ["+919876543210"], ["Ravi"], {}, {}))
    assert imports.claim() is None
    type(received).update(claimed_at=MORNING.replace(year=2020)).execute()
    again = imports.claim()
    assert again is not None
    intake.take_in(again)
    assert len(contacts(shop)) == 2
    assert ImportRow.select().count() == 2


def test_a_sheet_that_takes_long_is_not_taken_over_while_it_is_being_read(shop: Shop) -> None:
    media = files.keep(shop.company, xlsx([HEADER, RAVI, SITA]), "c.xlsx", "")
    imports.receive(shop.company, {}, imports.Wishes(), staff=shop.bob, media=media)
    begun = imports.claim()
    assert begun is not None
    begun.claimed_at = MORNING.replace(year=2020)
    begun.save()
    claimed = []
    intake.take_in(begun, lambda read: claimed.append(imports.claim()))
    assert set(claimed) == {None}
    assert len(contacts(shop)) == 2


def test_a_worker_that_dies_over_a_sheet_leaves_no_contact_and_the_next_one_finishes(shop: Shop) -> None:
    media = files.keep(shop.company, xlsx([HEADER, RAVI, SITA]), "c.xlsx", "")
    phone = phone_of(shop.bob)
    imports.receive(shop.company, {}, imports.Wishes(), staff=shop.bob, phone=phone, media=media)
    begun = imports.claim()
    assert begun is not None
    with pytest.raises(SystemExit):
        intake.take_in(begun, lambda read: sys.exit(1))
    assert contacts(shop) == []
    type(begun).update(claimed_at=MORNING.replace(year=2020)).execute()
    again = imports.claim()
    assert again is not None
    intake.take_in(again)
    assert (len(contacts(shop)), ImportRow.select().count(), len(answers(again))) == (2, 2, 1)


def test_a_sheet_that_no_worker_survives_is_given_up_and_its_sender_told(shop: Shop) -> None:
    media = files.keep(shop.company, xlsx([HEADER, RAVI, SITA]), "c.xlsx", "")
    imports.receive(shop.company, {}, imports.Wishes(), staff=shop.bob, phone=phone_of(shop.bob), media=media)
    for _ in range(imports.TRIES):
        begun = imports.claim()
        assert begun is not None
        with pytest.raises(SystemExit):
            intake.take_in(begun, lambda read: sys.exit(1))
        type(begun).update(claimed_at=MORNING.replace(year=2020)).execute()
    last = imports.claim()
    assert last is not None
    intake.take_in(last)
    assert (Import.get().state, contacts(shop), ImportRow.select().count()) == ("failed", [], 0)
    assert ["several times" in answer for answer in answers(last)] == [True]
