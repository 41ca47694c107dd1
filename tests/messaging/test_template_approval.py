"""Our messages for writing first at Twilio: put up once, followed, and put up anew where Twilio lost them."""

import pytest

import clock
from messaging import approved, template_approval
from models import ApprovedTemplate
from tests.conversation import MORNING, Shop, it_is, open_shop
from tests.messaging.simulated import simulator, started_simulator  # noqa: F401
from tests.simulator.running import Simulator, eventually

Templates = list[ApprovedTemplate]


@pytest.fixture
def shop(database_url: str, redis_url: str) -> Shop:
    it_is(MORNING)
    return open_shop()


def _states() -> set[str]:
    template_approval.refresh(clock.now())
    return {row.status for row in ApprovedTemplate.select()}


def test_every_message_is_put_up_in_its_languages_once(shop: Shop, simulator: Simulator) -> None:  # noqa: F811
    pushed = template_approval.push(shop.company, clock.now())
    assert len(pushed) == sum(len(approved.languages_of(name)) for name in approved.APPROVED)
    assert template_approval.push(shop.company, clock.now()) == []


def test_all_of_them_are_approved(shop: Shop, simulator: Simulator) -> None:  # noqa: F811
    template_approval.push(shop.company, clock.now())
    eventually(lambda: _states() == {"approved"})


def test_what_twilio_does_not_know_any_more_is_put_up_anew(
    shop: Shop,
    simulator: Simulator,  # noqa: F811
) -> None:
    template_approval.push(shop.company, clock.now())
    simulator.control("reset")
    assert _states() == {"unsubmitted"}
    assert approved.content(shop.company, "refill_due", "en") is None
    template_approval.push(shop.company, clock.now())
    eventually(lambda: _states() == {"approved"})
