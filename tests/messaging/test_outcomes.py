"""Delivery reports move a message's state; they come late, doubled and out of order."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messaging import outbox, outcomes, policy, reach
from messaging.channels.base import SendError
from models import ApprovedTemplate, ConsentEvent, Message, Sender
from tests.conversation import (
    MORNING,
    approve_everything,
    fresh,
    it_is,
    last_message,
    new_phone,
    open_shop,
    phone_of,
    say,
    send_all,
)

_numbers = count(1)

reports_in_any_order = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def shop(database_url):
    it_is(MORNING)
    shop = open_shop()
    approve_everything(shop.company)
    return shop


def _on_its_way(shop, kind="reminder"):
    """A message to somebody new that is just being sent, and the id Twilio will give it."""
    number = next(_numbers)
    phone = new_phone(shop.company, f"+9198760{number:05d}")
    message = outbox.queue(phone, "answer_waits", key=f"test:{number}", kind=kind, first_name="Ravi")
    message.state, message.attempts, message.as_template = "sending", 1, True
    message.save()
    return message, f"SMtest{number:028d}"


def _happen(message, provider_id, events):
    """Reports are (status, code), "taken" is Twilio's answer to our request."""
    for event in events:
        if event == "taken":
            outcomes.taken(Message.get_by_id(message.id), provider_id)
        else:
            outcomes.report(message.id, provider_id, *event)


good_reports = st.sampled_from(
    [(status, None) for status in ("accepted", "queued", "sending", "sent", "delivered", "read")]
)


@reports_in_any_order
@given(events=st.lists(good_reports | st.just("taken"), max_size=8))
def test_whatever_the_order_the_furthest_report_counts(shop, events):
    message, provider_id = _on_its_way(shop)
    _happen(message, provider_id, [*events, "taken"])
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
    message, provider_id = _on_its_way(shop)
    _happen(message, provider_id, [*others[:place], ("undelivered", 63024), *others[place:]])
    seen = fresh(message)
    assert (seen.state, seen.reason, seen.error_code) == ("undelivered", "twilio_63024", 63024)
    assert fresh(seen.phone).reach == reach.NOT_AVAILABLE


def test_a_read_message_was_delivered_too(shop):
    message, provider_id = _on_its_way(shop)
    outcomes.report(message.id, provider_id, "read", None)
    seen = fresh(message)
    assert seen.read_at and seen.delivered_at and seen.sent_at
    assert fresh(seen.phone).reach == reach.AVAILABLE


def test_moments_are_those_of_the_first_report(shop):
    message, provider_id = _on_its_way(shop)
    _happen(message, provider_id, [("sent", None), ("delivered", None)])
    before = fresh(message)
    it_is("2027-02-03 10:00")
    _happen(message, provider_id, [("sent", None), ("delivered", None), "taken"])
    assert (fresh(message).sent_at, fresh(message).delivered_at) == (before.sent_at, before.delivered_at)


def test_what_arrived_cannot_fail_any_more(shop):
    message, provider_id = _on_its_way(shop)
    _happen(message, provider_id, [("delivered", None), ("failed", 63012)])
    assert (fresh(message).state, fresh(message).error_code) == ("delivered", None)


@pytest.mark.parametrize("status", ["", "received", "partially_delivered", "nonsense"])
def test_a_status_we_do_not_know_changes_nothing(shop, status):
    message, provider_id = _on_its_way(shop)
    outcomes.report(message.id, provider_id, status, None)
    assert fresh(message).state == "sending"


def test_a_report_on_nothing_of_ours_changes_nothing(shop):
    outcomes.report(999_999, "SMunknown", "delivered", None)


def test_a_report_says_what_was_uncertain(shop):
    message, provider_id = _on_its_way(shop)
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


# ---- what the other codes ask for


def _refused(shop, code, **refusal):
    message, _ = _on_its_way(shop)
    outcomes.not_taken(message, SendError("refused", code, **refusal))
    return fresh(message)


@pytest.mark.parametrize("code", [63003, 63024])
def test_nobody_on_whatsapp_marks_the_phone_and_tells_the_rules(shop, code):
    message = _refused(shop, code)
    assert (message.state, message.outcome, message.phone.reach) == (
        "failed",
        "not_on_whatsapp",
        "not_available",
    )


@pytest.mark.parametrize("code", [21211, 21614])
def test_no_such_number_is_a_wrong_number(shop, code):
    assert _refused(shop, code).phone.wrong_number


@pytest.mark.parametrize("code", [21610, 63014])
def test_a_stop_at_the_provider_is_a_stop_here(shop, code):
    phone = _refused(shop, code).phone
    assert phone.opted_out_at
    assert ConsentEvent.get(ConsentEvent.phone == phone).method == "provider"


@pytest.mark.parametrize("code", [30008, 63010, 63012])
def test_trouble_that_passes_is_tried_again_a_little_later(shop, code):
    message = _refused(shop, code)
    assert (message.state, message.reason) == ("queued", "retry")
    assert message.send_after > message.created_at


def test_after_three_tries_it_has_failed(shop):
    message, _ = _on_its_way(shop)
    message.attempts = outcomes.ATTEMPTS
    message.save()
    outcomes.not_taken(message, SendError("refused", 63012))
    assert (fresh(message).state, fresh(message).reason) == ("failed", "twilio_63012")


@pytest.mark.parametrize("code", [20429, 63018, 63038])
def test_too_fast_holds_the_sender_and_is_no_try(shop, code):
    message = _refused(shop, code)
    assert (message.state, message.attempts) == ("queued", 0)
    assert fresh(shop.sender).held_reason == f"twilio_{code}"


@pytest.mark.parametrize("code", [20003, 63051])
def test_a_locked_account_stops_everything(shop, code):
    _refused(shop, code)
    held = Sender.get_by_id(shop.sender.id)
    assert held.held_until and held.held_reason == f"twilio_{code}"


@pytest.mark.parametrize("template", ["answer_waits", "follow_up_due"])
def test_a_template_whatsapp_paused_is_not_used_any_more(shop, template):
    message, _ = _on_its_way(shop)
    message.template = template
    message.save()
    outcomes.not_taken(message, SendError("refused", 63041))
    paused = {row.name for row in ApprovedTemplate.select().where(ApprovedTemplate.status == "paused")}
    assert paused == {"staff_tasks" if template == "follow_up_due" else template}


@pytest.mark.parametrize("code", [None, 99999, 63013])
def test_any_other_refusal_has_failed_for_good(shop, code):
    message = _refused(shop, code)
    assert (message.state, message.reason) == ("failed", f"twilio_{code}" if code else "unknown")


def test_what_happened_to_an_answer_is_no_matter_of_the_rules(shop):
    say(shop.alice, "hello")
    send_all()
    answer = last_message(shop.alice, "welcome")
    assert (answer.state, answer.outcome) == ("sent", None)


# ---- alarms


def test_an_account_that_is_refused_stops_all_its_senders_and_no_others(shop):
    other = Sender.create(company=shop.company, address="+912240000001")
    foreign = Sender.create(
        company=shop.company, address="+912240000002", account_sid="ACother", auth_token="x"
    )
    _refused(shop, 20003)
    assert [fresh(each).stopped_by for each in (shop.sender, other, foreign)] == [20003, 20003, None]


def test_a_number_that_is_not_ready_stops_only_itself(shop):
    other = Sender.create(company=shop.company, address="+912240000001")
    _refused(shop, 63007)
    assert [fresh(each).stopped_by for each in (shop.sender, other)] == [63007, None]


def test_a_pause_of_seconds_does_not_shorten_an_alarm(shop):
    _refused(shop, 20003)
    until = fresh(shop.sender).held_until
    _refused(shop, 20429)
    assert (fresh(shop.sender).held_until, fresh(shop.sender).stopped_by) == (until, 20003)


def test_an_alarm_is_no_secret_even_where_the_sender_rests_for_longer(shop):
    _refused(shop, 63038)
    _refused(shop, 20003)
    assert fresh(shop.sender).stopped_by == 20003


# ---- 63005, 63037, 63049, templates


def test_an_error_with_several_causes_fails_and_raises_doubt(shop):
    message = _refused(shop, 63005)
    assert (message.state, message.outcome, message.phone.reach) == ("failed", "failed", "doubtful")


def test_about_a_file_it_says_nothing_of_the_number(shop):
    message, _ = _on_its_way(shop)
    message.media = ["https://desk.example/media/a.pdf"]
    message.save()
    outcomes.not_taken(message, SendError("refused", 63005))
    assert fresh(message).phone.reach == "unknown"


def test_what_twilio_goes_on_trying_has_not_failed(shop):
    message, provider_id = _on_its_way(shop)
    _happen(message, provider_id, ["taken", ("undelivered", 63037)])
    assert fresh(message).state == "sent"
    _happen(message, provider_id, [("delivered", None)])
    assert fresh(message).state == "delivered"


def test_what_whatsapp_withholds_is_tried_another_day_and_stays_useful(shop):
    message = _refused(shop, 63049)
    assert (message.state, message.reason) == ("queued", "withheld")
    assert (message.send_after - message.created_at).days == 1
    assert message.useful_until > message.send_after


def test_americans_get_no_offers_at_all(shop):
    message, _ = _on_its_way(shop)
    message.phone.address = "+12025550123"
    message.phone.save()
    outcomes.not_taken(message, SendError("refused", 63049))
    assert fresh(message).state == "failed"


@pytest.mark.parametrize(
    ("code", "status"), [(63040, "rejected"), (63041, "paused"), (63042, "disabled"), (63028, "stopped")]
)
def test_what_was_to_go_with_a_stopped_template_waits(shop, code, status):
    message = _refused(shop, code)
    assert (message.state, message.reason) == ("queued", "template_not_approved")
    [stopped] = ApprovedTemplate.select().where(ApprovedTemplate.status != "approved")
    assert (stopped.name, stopped.language, stopped.status) == ("answer_waits", "en", status)


def test_refused_again_and_again_it_fails(shop):
    message, _ = _on_its_way(shop)
    message.attempts = outcomes.ATTEMPTS
    message.save()
    outcomes.not_taken(message, SendError("refused", 63041))
    assert (fresh(message).state, fresh(message).reason) == ("failed", "twilio_63041")


def test_a_code_that_comes_after_the_failure_is_kept(shop):
    message, provider_id = _on_its_way(shop)
    _happen(message, provider_id, [("failed", None), ("failed", 63024), ("failed", None)])
    assert (fresh(message).state, fresh(message).reason) == ("failed", "twilio_63024")


def test_a_code_nobody_knows_is_told_to_who_reads_the_log(shop, caplog):
    _refused(shop, 63058)
    assert "63058 is not in our table" in caplog.text
