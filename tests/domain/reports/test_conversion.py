"""Conversion of contacts: the figures of the seed, by staff and by sheet, for a time."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain import contacts
from domain.reports import conversion, periods, scopes
from models import Contact, Import
from tests.conversation import MORNING, new_contact, open_other_shop

ON = MORNING.date()


@pytest.fixture
def leads(shop):
    """Five contacts of bob: one untouched, four spoken with, two of those bought."""
    made = [new_contact(shop.company, f"Lead {n}", f"+9198111000{n:02d}") for n in range(5)]
    sheet = Import.create(company=shop.company, serial=900, file_name="march.xlsx")
    Contact.update(assigned_to=shop.bob, imported_by=sheet).execute()
    made = [Contact.get_by_id(lead.id) for lead in made]
    contacts.contacted(made[1], MORNING)
    contacts.mark_yellow(made[2], at=MORNING)
    for lead, value in ((made[3], 450), (made[4], Decimal("150.50"))):
        contacts.convert(lead, at=MORNING, staff=shop.bob, value=Decimal(value))
    return made


def test_the_figures_of_the_seed(shop, leads):
    total = conversion.report(scopes.whole(shop.company), periods.last(30, ON)).total
    assert (total.total, total.contacted, total.converted) == (5, 4, 2)
    assert (total.rate, total.value, total.average) == (50.0, Decimal("600.50"), Decimal("300.25"))


def test_by_staff_and_by_sheet(shop, leads):
    new_contact(shop.company, "Walk-in", "+919811100099")
    report = conversion.report(scopes.whole(shop.company), periods.last(7, ON))
    assert [(line.staff, line.figures.total) for line in report.staff] == [(shop.bob, 5), (None, 1)]
    assert [line.sheet and line.sheet.file_name for line in report.sheets] == ["march.xlsx", None]


def test_contacts_from_before_the_period_are_left_out(shop, leads):
    Contact.update(created_at=MORNING - timedelta(days=10)).where(Contact.id == leads[4].id).execute()
    whole = scopes.whole(shop.company)
    counted = [conversion.report(whole, periods.last(days, ON)).total.total for days in periods.LENGTHS]
    assert counted == [4, 5, 5, 5]


def test_without_contacts_there_is_no_rate(shop):
    total = conversion.report(scopes.whole(shop.company), periods.last(None, ON)).total
    assert (total.total, total.rate, total.average, total.value) == (0, None, None, 0)


def test_support_sees_their_own_contacts_only(shop, leads):
    new_contact(shop.company, "Walk-in", "+919811100099")
    seen = [
        conversion.report(scopes.of(who), periods.last(7, ON)).total.total for who in (shop.meera, shop.bob)
    ]
    assert seen == [6, 5]


def test_another_pharmacys_contacts_are_not_counted(shop, leads):
    other, _ = open_other_shop()
    assert conversion.report(scopes.whole(other.company), periods.last(None, ON)).total.total == 0
