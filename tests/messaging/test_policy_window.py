"""May we write to this phone first? The 24 hours, approved templates, the daily limit; the order of rules."""

from datetime import timedelta

import pytest

import clock
import company_settings
from messaging import outbox, policy, reach
from messaging.policy import Budget
from models import ApprovedTemplate
from tests.conversation import (
    MORNING,
    fresh,
    it_is,
    later,
    new_phone,
    phone_of,
    say,
    told,
)
from tests.messaging.judging import NIGHT, change, message, sent, verdict

pytestmark = pytest.mark.usefixtures("agreed_to_everything")


# ---- the window, approved templates, the daily limit


@pytest.mark.parametrize(
    ("ago", "is_open"),
    [
        (timedelta(0), True),
        (timedelta(hours=23, minutes=49), True),
        (timedelta(hours=23, minutes=50), False),
        (timedelta(hours=24), False),
    ],
)
def test_the_window_closes_ten_minutes_before_whatsapp_closes_it(shop, ago, is_open):
    reach.heard_from(shop.alice.phone, MORNING - ago)
    assert policy.window_open(shop.alice.phone, MORNING) == is_open
    assert policy.decide(message(shop), MORNING).in_window == is_open


def test_a_window_whatsapp_says_is_closed_is_closed_until_they_write(shop):
    reach.heard_from(shop.alice.phone, MORNING)
    reach.window_is_closed(shop.alice.phone)
    assert not policy.window_open(phone_of(shop.alice), MORNING)
    reach.heard_from(shop.alice.phone, MORNING)
    assert policy.window_open(phone_of(shop.alice), MORNING)


def test_a_message_nobody_approved_waits_for_the_window(shop):
    assert verdict(shop, kind="answer", template="welcome") == ("hold", "window_closed")
    reach.heard_from(shop.alice.phone, MORNING)
    assert verdict(shop, kind="answer", template="welcome") == ("send", None)


def test_a_notice_that_may_not_be_written_first_goes_as_the_approved_one(shop):
    decision = policy.decide(message(shop, "staff_notice", "follow_up_due"), MORNING)
    assert decision.content is not None
    assert (decision.verdict, decision.content.name) == ("send", "staff_tasks")


@pytest.mark.parametrize("status", ["pending", "rejected", "paused", "unsubmitted"])
def test_a_template_that_is_not_approved_waits(shop, status):
    ApprovedTemplate.update(status=status).execute()
    assert verdict(shop) == ("hold", "template_not_approved")


def test_the_template_goes_in_the_person_s_language(shop):
    decision = policy.decide(message(shop), MORNING)
    assert decision.content and decision.content.language == "en"
    hindi = message(shop)
    hindi.language = "hi"
    decision = policy.decide(hindi, MORNING)
    assert decision.content and decision.content.language == "hi"


def test_english_goes_where_the_other_language_is_not_approved_yet(shop):
    ApprovedTemplate.update(status="pending").where(ApprovedTemplate.language == "hi").execute()
    hindi = message(shop)
    hindi.language = "hi"
    decision = policy.decide(hindi, MORNING)
    assert decision.content and decision.content.language == "en"


def test_the_daily_limit_counts_people_outside_their_window(shop):
    full = Budget(0, set())
    assert verdict(shop, budget=full) == ("hold", "daily_limit")
    assert verdict(shop, budget=Budget(0, {shop.alice.phone.id})) == ("send", None)
    reach.heard_from(shop.alice.phone, MORNING)
    assert verdict(shop, budget=full) == ("send", None)


def test_a_person_counts_once_however_many_messages(shop):
    budget, ravi = Budget(2, set()), new_phone(shop.company, "+919876500000")
    for phone in (shop.alice.phone, shop.alice.phone, ravi):
        assert budget.takes(phone)
        budget.count(phone)
    assert budget.left == 0
    assert budget.takes(ravi)
    assert not budget.takes(new_phone(shop.company, "+919876500001"))


def test_the_daily_limit_is_of_the_last_24_hours(shop):
    company_settings.change(shop.company, "daily_limit", "3")
    for hours in (25, 23, 1):
        sent(shop, MORNING, opened_conversation_at=MORNING - timedelta(hours=hours))
    assert policy.budget(shop.company, MORNING) == Budget(2, {shop.alice.phone.id})


def test_the_daily_limit_can_be_off(shop):
    company_settings.change(shop.company, "daily_limit", "off")
    assert policy.budget(shop.company, MORNING).takes(shop.alice.phone)


# ---- which rule comes first


def test_the_first_rule_that_refuses_decides(shop):
    """Everything speaks against this reminder; as one thing after the other is mended, the next one does."""
    phone = shop.alice.phone
    ApprovedTemplate.update(status="paused").execute()
    for hours in (1, 2):
        sent(shop, NIGHT - timedelta(hours=hours))
    change(phone, wrong_number=True, reach="not_available", paused_until=NIGHT + timedelta(days=1))
    change(
        phone, answered_by_person_until=NIGHT + timedelta(days=1), reminders_allowed=False, opted_out_at=NIGHT
    )
    old = {"useful_until": NIGHT}
    reasons = [verdict(shop, NIGHT, **old)[1]]
    for mended in (
        {"opted_out_at": None},
        {"wrong_number": False},
        {"reach": "unknown"},
        {"paused_until": None},
        {"answered_by_person_until": None},
        {"reminders_allowed": True},
    ):
        change(phone, **mended)
        reasons.append(verdict(shop, NIGHT, **old)[1])
    assert reasons == [
        "opted_out",
        "wrong_number",
        "not_on_whatsapp",
        "paused",
        "person_is_answering",
        "no_consent",
        "quiet_hours",
    ]
    next_morning = NIGHT + timedelta(hours=11)
    assert verdict(shop, next_morning, **old)[1] == "too_old"
    assert verdict(shop, next_morning)[1] == "too_often"
    assert verdict(shop, next_morning + timedelta(days=1))[1] == "template_not_approved"


def test_a_refused_message_is_kept_with_its_reason(shop):
    change(shop.alice.phone, reminders_allowed=False)
    refused = outbox.queue(
        phone_of(shop.alice), "answer_waits", key="refused", kind="reminder", first_name="Alice"
    )
    assert (fresh(refused).state, fresh(refused).reason) == ("cancelled", "no_consent")


def test_a_held_message_is_looked_at_again_when_the_night_is_over(shop):
    it_is(NIGHT)
    held = outbox.queue(phone_of(shop.alice), "answer_waits", key="held", kind="reminder", first_name="Alice")
    assert (held.state, held.reason) == ("queued", "quiet_hours")
    assert fresh(held).send_after == MORNING.replace(hour=8) + timedelta(days=1)


def test_what_was_held_for_the_window_goes_when_they_write(shop):
    held = outbox.queue(phone_of(shop.alice), "staff_reply", key="reply", text="Yes", staff="Bob")
    assert held.reason == "window_closed"
    later(minutes=5)
    say(shop.alice, "hello")
    assert fresh(held).reason is None
    assert fresh(held).send_after <= clock.now()


def test_the_same_key_says_it_once(shop):
    for _ in range(2):
        outbox.queue(phone_of(shop.alice), "answer_waits", key="once", first_name="Alice")
    assert len(told(shop.alice, "answer_waits")) == 1


def test_at_the_limit_a_free_place_is_for_the_reminder_that_waits(shop):
    ravi = new_phone(shop.company, "+919876500000")
    waiting = message(shop, "reminder", state="queued", reason="daily_limit")
    waiting.phone = ravi
    waiting.save(force_insert=True)
    assert verdict(shop, kind="promotion", budget=Budget(1, set())) == ("hold", "daily_limit")
    assert verdict(shop, kind="reminder", budget=Budget(1, set())) == ("send", None)
    assert verdict(shop, kind="promotion", budget=Budget(2, set())) == ("send", None)


def test_inside_the_window_the_words_are_in_the_person_s_language_approved_or_not(shop):
    ApprovedTemplate.update(status="pending").where(ApprovedTemplate.language == "hi").execute()
    reach.heard_from(shop.alice.phone, MORNING)
    hindi = message(shop)
    hindi.language = "hi"
    decision = policy.decide(hindi, MORNING)
    assert decision.in_window
    assert decision.content and decision.content.language == "hi"
