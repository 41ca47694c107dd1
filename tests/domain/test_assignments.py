"""Who calls whom: fairly, within each one's day, and nobody twice."""

from datetime import timedelta

import pytest

from domain import assignments, contacts
from models import Contact, Phone, Staff
from tests.conversation import MORNING, fresh, new_contact, open_other_shop, told


def _unreachable(shop, count=1, first=0):
    """Contacts that turned out not to be on WhatsApp."""
    found = [
        new_contact(shop.company, f"Contact {n}", f"+9198222{n:05d}") for n in range(first, first + count)
    ]
    Phone.update(reach="not_available").where(Phone.id.in_([each.phone_id for each in found])).execute()
    return found


def _caller(shop, code, most=20, role="support"):
    return Staff.create(
        company=shop.company,
        code=code,
        name=code,
        phone=f"+91984440000{code[-1]}",
        role=role,
        max_contacts_per_day=most,
    )


def _had(staff):
    return Contact.select().where(Contact.assigned_to == staff).count()


def test_who_whatsapp_cannot_reach_is_called(shop):
    [ravi] = _unreachable(shop)
    assert assignments.assign(shop.company, MORNING) == 1
    assert (fresh(ravi).assigned_to, fresh(ravi).assigned_on) == (shop.bob, MORNING.date())


def test_nobody_gets_more_than_fits_in_a_day(shop):
    Staff.update(max_contacts_per_day=3).execute()
    _unreachable(shop, 5)
    assert [assignments.assign(shop.company, MORNING) for _ in range(2)] == [3, 0]


def test_what_was_over_comes_the_next_day(shop):
    Staff.update(max_contacts_per_day=3).execute()
    _unreachable(shop, 5)
    assignments.assign(shop.company, MORNING)
    assert assignments.assign(shop.company, MORNING + timedelta(days=1)) == 2


def test_the_day_is_the_shop_s(shop):
    Staff.update(max_contacts_per_day=1).execute()
    _unreachable(shop, 3)
    # 23:30 and 00:30 in India are one day in UTC.
    assert assignments.assign(shop.company, MORNING.replace(hour=23, minute=30)) == 1
    assert assignments.assign(shop.company, MORNING.replace(hour=0, minute=30) + timedelta(days=1)) == 1


def test_everybody_gets_a_fair_share(shop):
    other = _caller(shop, "STAFF003")
    _unreachable(shop, 10)
    assignments.assign(shop.company, MORNING)
    assert (_had(shop.bob), _had(other)) == (5, 5)


def test_whoever_may_have_more_gets_more(shop):
    small = _caller(shop, "STAFF003", most=2)
    _unreachable(shop, 22)
    assert assignments.assign(shop.company, MORNING) == 22
    assert (_had(shop.bob), _had(small)) == (20, 2)


def test_managers_call_only_where_nobody_else_works(shop):
    _unreachable(shop, 2)
    shop.bob.is_active = False
    shop.bob.save()
    assignments.assign(shop.company, MORNING)
    assert (_had(shop.bob), _had(shop.meera)) == (0, 2)


def test_the_silent_are_called_days_after_the_materials(shop):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    ravi.materials_sent_at = MORNING
    ravi.save()
    assert assignments.assign(shop.company, MORNING + timedelta(days=2)) == 0
    assert assignments.assign(shop.company, MORNING + timedelta(days=2, minutes=1)) == 1


def test_who_wrote_back_is_not_called_for_silence(shop):
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    ravi.materials_sent_at = MORNING
    ravi.save()
    Phone.update(last_inbound_at=MORNING).where(Phone.id == ravi.phone_id).execute()
    assert assignments.assign(shop.company, MORNING + timedelta(days=3)) == 0


@pytest.mark.parametrize("facts", [{"wrong_number": True}, {"opted_out_at": MORNING}])
def test_a_wrong_number_or_a_stop_is_nobody_s_to_call(shop, facts):
    [ravi] = _unreachable(shop)
    Phone.update(**facts).where(Phone.id == ravi.phone_id).execute()
    assert assignments.assign(shop.company, MORNING) == 0


@pytest.mark.parametrize(
    "status", [contacts.CONTACTED, contacts.CONVERTED, contacts.YELLOW, contacts.INACTIVE]
)
def test_whoever_was_spoken_with_is_not_dealt_out(shop, status):
    _unreachable(shop)
    Contact.update(status=status).execute()
    assert assignments.assign(shop.company, MORNING) == 0


def test_staff_are_told_how_many_at_most_once_an_hour(shop):
    _unreachable(shop, 2)
    assignments.assign(shop.company, MORNING)
    _unreachable(shop, 1, first=10)
    assignments.assign(shop.company, MORNING + timedelta(minutes=5))
    assert told(shop.bob) == ['You have 2 new people to call. Reply "tasks" to see them.']


def test_what_is_called_is_off_the_list(shop):
    first, second = _unreachable(shop, 2)
    assignments.assign(shop.company, MORNING)
    contacts.contacted(fresh(first), MORNING)
    assert assignments.assigned_to(shop.bob) == [second]


def test_no_contact_crosses_shops(shop):
    other, _ = open_other_shop()
    _unreachable(other)
    assert assignments.assign(shop.company, MORNING) == 0
