"""Our messages for writing first at Twilio: put up once, followed, and put up anew where Twilio lost them."""

from typing import Any

import pytest

import clock
from messaging import approved, outbox, render, template_approval
from messaging.channels import twilio_contents
from messaging.channels.base import SendError
from models import ApprovedTemplate, Message
from tests.conversation import MORNING, Shop, approve_everything, fresh, it_is, later, open_shop
from tests.simulator.running import Simulator, eventually


@pytest.fixture
def shop(database_url):
    """Nothing of it is approved yet."""
    it_is(MORNING)
    return open_shop()


def _states() -> set[str]:
    template_approval.refresh(clock.now())
    return {row.status for row in ApprovedTemplate.select()}


def test_every_message_is_put_up_in_its_languages_once(shop: Shop, simulator: Simulator) -> None:
    pushed = template_approval.push(shop.company, clock.now())
    assert len(pushed) == sum(len(approved.languages_of(name)) for name in approved.APPROVED)
    assert template_approval.push(shop.company, clock.now()) == []


def test_all_of_them_are_approved(shop: Shop, simulator: Simulator) -> None:
    template_approval.push(shop.company, clock.now())
    eventually(lambda: _states() == {"approved"})


def test_what_twilio_does_not_know_any_more_is_put_up_anew(
    shop: Shop,
    simulator: Simulator,
) -> None:
    template_approval.push(shop.company, clock.now())
    simulator.control("reset")
    assert _states() == {"unsubmitted"}
    assert approved.content(shop.company, "refill_due", "en") is None
    template_approval.push(shop.company, clock.now())
    eventually(lambda: _states() == {"approved"})


def test_a_push_that_broke_off_goes_on_where_it_was(
    shop: Shop,
    simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask_approval = twilio_contents.ask_approval

    def breaks_off(*arguments: Any) -> None:
        monkeypatch.setattr(twilio_contents, "ask_approval", ask_approval)
        raise SendError("Twilio answered 500", uncertain=True)

    monkeypatch.setattr(twilio_contents, "ask_approval", breaks_off)
    with pytest.raises(SendError):
        template_approval.push(shop.company, clock.now())
    template_approval.push(shop.company, clock.now())
    eventually(lambda: _states() == {"approved"})
    assert len(simulator.look("contents")) == ApprovedTemplate.select().count()


# ---- the states WhatsApp takes a template through


@pytest.fixture
def due(shop: Shop, simulator: Simulator) -> ApprovedTemplate:
    """The reminder in English, approved."""
    template_approval.push(shop.company, clock.now())
    eventually(lambda: _states() == {"approved"})
    return ApprovedTemplate.get(ApprovedTemplate.name == "refill_due", ApprovedTemplate.language == "en")


def _whatsapp_says(simulator: Simulator, row: ApprovedTemplate, state: str) -> None:
    simulator.control(f"contents/{row.content_id}", state=state, reason="people did not like it")
    template_approval.refresh(clock.now())


def _remind(shop: Shop, kind: str = "reminder") -> Message:
    facts = {"first_name": "Alice", "runs_out_on": clock.now().date()}
    key = f"due:{Message.select().count()}"
    return outbox.queue(shop.alice.phone, "refill_due", key=key, kind=kind, **facts)


@pytest.mark.parametrize("state", ["rejected", "paused", "disabled", "pending"])
def test_a_message_waits_for_its_template_and_goes_when_it_is_approved(
    shop: Shop,
    simulator: Simulator,
    due: ApprovedTemplate,
    state: str,
) -> None:
    _whatsapp_says(simulator, due, state)
    waiting = _remind(shop)
    assert (waiting.state, waiting.reason) == ("queued", "template_not_approved")
    assert template_approval.waiting(fresh(due)) == 1
    _whatsapp_says(simulator, due, "approved")
    assert (fresh(waiting).reason, fresh(waiting).send_after <= clock.now()) == (None, True)


def test_what_whatsapp_says_of_it_is_kept(
    shop: Shop,
    simulator: Simulator,
    due: ApprovedTemplate,
) -> None:
    _whatsapp_says(simulator, due, "rejected")
    assert (fresh(due).status, fresh(due).reason) == ("rejected", "people did not like it")
    assert approved.in_trouble(shop.company) == [due]


def test_what_we_stopped_ourselves_stands_until_it_is_pushed_again(
    shop: Shop,
    simulator: Simulator,
    due: ApprovedTemplate,
) -> None:
    approved.stop(_remind(shop), 21656)
    assert _states() == {"approved", approved.STOPPED}
    assert template_approval.push(shop.company, clock.now()) == [due]
    assert _states() == {"approved"}


def test_an_offer_is_as_useful_as_ever_when_its_template_is_approved(shop: Shop) -> None:
    approve_everything(shop.company)
    ApprovedTemplate.update(status="pending").execute()
    shop.alice.phone.promotions_allowed = True
    shop.alice.phone.save()
    offer = _remind(shop, kind="promotion")
    later(days=9)
    template_approval.release(shop.company, clock.now())
    assert fresh(offer).useful_until > clock.now()


def test_variables_come_in_the_same_order_in_every_language() -> None:
    """English goes where another language is not approved, with the values made for that other one."""
    for name in approved.APPROVED:
        orders = {
            tuple(
                each.split("|")[0].split(" or ")[0].strip()
                for each in render.approved(name, language).expressions
            )
            for language in approved.languages_of(name)
        }
        assert len(orders) == 1, name
