"""Leads: the moves they can make, and what each brings with it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain import contacts
from domain.errors import DomainError
from models import Contact
from tests.conversation import MORNING, fresh, new_contact, new_customer

STATES = (contacts.PENDING, contacts.CONTACTED, contacts.CONVERTED, contacts.YELLOW, contacts.INACTIVE)
ALLOWED = {
    ("pending", "contacted"),
    ("pending", "converted"),
    ("pending", "yellow"),
    ("pending", "inactive"),
    ("contacted", "converted"),
    ("contacted", "yellow"),
    ("contacted", "inactive"),
    ("yellow", "converted"),
    ("yellow", "inactive"),
    ("inactive", "converted"),
}
MOVES = {
    "converted": lambda contact: contacts.convert(contact, at=MORNING, staff=None, value=None),
    "yellow": lambda contact: contacts.mark_yellow(contact, at=MORNING),
    "inactive": lambda contact: contacts.mark_inactive(contact, at=MORNING),
}


@pytest.fixture
def ravi(shop):
    return new_contact(shop.company, "Ravi Kumar", "+919811111111")


@pytest.mark.parametrize("wanted", MOVES)
@pytest.mark.parametrize("status", STATES)
def test_only_these_moves_are_allowed(ravi, status, wanted):
    ravi.status = status
    ravi.save()
    if (status, wanted) in ALLOWED:
        MOVES[wanted](ravi)
        assert fresh(ravi).status == wanted
        return
    with pytest.raises(DomainError) as refusal:
        MOVES[wanted](ravi)
    assert refusal.value.code == (f"already_{wanted}" if status == wanted else "move")
    assert fresh(ravi).status == status


@pytest.mark.parametrize("status", STATES)
def test_a_talk_makes_only_a_pending_contact_contacted(ravi, status):
    ravi.status = status
    contacts.contacted(ravi, MORNING)
    assert fresh(ravi).status == ("contacted" if status == "pending" else status)


def test_a_conversion_keeps_date_value_and_whose_doing_it_was(shop, ravi):
    contacts.convert(ravi, at=MORNING, staff=shop.bob, value=Decimal("450"), customer=shop.alice)
    row = fresh(ravi)
    assert (row.converted_on, row.conversion_value) == (date(2027, 2, 1), Decimal("450"))
    assert (row.converted_by, row.customer) == (shop.bob, shop.alice)


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_every_outcome_counts_as_contacted_so_that_the_rate_never_passes_a_hundred(ravi, move):
    move(ravi)
    assert fresh(ravi).contacted_at == MORNING


def test_the_first_contact_is_remembered(ravi):
    contacts.contacted(ravi, MORNING)
    contacts.mark_yellow(ravi, at=MORNING + timedelta(days=3))
    assert fresh(ravi).contacted_at == MORNING


def test_the_day_of_a_conversion_is_the_shop_s(ravi):
    late = datetime(2027, 2, 1, 19, 0, tzinfo=UTC)
    contacts.convert(ravi, at=late, staff=None, value=None)
    assert fresh(ravi).converted_on == date(2027, 2, 2)


def test_a_reason_of_before_is_gone_with_the_next_mark(ravi):
    contacts.mark_yellow(ravi, at=MORNING, why="price too high")
    contacts.mark_inactive(ravi, at=MORNING)
    assert fresh(ravi).status_reason is None


def test_a_phone_is_one_contact(shop, ravi):
    again = contacts.create(shop.company, ravi.phone, name="Somebody Else")
    assert (again, again.name) == (ravi, "Ravi Kumar")
    assert Contact.select().count() == 1


def test_a_conversion_by_hand_makes_a_customer_of_the_same_number(shop):
    ravi = new_contact(shop.company, "Ravi Kumar", "+919822222222")
    contacts.convert(ravi, at=MORNING, staff=shop.bob, value=Decimal(450))
    customer = fresh(ravi).customer
    assert (customer.name, customer.serial, customer.category) == ("Ravi Kumar", ravi.serial, "contact_sheet")
    assert customer.phone == ravi.phone


def test_who_is_a_customer_already_is_linked(shop):
    ravi = new_contact(shop.company, "Ravi Kumar", "+919822222222")
    known = new_customer(shop.company, "Ravi Kumar", "+919822222222")
    contacts.convert(ravi, at=MORNING, staff=shop.bob, value=None)
    assert fresh(ravi).customer == known
