"""A sheet that is taken back: the state before it, and the materials once whatever becomes of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from domain import import_undo, materials
from models import Contact, ImportRow, Message
from tests.conversation import (
    MORNING,
    Shop,
    later,
    say,
    told,
)
from tests.importing import contacts, take_in
from tests.sheets.files import HEADER, RAVI, SITA, xlsx
from workers.jobs import import_sheets


def test_undo_brings_back_the_state_before(shop: Shop) -> None:
    take_in(shop, xlsx([["Name", "Mobile"], ["", 9876543210]]))
    before = contacts(shop)
    received = take_in(shop, xlsx([HEADER, RAVI, SITA]), consent_basis="asked at the counter")
    materials.send(MORNING)
    assert "1 contact removed, 1 as before" in say(shop.bob, f"undo import #{received.serial}")
    assert contacts(shop) == before
    assert (
        not Message.select().where(Message.template == "store_materials", Message.state == "queued").exists()
    )


def test_whoever_was_worked_with_stays(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI, SITA]))
    say(shop.bob, "log call 9876543210 wants insulin")
    done = import_undo.undo(shop.company, received.serial, MORNING)
    assert (done.removed, done.kept) == (1, 1)


def test_an_import_can_be_taken_back_once(shop: Shop) -> None:
    received = take_in(shop, xlsx([HEADER, RAVI]))
    say(shop.bob, f"undo import #{received.serial}")
    assert "to take back" in say(shop.bob, f"undo import #{received.serial}")
    assert "There is no sheet #999" in say(shop.bob, "undo import #999")


def test_a_large_sheet_is_published_and_taken_back_by_a_worker(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_undo, "AT_ONCE", 2)
    monkeypatch.setattr(import_undo, "_PIECE", 2)
    received = take_in(shop, xlsx([HEADER, RAVI, SITA, ["Asha", 9812345678]]), is_preview=True)
    assert "will tell you" in say(shop.bob, f"publish #{received.serial}")
    assert contacts(shop) == []
    import_sheets.run()
    assert len(contacts(shop)) == 3
    assert "will tell you" in say(shop.bob, f"undo import #{received.serial}")
    import_sheets.run()
    assert contacts(shop) == []
    assert "3 contacts removed" in told(shop.bob)[-1]


def test_whoever_comes_after_an_import_that_was_taken_back_gets_the_materials(shop: Shop) -> None:
    first = take_in(shop, xlsx([HEADER, RAVI]), consent_basis="at the counter")
    assert materials.send(MORNING) == 1
    say(shop.bob, f"undo import #{first.serial}")
    take_in(shop, xlsx([HEADER, SITA, RAVI]), consent_basis="at the counter")
    assert materials.send(MORNING) == 2
    waiting = Message.select().where(Message.template == "store_materials", Message.state == "queued")
    assert {message.phone.address for message in waiting} == {"+919876543210", "+919876543211"}


_ROWS = some.lists(
    some.tuples(
        some.sampled_from(["", "Ravi", "Sita", "=cmd()"]),
        some.sampled_from(
            ["9876543210", "+91 98765 43211", "12", "", "022-24134567", "98765 43210 / 98765 43212"]
        ),
    ),
    max_size=8,
)


def test_who_has_got_the_materials_gets_them_once_whatever_becomes_of_the_sheet(shop: Shop) -> None:
    sheet = xlsx([HEADER, RAVI])
    received = take_in(shop, sheet, consent_basis="asked at the counter")
    materials.send(MORNING)
    Message.update(state="delivered").where(Message.template == "store_materials").execute()
    import_undo.undo(shop.company, received.serial, MORNING)
    take_in(shop, sheet, consent_basis="asked at the counter")
    materials.send(MORNING)
    assert [each.state for each in Message.select().where(Message.template == "store_materials")] == [
        "delivered"
    ]
    assert Contact.get().materials_state == "delivered"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=_ROWS, again=some.booleans())
def test_counts_add_up_and_undo_is_the_state_before(
    shop: Shop, rows: list[tuple[str, str]], again: bool
) -> None:
    later(days=1)
    before = contacts(shop)
    first = take_in(shop, xlsx([HEADER, ["Sure", 9812345678], *map(list, rows)]))
    if first.state == "repeated":
        return
    assert sum(first.counts.values()) == ImportRow.select().where(ImportRow.sheet == first).count()
    after = contacts(shop)
    if again:
        assert take_in(shop, xlsx([HEADER, ["Sure", 9812345678], *map(list, rows)])).state in (
            "repeated",
            "published",
        )
        assert contacts(shop) == after
    import_undo.undo(shop.company, first.serial, MORNING)
    assert contacts(shop) == before
