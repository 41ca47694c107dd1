"""What each of Twilio's codes asks for is done."""

import pytest

from messaging import outcomes
from messaging.channels.base import SendError
from models import ApprovedTemplate, ConsentEvent, Message, Sender
from tests.conversation import fresh, last_message, say, send_all
from tests.messaging.sending import happen, on_its_way, refused


@pytest.mark.parametrize("code", [63003, 63024])
def test_nobody_on_whatsapp_marks_the_phone_and_tells_the_rules(shop, code):
    message = refused(shop, code)
    assert (message.state, message.outcome, message.phone.reach) == (
        "failed",
        "not_on_whatsapp",
        "not_available",
    )


@pytest.mark.parametrize("code", [21211, 21614])
def test_no_such_number_is_a_wrong_number(shop, code):
    assert refused(shop, code).phone.wrong_number


@pytest.mark.parametrize("code", [21610, 63014])
def test_a_stop_at_the_provider_is_a_stop_here(shop, code):
    phone = refused(shop, code).phone
    assert phone.opted_out_at
    assert ConsentEvent.get(ConsentEvent.phone == phone).method == "provider"


@pytest.mark.parametrize("code", [30008, 63010, 63012])
def test_trouble_that_passes_is_tried_again_a_little_later(shop, code):
    message = refused(shop, code)
    assert (message.state, message.reason) == ("queued", "retry")
    assert message.send_after > message.created_at


@pytest.mark.parametrize(("code", "tries"), [(63012, 3), (30008, 2), (63019, 2)])
def test_after_its_last_try_it_has_failed(shop, code, tries):
    message, _ = on_its_way(shop)
    for tried in range(1, tries + 1):
        Message.update(state="sending", attempts=tried).where(Message.id == message.id).execute()
        outcomes.not_taken(message, SendError("refused", code))
        assert fresh(message).state == ("queued" if tried < tries else "failed")


@pytest.mark.parametrize("code", [20429, 63018, 63038])
def test_too_fast_holds_the_sender_and_is_no_try(shop, code):
    message = refused(shop, code)
    assert (message.state, message.attempts) == ("queued", 0)
    assert fresh(shop.sender).held_reason == f"twilio_{code}"


@pytest.mark.parametrize("code", [20003, 63051])
def test_a_locked_account_stops_everything(shop, code):
    refused(shop, code)
    held = Sender.get_by_id(shop.sender.id)
    assert held.held_until and held.held_reason == f"twilio_{code}"


@pytest.mark.parametrize("template", ["answer_waits", "follow_up_due"])
def test_a_template_whatsapp_paused_is_not_used_any_more(shop, template):
    message, _ = on_its_way(shop)
    message.template = template
    message.save()
    outcomes.not_taken(message, SendError("refused", 63041))
    paused = {row.name for row in ApprovedTemplate.select().where(ApprovedTemplate.status == "paused")}
    assert paused == {"staff_tasks" if template == "follow_up_due" else template}


@pytest.mark.parametrize("code", [None, 99999, 63013])
def test_any_other_refusal_has_failed_for_good(shop, code):
    message = refused(shop, code)
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
    refused(shop, 20003)
    assert [fresh(each).stopped_by for each in (shop.sender, other, foreign)] == [20003, 20003, None]


def test_a_locked_whatsapp_account_leaves_sms_going(shop):
    sms = Sender.create(company=shop.company, address="+14155550100", channel="sms")
    other = Sender.create(company=shop.company, address="+912240000001")
    refused(shop, 63051)
    assert [fresh(each).stopped_by for each in (shop.sender, other, sms)] == [63051, 63051, None]


def test_a_number_that_is_not_ready_stops_only_itself(shop):
    other = Sender.create(company=shop.company, address="+912240000001")
    refused(shop, 63007)
    assert [fresh(each).stopped_by for each in (shop.sender, other)] == [63007, None]


def test_a_pause_of_seconds_does_not_shorten_an_alarm(shop):
    refused(shop, 20003)
    until = fresh(shop.sender).held_until
    refused(shop, 20429)
    assert (fresh(shop.sender).held_until, fresh(shop.sender).stopped_by) == (until, 20003)


def test_an_alarm_is_no_secret_even_where_the_sender_rests_for_longer(shop):
    refused(shop, 63038)
    refused(shop, 20003)
    assert fresh(shop.sender).stopped_by == 20003


# ---- 63005, 63037, 63049, templates


def test_an_error_with_several_causes_fails_and_raises_doubt(shop):
    message = refused(shop, 63005)
    assert (message.state, message.outcome, message.phone.reach) == ("failed", "failed", "doubtful")


def test_about_a_file_it_says_nothing_of_the_number(shop):
    message, _ = on_its_way(shop)
    message.media = ["https://desk.example/media/a.pdf"]
    message.save()
    outcomes.not_taken(message, SendError("refused", 63005))
    assert fresh(message).phone.reach == "unknown"


def test_what_twilio_goes_on_trying_has_not_failed(shop):
    message, provider_id = on_its_way(shop)
    happen(message, provider_id, ["taken", ("undelivered", 63037)])
    assert fresh(message).state == "sent"
    happen(message, provider_id, [("delivered", None)])
    assert fresh(message).state == "delivered"


def test_what_whatsapp_withholds_is_tried_another_day_and_stays_useful(shop):
    message = refused(shop, 63049)
    assert (message.state, message.reason) == ("queued", "withheld")
    assert (message.send_after - message.created_at).days == 1
    assert message.useful_until > message.send_after


def test_americans_get_no_offers_at_all(shop):
    message, _ = on_its_way(shop)
    message.phone.address = "+12025550123"
    message.phone.save()
    outcomes.not_taken(message, SendError("refused", 63049))
    assert fresh(message).state == "failed"


@pytest.mark.parametrize(
    ("code", "status"), [(63040, "rejected"), (63041, "paused"), (63042, "disabled"), (63028, "stopped")]
)
def test_what_was_to_go_with_a_stopped_template_waits(shop, code, status):
    message = refused(shop, code)
    assert (message.state, message.reason) == ("queued", "template_not_approved")
    [stopped] = ApprovedTemplate.select().where(ApprovedTemplate.status != "approved")
    assert (stopped.name, stopped.language, stopped.status) == ("answer_waits", "en", status)


def test_refused_again_and_again_it_fails(shop):
    message, _ = on_its_way(shop)
    message.attempts = 3
    message.save()
    outcomes.not_taken(message, SendError("refused", 63041))
    assert (fresh(message).state, fresh(message).reason) == ("failed", "twilio_63041")


def test_a_code_that_comes_after_the_failure_is_kept(shop):
    message, provider_id = on_its_way(shop)
    happen(message, provider_id, [("failed", None), ("failed", 63024), ("failed", None)])
    assert (fresh(message).state, fresh(message).reason) == ("failed", "twilio_63024")


def test_a_code_nobody_knows_is_told_to_who_reads_the_log(shop, caplog):
    refused(shop, 63058)
    assert "63058 is not in our table" in caplog.text
