"""The day of a member of staff: what somebody waits for comes first."""

from datetime import UTC, datetime, timedelta

from domain import assignments, follow_ups, tasks
from domain.people import of_contact, of_customer
from models import Phone
from tests.conversation import MORNING, new_contact

NOON = MORNING.replace(hour=12)


def _raise(shop, kind, at=MORNING, **facts):
    return follow_ups.raise_task(shop.company, kind, at=at, phone=shop.alice.phone, **facts)


def _day(staff, at):
    return list(tasks.read(tasks.ranked(staff, at), at).values())


def _call(shop):
    """A contact that was dealt out to bob."""
    ravi = new_contact(shop.company, "Ravi", "+919811111111")
    Phone.update(reach="not_available").where(Phone.id == ravi.phone_id).execute()
    assignments.assign(shop.company, MORNING)
    return ravi


def test_what_somebody_waits_for_comes_before_what_only_waits_for_us(shop):
    _call(shop)
    for kind in ("not_on_whatsapp", "refill_call", "keep_ready", "something_new", "question", "danger"):
        _raise(shop, kind)
    follow_ups.remind(of_customer(shop.alice), NOON, "call", staff=shop.bob, at=MORNING)
    assert [task.kind for task in _day(shop.bob, NOON)] == [
        "danger",
        "question",
        "promise",
        "keep_ready",
        "refill_call",
        "something_new",
        "not_on_whatsapp",
        "contact_call",
    ]


def test_of_the_same_kind_the_oldest_comes_first(shop):
    late, early = _raise(shop, "question", NOON), _raise(shop, "question", MORNING)
    assert [task.follow_up for task in _day(shop.bob, NOON)] == [early, late]


def test_all_of_today_is_shown_and_nothing_of_tomorrow(shop):
    tonight = MORNING.replace(hour=23, minute=59)
    for due_at in (tonight, tonight + timedelta(minutes=2)):
        follow_ups.remind(of_customer(shop.alice), due_at, "call", staff=shop.bob, at=MORNING)
    assert [task.due_at for task in _day(shop.bob, MORNING)] == [tonight]


def test_today_is_the_shop_s_day(shop):
    """20:00 UTC is half past one at night in India: already tomorrow."""
    assert tasks.end_of_day("Asia/Kolkata", datetime(2027, 2, 1, 20, 0, tzinfo=UTC)) == MORNING.replace(
        day=3, hour=0
    )


def test_what_was_not_done_yesterday_is_still_there(shop):
    _raise(shop, "question")
    assert len(_day(shop.bob, MORNING + timedelta(days=3))) == 1


def test_a_contact_to_call_carries_its_own_number(shop):
    ravi = _call(shop)
    [task] = _day(shop.bob, MORNING)
    assert (task.serial, task.person, task.follow_up) == (ravi.serial, of_contact(ravi), None)


def test_what_is_done_is_gone(shop):
    question = _raise(shop, "question")
    follow_ups.done(shop.company, question.serial, staff=shop.bob, at=MORNING)
    assert _day(shop.bob, MORNING) == []
