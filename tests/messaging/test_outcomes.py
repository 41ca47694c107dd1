"""Delivery reports move a message's state; they come late, doubled and out of order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging import outbox, outcomes, policy, reach
from messaging.channels.base import SendError
from tests.conversation import MORNING, fresh, it_is, phone_of, say, send_all
from tests.messaging.sending import happen, on_its_way

reports_in_any_order = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


good_reports = st.sampled_from(
    [(status, None) for status in ("accepted", "queued", "sending", "sent", "delivered", "read")]
)


@reports_in_any_order
@given(events=st.lists(good_reports | st.just("taken"), max_size=8))
def test_whatever_the_order_the_furthest_report_counts(shop, events):
    message, provider_id = on_its_way(shop)
    happen(message, provider_id, [*events, "taken"])
    ranks = [outcomes.RANKS.get(event[0], 0) for event in events if event != "taken"]
    assert outcomes.RANKS[fresh(message).state] == max([*ranks, outcomes.RANKS["sent"]])
    assert fresh(message).provider_id == provider_id


@reports_in_any_order
@given(
    others=st.lists(
        st.sampled_from([("queued", None), ("sent", None), ("undelivered", None), "taken"]), max_size=6
    ),
    place=st.integers(0, 6),
)
def test_whatever_the_order_a_failure_is_a_failure_with_its_reason(shop, others, place):
    message, provider_id = on_its_way(shop)
    happen(message, provider_id, [*others[:place], ("undelivered", 63024), *others[place:]])
    seen = fresh(message)
    assert (seen.state, seen.reason, seen.error_code) == ("undelivered", "twilio_63024", 63024)
    assert fresh(seen.phone).reach == reach.NOT_AVAILABLE


def test_a_read_message_was_delivered_too(shop):
    message, provider_id = on_its_way(shop)
    outcomes.report(message.id, provider_id, "read", None)
    seen = fresh(message)
    assert seen.read_at and seen.delivered_at and seen.sent_at
    assert fresh(seen.phone).reach == reach.AVAILABLE


def test_moments_are_those_of_the_first_report(shop):
    message, provider_id = on_its_way(shop)
    happen(message, provider_id, [("sent", None), ("delivered", None)])
    before = fresh(message)
    it_is("2027-02-03 10:00")
    happen(message, provider_id, [("sent", None), ("delivered", None), "taken"])
    assert (fresh(message).sent_at, fresh(message).delivered_at) == (before.sent_at, before.delivered_at)


def test_what_arrived_cannot_fail_any_more(shop):
    message, provider_id = on_its_way(shop)
    happen(message, provider_id, [("delivered", None), ("failed", 63012)])
    assert (fresh(message).state, fresh(message).error_code) == ("delivered", None)


@pytest.mark.parametrize("status", ["", "received", "partially_delivered", "nonsense"])
def test_a_status_we_do_not_know_changes_nothing(shop, status):
    message, provider_id = on_its_way(shop)
    outcomes.report(message.id, provider_id, status, None)
    assert fresh(message).state == "sending"


def test_a_report_on_nothing_of_ours_changes_nothing(shop):
    message, _ = on_its_way(shop)
    outcomes.report(999_999, "SMunknown", "delivered", None)
    assert fresh(message).state == "sending"


def test_a_report_says_what_was_uncertain(shop):
    message, provider_id = on_its_way(shop)
    outcomes.not_taken(message, SendError("no answer in time", uncertain=True))
    assert fresh(message).state == "uncertain"
    outcomes.report(message.id, provider_id, "sent", None)
    assert (fresh(message).state, fresh(message).provider_id) == ("sent", provider_id)


# ---- 63016: the 24 hours were over although we thought otherwise


@pytest.fixture
def refused_in_session(shop):
    """A reminder that went as free text and was refused with 63016; and the id of that try."""
    say(shop.alice, "hello")
    send_all()
    message = outbox.queue(
        phone_of(shop.alice), "answer_waits", key="due", kind="reminder", first_name="Alice"
    )
    send_all()
    first_try = fresh(message).provider_id
    assert not fresh(message).as_template
    outcomes.report(message.id, first_try, "undelivered", 63016)
    return message, first_try


def test_it_is_sent_once_more_as_the_approved_template(refused_in_session):
    message, _ = refused_in_session
    assert [outgoing.content_id for outgoing in send_all().taken] == ["HXanswer_waitsen"]
    assert (fresh(message).state, fresh(message).as_template) == ("sent", True)
    assert not send_all().taken


def test_refused_as_a_template_it_has_failed(refused_in_session):
    message, _ = refused_in_session
    send_all()
    outcomes.report(message.id, fresh(message).provider_id, "undelivered", 63016)
    assert (fresh(message).state, fresh(message).reason) == ("undelivered", "twilio_63016")
    assert not send_all().taken


def test_the_window_stays_closed_until_they_write(shop, refused_in_session):
    assert not policy.window_open(phone_of(shop.alice), MORNING)


@pytest.mark.parametrize("status", ["sent", "undelivered", "failed"])
def test_late_reports_of_the_first_try_are_not_about_the_second(refused_in_session, status):
    message, first_try = refused_in_session
    outcomes.report(message.id, first_try, status, 63016)
    assert fresh(message).state == "queued"
    send_all()
    outcomes.report(message.id, first_try, status, 63016)
    assert (fresh(message).state, fresh(message).error_code) == ("sent", 63016)
