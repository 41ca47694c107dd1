"""Taking back what one turn did: every changed row as it was before, or nothing at all."""

from datetime import timedelta
from decimal import Decimal

import pytest

from desk_tables import Undo
from domain import contacts, follow_ups, interactions, undo
from domain.errors import DomainError
from domain.interactions import Talk
from domain.people import of_contact
from messaging import outbox
from models import Contact, FollowUp, Interaction
from tests.conversation import MORNING, fresh, new_contact, phone_of, send_all

LATER = MORNING + timedelta(minutes=5)


@pytest.fixture
def ravi(shop):
    return new_contact(shop.company, "Ravi", "+919811111111")


def _row(contact):
    return Contact.select().where(Contact.id == contact.id).dicts().get()


def _do(shop, change, what="a change"):
    with undo.recording() as changes:
        change()
    undo.keep(shop.bob, what, changes)


def _refused(shop, at=LATER):
    with pytest.raises(DomainError) as refusal:
        undo.take_back(shop.bob, at)
    return refusal.value.code


def test_values_of_every_kind_are_as_before(shop, ravi):
    before = _row(ravi)
    _do(shop, lambda: contacts.convert(fresh(ravi), at=MORNING, staff=shop.bob, value=Decimal("450.50")))
    assert undo.take_back(shop.bob, LATER) == ("a change", 0)
    assert _row(ravi) == before


def test_values_of_every_kind_are_put_back_from_what_they_were(shop, ravi):
    contacts.convert(ravi, at=MORNING, staff=shop.bob, value=Decimal("450.50"), customer=shop.alice)
    before = _row(ravi)

    def clear():
        row = fresh(ravi)
        row.conversion_value = row.converted_on = row.contacted_at = row.customer = row.converted_by = None
        row.status_reason, row.details = "mistake", {"a": 1}
        row.save()

    _do(shop, clear)
    undo.take_back(shop.bob, LATER)
    assert _row(ravi) == before


def test_new_rows_are_gone(shop, ravi):
    person = of_contact(ravi)
    _do(shop, lambda: interactions.log(person, Talk("call", "hello"), staff=shop.bob, at=MORNING))
    undo.take_back(shop.bob, LATER)
    assert not Interaction.select().exists()
    assert fresh(ravi).status == "pending"


def test_several_changes_of_one_row_are_taken_back_in_turn(shop, ravi):
    before = _row(ravi)

    def twice():
        row = fresh(ravi)
        contacts.mark_yellow(row, at=MORNING, why="price")
        contacts.mark_inactive(row, at=MORNING, why="far away")

    _do(shop, twice)
    undo.take_back(shop.bob, LATER)
    assert _row(ravi) == before


@pytest.mark.parametrize(("minutes", "refused"), [(10, False), (11, True)])
def test_for_ten_minutes(shop, ravi, minutes, refused):
    _do(shop, lambda: contacts.mark_yellow(fresh(ravi), at=MORNING))
    at = Undo.get().done_at + timedelta(minutes=minutes)
    if refused:
        assert _refused(shop, at) == "nothing_to_undo"
    else:
        undo.take_back(shop.bob, at)


def test_nothing_done_is_nothing_to_take_back(shop):
    assert _refused(shop) == "nothing_to_undo"


def test_what_was_taken_back_is_not_taken_back_again(shop, ravi):
    _do(shop, lambda: contacts.mark_yellow(fresh(ravi), at=MORNING))
    undo.take_back(shop.bob, LATER)
    assert _refused(shop) == "nothing_to_undo"


def test_a_row_somebody_changed_since_is_left_alone(shop, ravi):
    _do(shop, lambda: contacts.mark_yellow(fresh(ravi), at=MORNING))
    contacts.mark_inactive(fresh(ravi), at=LATER)
    assert _refused(shop) == "changed_since"
    assert fresh(ravi).status == "inactive"


def test_another_column_changed_since_is_no_hindrance(shop, ravi):
    _do(shop, lambda: contacts.mark_yellow(fresh(ravi), at=MORNING))
    Contact.update(name="Ravi Kumar").execute()
    undo.take_back(shop.bob, LATER)
    assert (fresh(ravi).status, fresh(ravi).name) == ("pending", "Ravi Kumar")


def test_a_new_row_others_stand_on_stays(shop):
    def new():
        contacts.create(shop.company, phone_of(shop.alice), name="Alice")

    _do(shop, new)
    person = of_contact(Contact.get())
    follow_ups.remind(person, LATER, "call", staff=shop.meera, at=MORNING)
    assert _refused(shop) == "changed_since"
    assert Contact.select().exists()


def test_the_numbers_of_gone_rows_are_not_given_out_again(shop, ravi):
    person = of_contact(ravi)
    _do(shop, lambda: follow_ups.remind(person, LATER, "call", staff=shop.bob, at=MORNING))
    gone = FollowUp.get().serial
    undo.take_back(shop.bob, LATER)
    assert shop.company.take_serials() == gone + 1


def _say(shop):
    outbox.queue(phone_of(shop.alice), "staff_reply", key="reply", text="Yes", staff="Bob")


def test_a_message_that_has_not_gone_is_cancelled(shop):
    _do(shop, lambda: _say(shop))
    assert undo.take_back(shop.bob, LATER)[1] == 0
    assert not send_all().taken


def test_a_message_that_has_gone_is_counted(shop):
    phone = phone_of(shop.alice)
    phone.last_inbound_at = MORNING
    phone.save()
    _do(shop, lambda: _say(shop))
    send_all()
    assert undo.take_back(shop.bob, LATER)[1] == 1


def test_what_happens_outside_is_not_recorded(shop, ravi):
    with undo.recording() as changes:
        pass
    contacts.mark_yellow(fresh(ravi), at=MORNING)
    assert (changes.rows, changes.messages) == ([], [])
