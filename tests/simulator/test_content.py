"""Templates: their approval, their variables, and where they may go."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from tests.simulator.running import eventually

DUE = "Hello {{1}}, your medicine runs out on {{2}}. Shall we keep the next pack ready for you?"
SAMPLES = {"1": "Asha", "2": "26 Feb 2027"}
BUTTONS = [("Yes, keep ready", "yes"), ("Later", "later"), ("I have enough", "have")]


@pytest.fixture
def contents(simulator):
    return simulator.twilio.content.v1.contents


def create(contents, body=DUE, variables=None, buttons=BUTTONS):
    actions = [{"type": "QUICK_REPLY", "title": title, "id": payload} for title, payload in buttons]
    types = (
        {"twilio/quick-reply": {"body": body, "actions": actions}}
        if actions
        else {"twilio/text": {"body": body}}
    )
    wanted = {
        "friendly_name": "refill_due",
        "language": "en",
        "variables": variables or SAMPLES,
        "types": types,
    }
    return contents.create(ContentList.ContentCreateRequest(wanted))


def submit(contents, content, category="UTILITY"):
    wanted = {"name": "refill_due", "category": category}
    return contents(content.sid).approval_create.create(ApprovalCreateList.ContentApprovalRequest(wanted))


def state(contents, content):
    return contents(content.sid).approval_fetch().fetch().whatsapp


def decided(contents, content):
    return eventually(lambda: (found := state(contents, content))["status"] != "pending" and found)


@pytest.fixture
def approved(contents):
    content = create(contents)
    submit(contents, content)
    assert decided(contents, content)["status"] == "approved"
    return content.sid


def test_a_content_is_kept_as_it_was_given(contents):
    made = create(contents)
    assert made.sid.startswith("HX")
    kept = contents(made.sid).fetch()
    assert (kept.friendly_name, kept.language, kept.variables) == ("refill_due", "en", SAMPLES)
    assert list(kept.types) == ["twilio/quick-reply"]
    assert [content.sid for content in contents.list()] == [made.sid]


def test_whatsapp_approves_after_a_while(simulator, contents):
    simulator.control("timing", approval=0.5)
    content = create(contents)
    assert state(contents, content)["status"] == "unsubmitted"
    assert submit(contents, content).status == "received"
    assert state(contents, content)["status"] == "pending"
    assert decided(contents, content)["status"] == "approved"
    [listed] = simulator.twilio.content.v1.content_and_approvals.list()
    assert listed.approval_requests["status"] == "approved"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{{1}}, your medicine runs out soon, shall we keep the next pack?", "start or end"),
        ("Your medicine runs out soon, shall we keep the next pack, {{1}}", "start or end"),
        ("Hello, your medicine for {{1}} {{2}} runs out, shall we keep the next pack?", "next to each other"),
        ("Hello {{1}} of {{2}}!", "too many variables"),
        ("Hello {{3}}, your medicine runs out, shall we keep the next pack?", "sample"),
        ("x" * 1025, "1024"),
    ],
)
def test_what_whatsapp_would_reject_is_rejected(contents, body, reason):
    content = create(contents, body)
    submit(contents, content)
    verdict = decided(contents, content)
    assert verdict["status"] == "rejected"
    assert reason in verdict["rejection_reason"]


def test_an_unknown_category_is_refused(contents):
    with pytest.raises(TwilioRestException) as refused:
        submit(contents, create(contents), category="NEWS")
    assert refused.value.status == 400


def test_more_than_ten_buttons_are_refused(contents):
    with pytest.raises(TwilioRestException) as refused:
        create(contents, buttons=[(f"Button {number}", str(number)) for number in range(11)])
    assert refused.value.status == 400


def test_an_approved_template_arrives_outside_the_window(simulator, approved):
    message = simulator.send(
        content_sid=approved, content_variables=json.dumps({"1": "Ravi", "2": "1 Mar 2027"})
    )
    row = simulator.ends_as(message, "delivered")
    assert row["body"] == DUE.replace("{{1}}", "Ravi").replace("{{2}}", "1 Mar 2027")
    assert [(button["title"], button["payload"]) for button in row["buttons"]] == BUTTONS
    assert message.fetch().body == row["body"]


def test_a_variable_left_out_takes_its_sample(simulator, approved):
    message = simulator.send(content_sid=approved, content_variables=json.dumps({"1": "Ravi"}))
    assert "runs out on 26 Feb 2027" in message.body


@pytest.mark.parametrize("variables", ['{"1": ""}', '{"1": null}', '{"1": 5}', '["Ravi"]', "{1: Ravi}"])
def test_variables_that_are_no_text_are_refused_at_once(simulator, approved, variables):
    with pytest.raises(TwilioRestException) as refused:
        simulator.send(content_sid=approved, content_variables=variables)
    assert (refused.value.status, refused.value.code) == (400, 21656)


@pytest.mark.parametrize("name", ["Ravi\nDeshpande", "Ravi     Deshpande", " "])
def test_variables_with_line_breaks_or_gaps_fail_afterwards(simulator, approved, name):
    message = simulator.send(content_sid=approved, content_variables=json.dumps({"1": name}))
    assert simulator.ends_as(message, "failed")["error_code"] == 63013


def test_a_filled_template_may_have_1024_characters(simulator, approved):
    message = simulator.send(content_sid=approved, content_variables=json.dumps({"1": "x" * 1000}))
    assert simulator.ends_as(message, "failed")["error_code"] == 63021


@pytest.mark.parametrize(
    ("status", "code"), [("rejected", 63040), ("paused", 63041), ("disabled", 63042), ("pending", 63016)]
)
def test_a_template_that_is_not_approved_fails_outside_the_window(simulator, approved, status, code):
    simulator.control(f"contents/{approved}", state=status)
    assert simulator.ends_as(simulator.send(content_sid=approved), "failed")["error_code"] == code


def test_three_buttons_may_go_unapproved_within_the_window(simulator, contents):
    content = create(contents)
    simulator.write("Hello")
    simulator.ends_as(simulator.send(content_sid=content.sid), "delivered")


def test_four_buttons_need_an_approval(simulator, contents):
    content = create(contents, buttons=[*BUTTONS, ("Stop", "stop")])
    simulator.write("Hello")
    assert simulator.ends_as(simulator.send(content_sid=content.sid), "failed")["error_code"] == 63013


def test_a_content_can_be_deleted(contents):
    content = create(contents)
    assert content.delete()
    with pytest.raises(TwilioRestException) as gone:
        contents(content.sid).fetch()
    assert gone.value.status == 404
