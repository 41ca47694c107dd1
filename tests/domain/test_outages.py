"""After an outage managers hear once what became of what had gathered, when all of it is through."""

from datetime import timedelta

import pytest

import clock
from desk_tables import Tick
from domain import follow_ups, outages
from domain.people import of_customer
from messaging import catching_up
from models import Message
from tests.conversation import MORNING, fresh, it_is, later, new_phone, open_shop, told
from workers.jobs import sweep

HOUR = timedelta(hours=1)


@pytest.fixture
def shop(database_url, redis_url):
    """A shop whose desk stood still for two days, until an hour ago."""
    it_is(MORNING)
    shop = open_shop()
    at = clock.machine_now()
    for job, ran_at in (("outage_began", at - 49 * HOUR), ("outage_over", at - 1.01 * HOUR)):
        Tick.create(job=job, ran_at=ran_at)
    return shop


def _gathered(shop, number, **now):
    """A reminder from before the outage, as it is now."""
    phone = new_phone(shop.company, f"+9198760{number:05d}")
    before, ends = clock.now() - 50 * HOUR, clock.now() - 20 * HOUR
    facts = {
        "template": "answer_waits",
        "language": "en",
        "body": "…",
        "kind": "reminder",
        "key": f"t:{number}",
    }
    sender = {"sender": shop.sender, "created_at": before, "useful_until": ends}
    return Message.create(company=shop.company, phone=phone, **facts, **sender, **now)


def _went(shop, number):
    return _gathered(shop, number, state="sent", claimed_at=clock.machine_now())


def _too_old(shop, number):
    return _gathered(shop, number, state="cancelled", reason="too_old")


def test_managers_are_told_what_went_what_did_not_and_whom_to_call(shop):
    _went(shop, 1), _went(shop, 2), _too_old(shop, 3)
    follow_ups.raise_task(
        shop.company, "refill_call", at=clock.now(), person=of_customer(shop.alice), cause="refill_call:1"
    )
    sweep.run()
    notice = told(shop.meera, "outage_over")[0]
    assert notice.startswith("Meera, the desk stood still from ")
    assert notice.splitlines()[1:] == [
        "• 2 messages went late.",
        "• 1 message was not sent any more: too old to be of use.",
        "• 1 person waits for a call about a refill: reply *tasks*.",
    ]
    assert told(shop.bob, "outage_over") == []


def test_they_are_told_once_for_each_outage(shop):
    _went(shop, 1)
    sweep.run(), sweep.run()
    later(hours=3)
    sweep.run()
    assert len(told(shop.meera, "outage_over")) == 1


def test_as_long_as_something_waits_they_are_not_told(shop):
    _went(shop, 1)
    waits = _gathered(shop, 2, state="queued", reason="catching_up", send_after=clock.now() + HOUR)
    sweep.run()
    assert told(shop.meera, "outage_over") == []
    Message.update(state="sent", claimed_at=clock.machine_now()).where(Message.id == waits.id).execute()
    sweep.run()
    assert "2 messages went late" in told(shop.meera, "outage_over")[0]


def test_what_was_of_no_use_before_the_outage_is_none_of_it(shop):
    old = _too_old(shop, 1)
    Message.update(useful_until=clock.now() - 60 * HOUR).where(Message.id == old.id).execute()
    sweep.run()
    assert told(shop.meera, "outage_over") == []


def test_an_outage_that_held_nothing_up_is_told_to_nobody(shop):
    sweep.run()
    assert told(shop.meera, "outage_over") == []


def test_right_after_an_outage_it_is_too_early(shop):
    _went(shop, 1)
    Tick.update(ran_at=clock.machine_now()).where(Tick.job == "outage_over").execute()
    sweep.run()
    assert told(shop.meera, "outage_over") == []


def test_it_is_told_in_hindi_too(shop):
    shop.meera.language = "hi"
    shop.meera.save()
    _went(shop, 1)
    sweep.run()
    assert "1 संदेश देर से गए।" in told(fresh(shop.meera), "outage_over")[0]


def test_whoever_notices_the_outage_keeps_when_it_began(database_url):
    began = clock.machine_now() - timedelta(days=2)
    Tick.create(job=catching_up.PULSE, ran_at=began)
    assert catching_up.latest() is None
    assert catching_up.notice()
    found = catching_up.latest()
    assert found[0] == began and found[1] > began + timedelta(days=1.9)
    assert outages.SETTLES < catching_up.LASTS
