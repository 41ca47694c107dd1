"""May we write to this phone now? Each rule with its name, and which rule comes first."""

from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

import clock
import company_settings
from messaging import consent, outbox, policy, reach
from messaging.policy import Budget
from models import ApprovedTemplate, Message
from tests.conversation import (
    MORNING,
    ZONE,
    approve_everything,
    fresh,
    it_is,
    later,
    new_phone,
    open_shop,
    phone_of,
    say,
    told,
)

KINDS = ("answer", "staff_notice", "reminder", "promotion")
NIGHT = MORNING.replace(hour=23)

_keys = count(1)


@pytest.fixture
def shop(database_url):
    """Its templates are approved, alice agreed to everything and wrote nothing
    lately; it is Monday morning."""
    it_is(MORNING)
    shop = open_shop()
    approve_everything(shop.company)
    _set(shop.alice.phone, promotions_allowed=True)
    return shop


def _set(phone, **facts):
    for name, value in facts.items():
        setattr(phone, name, value)
    phone.save()


def _message(shop, kind="reminder", template="refill_due", **facts):
    return Message(
        company=shop.company,
        phone=phone_of(shop.alice),
        sender=shop.sender,
        key=f"test:{next(_keys)}",
        kind=kind,
        template=template,
        language="en",
        body="Your medicine",
        **facts,
    )


def _sent(shop, at, kind="reminder", **facts):
    message = _message(shop, kind, state="delivered", sent_at=at, **facts)
    message.save(force_insert=True)
    return message


def _verdict(shop, at=MORNING, budget=None, **message):
    decision = policy.decide(_message(shop, **message), at, budget)
    return decision.verdict, decision.reason


def _verdicts(shop, at=MORNING):
    """The kinds of messages that may go now."""
    return [kind for kind in KINDS if _verdict(shop, at, kind=kind)[0] == "send"]


def test_a_message_nothing_speaks_against_goes(shop):
    assert _verdicts(shop) == list(KINDS)


# ---- opted out


def test_after_a_stop_nothing_goes_but_its_confirmation(shop):
    reach.heard_from(shop.alice.phone, MORNING)
    consent.opt_out(shop.alice.phone, "keyword", at=MORNING)
    assert {_verdict(shop, kind=kind) for kind in KINDS} == {("cancel", "opted_out")}
    assert _verdict(shop, kind="answer", template="opted_out")[0] == "send"


def test_whoever_stopped_and_writes_again_gets_answers_only(shop):
    consent.opt_out(shop.alice.phone, "keyword", at=MORNING)
    reach.heard_from(shop.alice.phone, MORNING + timedelta(seconds=1))
    assert _verdicts(shop) == ["answer"]


def test_stop_is_confirmed_once_and_what_they_wrote_before_it_reopens_nothing(shop):
    say(shop.alice, "STOP")
    waiting = outbox.queue(phone_of(shop.alice), "staff_reply", key="late", text="Hello", staff="Bob")
    assert (waiting.state, waiting.reason) == ("cancelled", "opted_out")


def test_what_waited_when_the_stop_came_is_cancelled(shop):
    it_is(NIGHT)
    held = outbox.queue(phone_of(shop.bob), "follow_ups", key="held", kind="staff_notice", lines=[], more=0)
    consent.opt_out(phone_of(shop.bob), "keyword")
    assert (fresh(held).state, fresh(held).reason) == ("cancelled", "opted_out")


def test_start_lets_everything_go_again(shop):
    consent.opt_out(shop.alice.phone, "keyword")
    consent.opt_in(shop.alice.phone, "keyword")
    assert _verdicts(shop) == list(KINDS)


# ---- wrong number, not on WhatsApp


def test_a_wrong_number_is_not_written_to(shop):
    _set(shop.alice.phone, wrong_number=True)
    assert {_verdict(shop, kind=kind) for kind in KINDS} == {("cancel", "wrong_number")}


def test_whoever_writes_from_a_wrong_number_is_answered(shop):
    _set(shop.alice.phone, wrong_number=True)
    reach.heard_from(shop.alice.phone, MORNING)
    assert _verdicts(shop) == ["answer"]


def test_a_number_that_is_not_on_whatsapp_is_not_written_to(shop):
    reach.not_on_whatsapp(shop.alice.phone, 63024)
    assert _verdict(shop) == ("cancel", "not_on_whatsapp")


# ---- paused, or a person is answering


@pytest.mark.parametrize(
    ("field", "reason"), [("paused_until", "paused"), ("answered_by_person_until", "person_is_answering")]
)
def test_reminders_and_offers_wait_while_a_person_looks_after_them(shop, field, reason):
    until = MORNING + timedelta(hours=2)
    _set(shop.alice.phone, **{field: until})
    decision = policy.decide(_message(shop), MORNING)
    assert (decision.verdict, decision.reason, decision.until) == ("hold", reason, until)
    assert _verdicts(shop) == ["answer", "staff_notice"]
    assert _verdicts(shop, until) == list(KINDS)


# ---- no consent


@pytest.mark.parametrize("said", [None, False])
def test_reminders_and_offers_need_a_consent_of_their_own(shop, said):
    _set(shop.alice.phone, reminders_allowed=said)
    assert _verdict(shop, kind="reminder") == ("cancel", "no_consent")
    _set(shop.alice.phone, reminders_allowed=True, promotions_allowed=said)
    assert _verdicts(shop) == ["answer", "staff_notice", "reminder"]


def test_stop_offers_leaves_reminders(shop):
    consent.opt_out_of_promotions(shop.alice.phone, "keyword")
    assert _verdicts(shop) == ["answer", "staff_notice", "reminder"]


# ---- quiet hours


@pytest.mark.parametrize(
    ("local", "until"),
    [
        ("2027-02-01 20:59", None),
        ("2027-02-01 21:00", "2027-02-02 08:00"),
        ("2027-02-01 23:59", "2027-02-02 08:00"),
        ("2027-02-02 00:00", "2027-02-02 08:00"),
        ("2027-02-02 07:59", "2027-02-02 08:00"),
        ("2027-02-02 08:00", None),
    ],
)
def test_nothing_but_answers_goes_at_night_in_the_company_s_zone(shop, local, until):
    at = datetime.fromisoformat(local).replace(tzinfo=ZONE)
    decision = policy.decide(_message(shop), at.astimezone(UTC))
    ends = datetime.fromisoformat(until).replace(tzinfo=ZONE) if until else None
    assert (decision.reason, decision.until) == ("quiet_hours" if until else None, ends)
    assert _verdicts(shop, at) == (["answer"] if until else list(KINDS))


def test_quiet_hours_may_lie_within_a_day(shop):
    company_settings.change(shop.company, "quiet_hours", "13:00-16:00")
    decision = policy.decide(_message(shop), MORNING.replace(hour=14))
    assert decision.until == MORNING.replace(hour=16)
    assert _verdicts(shop, NIGHT) == list(KINDS)


def test_quiet_hours_can_be_off(shop):
    company_settings.change(shop.company, "quiet_hours", "off")
    assert _verdicts(shop, NIGHT) == list(KINDS)


def test_eight_in_the_morning_is_eight_when_the_clocks_change(shop):
    london = ZoneInfo("Europe/London")
    shop.company.timezone = "Europe/London"
    night = datetime(2027, 3, 27, 23, 0, tzinfo=london)
    assert policy.decide(_message(shop), night).until == datetime(2027, 3, 28, 8, 0, tzinfo=london)


# ---- too old


def test_what_is_of_no_use_any_more_is_never_sent(shop):
    old = {"useful_until": MORNING - timedelta(seconds=1)}
    assert {_verdict(shop, kind=kind, **old) for kind in KINDS} == {("cancel", "too_old")}


def test_after_an_outage_of_a_week_nothing_goes_out(shop):
    message = outbox.queue(
        phone_of(shop.alice), "answer_waits", key="old", kind="reminder", first_name="Alice"
    )
    assert policy.decide(message, MORNING + timedelta(days=7)).reason == "too_old"


# ---- too often


def test_two_reminders_a_day_are_enough(shop):
    for hours in (20, 2):
        _sent(shop, MORNING - timedelta(hours=hours))
    decision = policy.decide(_message(shop), MORNING)
    assert (decision.verdict, decision.reason) == ("hold", "too_often")
    assert decision.until == MORNING + timedelta(hours=4)
    assert _verdicts(shop) == ["answer", "staff_notice", "promotion"]


def test_one_offer_in_five_days_is_enough(shop):
    _sent(shop, MORNING - timedelta(days=4), "promotion")
    assert _verdicts(shop) == ["answer", "staff_notice", "reminder"]
    assert _verdict(shop, MORNING + timedelta(days=1), kind="promotion")[0] == "send"


def test_what_never_arrived_does_not_count_as_often(shop):
    for _ in range(3):
        _sent(shop, MORNING).update(state="failed").execute()
    assert _verdict(shop)[0] == "send"


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
    assert policy.decide(_message(shop), MORNING).in_window == is_open


def test_a_window_whatsapp_says_is_closed_is_closed_until_they_write(shop):
    reach.heard_from(shop.alice.phone, MORNING)
    reach.window_is_closed(shop.alice.phone)
    assert not policy.window_open(phone_of(shop.alice), MORNING)
    reach.heard_from(shop.alice.phone, MORNING)
    assert policy.window_open(phone_of(shop.alice), MORNING)


def test_a_message_nobody_approved_waits_for_the_window(shop):
    assert _verdict(shop, kind="answer", template="welcome") == ("hold", "window_closed")
    reach.heard_from(shop.alice.phone, MORNING)
    assert _verdict(shop, kind="answer", template="welcome") == ("send", None)


def test_a_notice_that_may_not_be_written_first_goes_as_the_approved_one(shop):
    decision = policy.decide(_message(shop, "staff_notice", "follow_up_due"), MORNING)
    assert decision.content is not None
    assert (decision.verdict, decision.content.name) == ("send", "staff_tasks")


@pytest.mark.parametrize("status", ["pending", "rejected", "paused", "unsubmitted"])
def test_a_template_that_is_not_approved_waits(shop, status):
    ApprovedTemplate.update(status=status).execute()
    assert _verdict(shop) == ("hold", "template_not_approved")


def test_the_template_goes_in_the_person_s_language(shop):
    decision = policy.decide(_message(shop), MORNING)
    assert decision.content and decision.content.language == "en"
    hindi = _message(shop)
    hindi.language = "hi"
    decision = policy.decide(hindi, MORNING)
    assert decision.content and decision.content.language == "hi"


def test_english_goes_where_the_other_language_is_not_approved_yet(shop):
    ApprovedTemplate.update(status="pending").where(ApprovedTemplate.language == "hi").execute()
    hindi = _message(shop)
    hindi.language = "hi"
    decision = policy.decide(hindi, MORNING)
    assert decision.content and decision.content.language == "en"


def test_the_daily_limit_counts_people_outside_their_window(shop):
    full = Budget(0, set())
    assert _verdict(shop, budget=full) == ("hold", "daily_limit")
    assert _verdict(shop, budget=Budget(0, {shop.alice.phone.id})) == ("send", None)
    reach.heard_from(shop.alice.phone, MORNING)
    assert _verdict(shop, budget=full) == ("send", None)


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
        _sent(shop, MORNING, opened_conversation_at=MORNING - timedelta(hours=hours))
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
        _sent(shop, NIGHT - timedelta(hours=hours))
    _set(phone, wrong_number=True, reach="not_available", paused_until=NIGHT + timedelta(days=1))
    _set(
        phone, answered_by_person_until=NIGHT + timedelta(days=1), reminders_allowed=False, opted_out_at=NIGHT
    )
    old = {"useful_until": NIGHT}
    reasons = [_verdict(shop, NIGHT, **old)[1]]
    for mended in (
        {"opted_out_at": None},
        {"wrong_number": False},
        {"reach": "unknown"},
        {"paused_until": None},
        {"answered_by_person_until": None},
        {"reminders_allowed": True},
    ):
        _set(phone, **mended)
        reasons.append(_verdict(shop, NIGHT, **old)[1])
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
    assert _verdict(shop, next_morning, **old)[1] == "too_old"
    assert _verdict(shop, next_morning)[1] == "too_often"
    assert _verdict(shop, next_morning + timedelta(days=1))[1] == "template_not_approved"


def test_a_refused_message_is_kept_with_its_reason(shop):
    _set(shop.alice.phone, reminders_allowed=False)
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
