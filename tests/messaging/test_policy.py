"""May we write to this phone now? Each rule with its name, and which rule comes first."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import company_settings
from messaging import consent, outbox, policy, reach
from models import Contact, Customer
from tests.conversation import (
    MORNING,
    ZONE,
    fresh,
    it_is,
    phone_of,
    say,
)
from tests.messaging.judging import KINDS, NIGHT, change, message, sent, verdict, verdicts

pytestmark = pytest.mark.usefixtures("agreed_to_everything")


def test_a_message_nothing_speaks_against_goes(shop):
    assert verdicts(shop) == list(KINDS)


# ---- opted out


def test_after_a_stop_nothing_goes_but_its_confirmation(shop):
    reach.heard_from(shop.alice.phone, MORNING)
    consent.opt_out(shop.alice.phone, "keyword", at=MORNING)
    assert {verdict(shop, kind=kind) for kind in KINDS} == {("cancel", "opted_out")}
    assert verdict(shop, kind="answer", template="opted_out")[0] == "send"


def test_whoever_stopped_and_writes_again_gets_answers_only(shop):
    consent.opt_out(shop.alice.phone, "keyword", at=MORNING)
    reach.heard_from(shop.alice.phone, MORNING + timedelta(seconds=1))
    assert verdicts(shop) == ["answer"]


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
    assert verdicts(shop) == list(KINDS)


# ---- wrong number, not on WhatsApp


def test_a_wrong_number_is_not_written_to(shop):
    change(shop.alice.phone, wrong_number=True)
    assert {verdict(shop, kind=kind) for kind in KINDS} == {("cancel", "wrong_number")}


def test_whoever_writes_from_a_wrong_number_is_answered(shop):
    change(shop.alice.phone, wrong_number=True)
    reach.heard_from(shop.alice.phone, MORNING)
    assert verdicts(shop) == ["answer"]


def test_a_number_that_is_not_on_whatsapp_is_not_written_to(shop):
    reach.not_on_whatsapp(shop.alice.phone, 63024)
    assert verdict(shop) == ("cancel", "not_on_whatsapp")


# ---- paused, or a person is answering


@pytest.mark.parametrize(
    ("field", "reason"), [("paused_until", "paused"), ("answered_by_person_until", "person_is_answering")]
)
def test_reminders_and_offers_wait_while_a_person_looks_after_them(shop, field, reason):
    until = MORNING + timedelta(hours=2)
    change(shop.alice.phone, **{field: until})
    decision = policy.decide(message(shop), MORNING)
    assert (decision.verdict, decision.reason, decision.until) == ("hold", reason, until)
    assert verdicts(shop) == ["answer", "staff_notice"]
    assert verdicts(shop, until) == list(KINDS)


# ---- no consent


@pytest.mark.parametrize("said", [None, False])
def test_reminders_and_offers_need_a_consent_of_their_own(shop, said):
    change(shop.alice.phone, reminders_allowed=said)
    assert verdict(shop, kind="reminder") == ("cancel", "no_consent")
    change(shop.alice.phone, reminders_allowed=True, promotions_allowed=said)
    assert verdicts(shop) == ["answer", "staff_notice", "reminder"]


def test_stop_offers_leaves_reminders(shop):
    consent.opt_out_of_promotions(shop.alice.phone, "keyword")
    assert verdicts(shop) == ["answer", "staff_notice", "reminder"]


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
    decision = policy.decide(message(shop), at.astimezone(UTC))
    ends = datetime.fromisoformat(until).replace(tzinfo=ZONE) if until else None
    assert (decision.reason, decision.until) == ("quiet_hours" if until else None, ends)
    assert verdicts(shop, at) == (["answer"] if until else list(KINDS))


def test_quiet_hours_may_lie_within_a_day(shop):
    company_settings.change(shop.company, "quiet_hours", "13:00-16:00")
    decision = policy.decide(message(shop), MORNING.replace(hour=14))
    assert decision.until == MORNING.replace(hour=16)
    assert verdicts(shop, NIGHT) == list(KINDS)


def test_quiet_hours_can_be_off(shop):
    company_settings.change(shop.company, "quiet_hours", "off")
    assert verdicts(shop, NIGHT) == list(KINDS)


def test_eight_in_the_morning_is_eight_when_the_clocks_change(shop):
    london = ZoneInfo("Europe/London")
    shop.company.timezone = "Europe/London"
    night = datetime(2027, 3, 27, 23, 0, tzinfo=london)
    assert policy.decide(message(shop), night).until == datetime(2027, 3, 28, 8, 0, tzinfo=london)


# ---- too old


def test_what_is_of_no_use_any_more_is_never_sent(shop):
    old = {"useful_until": MORNING - timedelta(seconds=1)}
    assert {verdict(shop, kind=kind, **old) for kind in KINDS} == {("cancel", "too_old")}


def test_after_an_outage_of_a_week_nothing_goes_out(shop):
    message = outbox.queue(
        phone_of(shop.alice), "answer_waits", key="old", kind="reminder", first_name="Alice"
    )
    assert policy.decide(message, MORNING + timedelta(days=7)).reason == "too_old"


# ---- too often


def test_two_reminders_a_day_are_enough(shop):
    for hours in (20, 2):
        sent(shop, MORNING - timedelta(hours=hours))
    decision = policy.decide(message(shop), MORNING)
    assert (decision.verdict, decision.reason) == ("hold", "too_often")
    assert decision.until == MORNING + timedelta(hours=4)
    assert verdicts(shop) == ["answer", "staff_notice", "promotion"]


def test_one_offer_in_five_days_is_enough(shop):
    sent(shop, MORNING - timedelta(days=4), "promotion")
    assert verdicts(shop) == ["answer", "staff_notice", "reminder"]
    assert verdict(shop, MORNING + timedelta(days=1), kind="promotion")[0] == "send"


def test_what_never_arrived_does_not_count_as_often(shop):
    for _ in range(3):
        sent(shop, MORNING).update(state="failed").execute()
    assert verdict(shop)[0] == "send"


# ---- people under 18


@pytest.mark.parametrize(("age", "goes"), [(None, True), (17, False), (18, True), (64, True)])
def test_offers_never_go_to_somebody_known_to_be_under_18(shop, age, goes):
    shop.alice.age = age
    shop.alice.save()
    expected = ("send", None) if goes else ("cancel", "under_age")
    assert verdict(shop, kind="promotion") == expected
    assert verdict(shop, kind="reminder") == ("send", None)


@pytest.mark.parametrize(
    ("details", "goes"), [(None, True), ({"age": "16"}, False), ({"age": "34 yrs"}, True)]
)
def test_the_age_may_be_known_from_a_sheet(shop, details, goes):
    Contact.create(company=shop.company, serial=999, phone=shop.alice.phone, name="Alice", details=details)
    assert (verdict(shop, kind="promotion")[0] == "send") == goes


def test_one_young_person_on_a_shared_phone_is_enough(shop):
    Customer.create(company=shop.company, serial=998, phone=shop.alice.phone, name="Rohan", age=12)
    assert verdict(shop, kind="promotion") == ("cancel", "under_age")


# ---- offers paused by the company


def test_paused_offers_wait_and_nothing_else_does(shop):
    company_settings.change(shop.company, "pause_promotions", "on")
    assert verdict(shop, kind="promotion") == ("hold", "promotions_paused")
    assert verdicts(shop) == ["answer", "staff_notice", "reminder"]
    company_settings.change(shop.company, "pause_promotions", "off")
    assert verdicts(shop) == list(KINDS)


@pytest.mark.parametrize("reason", policy.WAITS_ITS_TURN)
def test_an_offer_that_waits_its_turn_does_not_grow_old(shop, reason):
    old = {"useful_until": MORNING - timedelta(days=1), "reason": reason}
    assert verdict(shop, kind="promotion", **old)[0] == "send"
    assert verdict(shop, kind="reminder", **old) == ("cancel", "too_old")


# ---- several at once


def test_what_goes_in_the_same_batch_counts_as_often(shop):
    sent(shop, MORNING - timedelta(hours=2))
    budget = policy.budget(shop.company, MORNING)
    assert [verdict(shop, budget=budget)[1] for _ in range(3)] == [None, "too_often", "too_often"]


def test_what_is_being_sent_counts_as_often(shop):
    for _ in range(2):
        message(shop, state="sending", send_after=MORNING).save(force_insert=True)
    assert verdict(shop) == ("hold", "too_often")
