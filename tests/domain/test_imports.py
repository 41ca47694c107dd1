"""Contact sheets as the database knows them: taken on once, by one worker, told once, agreed to once."""

from datetime import timedelta

import pytest

import company_settings
from clock import machine_now
from domain import import_rows, imports, materials
from domain.errors import DomainError
from domain.import_rows import Line, Piece
from domain.imports import Wishes
from models import ConsentEvent, Contact, Import, ImportRow
from tests.conversation import (
    MORNING,
    fresh,
    last_message,
    new_contact,
    open_other_shop,
    phone_of,
    say,
    told,
)

SOURCE = {"url": "https://api.twilio.com/media", "type": "text/csv"}


def _receive(shop, basis="", **facts):
    wishes = Wishes(consent_basis=basis, **facts)
    return imports.receive(shop.company, SOURCE, wishes, staff=shop.bob, phone=phone_of(shop.bob))


def _line(outcome, reason="", name=""):
    return Line(outcome, reason, "", name)


def _piece(*names, odd=()):
    """Rows about new people with these names, then the odd ones."""
    numbers = [f"+9198222{number:05d}" for number in range(len(names))]
    blank = [""] * len(odd)
    places = dict(enumerate(odd, len(names)))
    return Piece("Sheet1", 1, [*numbers, *blank], [*names, *blank], {}, places)


def _published(shop, piece=None, basis="at the counter"):
    received = _receive(shop, basis)
    import_rows.stage(received, piece or _piece("Ravi Kumar"))
    imports.publish(received, MORNING)
    return fresh(received)


def _refused(function, *arguments, **facts):
    with pytest.raises(DomainError) as refusal:
        function(*arguments, **facts)
    return refusal.value.code


# ---- taken on, and by one worker only


def test_sheets_are_read_in_the_order_they_came(shop):
    received = [_receive(shop) for _ in range(2)]
    assert [imports.claim(), imports.claim(), imports.claim()] == [*received, None]


def test_what_a_dead_worker_left_is_taken_over_after_a_while(shop):
    received = _receive(shop)
    imports.claim()
    Import.update(claimed_at=machine_now() - imports.LEASE - timedelta(seconds=1)).execute()
    assert [imports.claim(), imports.claim()] == [received, None]


def test_the_basis_of_consent_may_be_set_for_all_sheets(shop):
    company_settings.change(shop.company, "default_consent", "asked at the counter")
    assert (_receive(shop).consent_basis, _receive(shop, "by phone").consent_basis) == (
        "asked at the counter",
        "by phone",
    )


def test_the_same_file_is_recognised_only_when_it_was_read_in_the_same_way(shop):
    first = _published(shop)
    assert imports.same_file_before(first, "hash") is None
    assert imports.same_file_before(_receive(shop), "hash") == first
    assert imports.same_file_before(_receive(shop, mapping={"name": "C"}), "hash") is None
    assert imports.same_file_before(_receive(shop), "another hash") is None


def test_the_same_file_of_another_shop_is_another_file(shop):
    imports.same_file_before(_published(shop), "hash")
    other, _ = open_other_shop()
    assert imports.same_file_before(_receive(other), "hash") is None


# ---- published


def test_every_row_is_accounted_for(shop):
    known = new_contact(shop.company, "Asha", "+919822200000")
    odd = [_line("invalid", "too_short"), _line("skipped", "blank")]
    received = _published(shop, _piece("", "", odd=odd))
    assert received.counts == {"new": 1, "updated": 0, "duplicate": 1, "invalid": 1, "skipped": 1}
    assert fresh(known).name == "Asha"


def test_a_name_of_ours_is_never_overwritten_and_a_blank_one_is_filled(shop):
    named, nameless = (
        new_contact(shop.company, name, f"+9198222{number:05d}") for number, name in ((0, "Asha"), (1, ""))
    )
    _published(shop, _piece("Somebody Else", "Ravi"))
    assert (fresh(named).name, fresh(nameless).name) == ("Asha", "Ravi")


def test_new_contacts_have_numbers_in_the_order_of_the_sheet(shop):
    _published(shop, _piece(*[""] * 5))
    rows = list(Contact.select().where(Contact.source == "sheet").order_by(Contact.serial))
    assert [row.phone.address[-1] for row in rows] == ["0", "1", "2", "3", "4"]
    assert len({row.serial for row in rows}) == 5


def test_the_counts_are_told_in_one_message(shop):
    _published(shop, _piece("", odd=[_line("invalid", "too_short", "Vijay More")]))
    [answer] = told(shop.bob, "import_done")
    assert answer.splitlines()[0].endswith("2 rows read")
    assert "row 2, Vijay More: The number has too few digits" in answer


# ---- how they agreed


def test_without_a_basis_the_materials_wait_and_it_is_asked_once(shop):
    received = _published(shop, basis="")
    assert materials.send(MORNING) == 0
    assert "How did these people agree" in told(shop.bob, "import_done")[0]
    assert say(shop.bob, "gave their number at the counter").startswith(
        f"✓ Recorded for sheet #{received.serial}"
    )
    assert materials.send(MORNING) == 1


@pytest.mark.parametrize("basis", ["", " ", "ok"])
def test_a_basis_is_more_than_a_nod(shop, basis):
    received = _published(shop, basis="")
    assert _refused(imports.agree, shop.company, received.serial, basis) == "basis_needed"


def test_a_sheet_of_another_shop_cannot_be_agreed_to(shop):
    received = _published(shop, basis="")
    other, _ = open_other_shop()
    assert _refused(imports.agree, other.company, received.serial + 100, "at the counter") == "no_such_import"
    assert fresh(received).consent_basis is None


def test_the_materials_go_once_and_the_consent_is_in_the_ledger(shop):
    _published(shop)
    assert [materials.send(MORNING) for _ in range(3)] == [1, 0, 0]
    event = ConsentEvent.get()
    assert (event.category, event.granted, event.method) == ("promotions", True, "sheet")
    assert (event.words, event.staff) == ("at the counter", shop.bob)


def test_whoever_refused_before_is_not_written_to_because_of_a_sheet(shop):
    ravi = new_contact(shop.company, "Ravi", "+919822200000")
    ravi.phone.promotions_allowed = False
    ravi.phone.save()
    _published(shop)
    materials.send(MORNING)
    assert last_message(ravi, "store_materials").reason == "no_consent"
    assert fresh(ravi.phone).promotions_allowed is False
    assert not ConsentEvent.select().exists()


# ---- looked at, held, failed


def test_a_look_stores_no_contact(shop):
    received = _receive(shop, "at the counter", is_preview=True)
    import_rows.stage(received, _piece(""))
    imports.preview(received, MORNING)
    assert not Contact.select().exists()
    imports.go_ahead(shop.company, received.serial, MORNING, staff=shop.bob)
    assert Contact.select().count() == 1


def test_what_was_held_needs_a_manager(shop):
    received = _receive(shop, "at the counter")
    import_rows.stage(received, _piece(""))
    imports.hold(received, MORNING)
    serial = received.serial
    assert _refused(imports.go_ahead, shop.company, serial, MORNING, staff=shop.bob) == "manager_needed"
    imports.go_ahead(shop.company, serial, MORNING, staff=shop.meera)
    assert _refused(imports.go_ahead, shop.company, serial, MORNING, staff=shop.meera) == "not_waiting"


def test_a_sheet_that_cannot_be_read_leaves_nothing_but_a_sentence(shop):
    received = _receive(shop)
    import_rows.stage(received, _piece(""))
    imports.fail(received, "password", MORNING)
    assert (fresh(received).state, ImportRow.select().count()) == ("failed", 0)
    assert told(shop.bob) == ["This file has a password. Please save it without one and send it again."]


# ---- staged


def test_a_column_that_only_some_rows_fill_stays_beside_its_row(shop):
    numbers = ["+919822200001", "", "+919822200003"]
    values = {"address": ["Pune", "", ""], "age": ["", "", "33"], "notes": ["", "", "diabetic"]}
    odd = {1: Line("invalid", "too_short", "", "Vijay", details={"email": "v@asha.in"}, notes="rang twice")}
    received = _receive(shop)
    import_rows.stage(received, Piece("Sheet1", 7, numbers, ["Ravi", "", "Sita"], values, odd))
    rows = ImportRow.select().where(ImportRow.sheet == received).order_by(ImportRow.id)
    assert [(row.row, row.name, row.outcome, row.details, row.notes) for row in rows] == [
        (7, "Ravi", "new", {"address": "Pune"}, None),
        (8, "Vijay", "invalid", {"email": "v@asha.in"}, "rang twice"),
        (9, "Sita", "new", {"age": "33"}, "diabetic"),
    ]


def test_a_name_longer_than_any_is_cut(shop):
    received = _receive(shop)
    import_rows.stage(received, _piece("Ravi" * 100))
    assert ImportRow.get(ImportRow.sheet == received).name == ("Ravi" * 100)[:255]
