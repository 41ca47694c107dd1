"""Twilio's error codes: each in the table of PLATFORM §5, with what to do and a sentence for staff."""

import ast
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException

import config
from messaging import render
from messaging.channels import errors, twilio_connection
from messaging.channels.base import SendError
from messaging.channels.errors import MEANINGS

# PLATFORM §5, by what its column "sender action" asks for.
ASKED_FOR = {
    errors.STOP_EVERYTHING: {10001, 20003, 20005, 30002, 90010},
    errors.STOP_WHATSAPP: {63051, 63112},
    errors.STOP_SENDER: {21703, 21704, 63001, 63007, 63020, 63022},
    errors.HOLD_SENDER: {20429, 21611, 30001, 63017, 63018, 63038},
    errors.WRONG_NUMBER: {21211, 21614},
    errors.NOT_ON_WHATSAPP: {63003, 63024},
    errors.PERHAPS_NOT_ON_WHATSAPP: {63005},
    errors.OPT_OUT: {21610, 63014, 63033},
    errors.USE_TEMPLATE: {63016},
    errors.STOP_TEMPLATE: {21654, 21655, 21656, 63027, 63028, 63040, 63041, 63042, 63054, 63062},
    errors.RETRY: {30008, 30036, 63010, 63012, 63019, 63025},
    errors.RETRY_ANOTHER_DAY: {63049},
    errors.WAIT: {63037},
}
FAIL = {20404, 21408, 21608, 21617, 30003, 30004, 30005, 30006, 30007, 30034, 30410, 63013, 63015, 63021}
FAIL |= {63030, 63031, 63032, 63034, 63036, 63043, 63044, 63045, 63047}


@pytest.mark.parametrize(
    ("action", "code"), [(action, code) for action, codes in ASKED_FOR.items() for code in sorted(codes)]
)
def test_each_code_asks_for_what_the_platform_says(action, code):
    assert errors.action(code) == action


def test_all_others_of_the_table_fail_without_a_retry():
    assert {code for code, meaning in MEANINGS.items() if meaning.action == errors.FAIL} == FAIL


@pytest.mark.parametrize("code", [None, 0, 1, 63058, 99999])
def test_a_code_nobody_knows_fails_without_a_retry(code):
    assert errors.meaning(code) == errors.UNKNOWN
    assert errors.action(code) == errors.FAIL


@pytest.mark.parametrize(
    ("status", "code", "known"), [(403, 20403, 20003), (401, None, 20003), (400, 99, 99)]
)
def test_who_is_shut_out_is_known_by_the_status_whatever_the_code(status, code, known):
    with pytest.raises(SendError) as refused, twilio_connection.trouble():
        raise TwilioRestException(status, "/Messages.json", code=code)
    assert refused.value.code == known


def test_what_may_pass_is_tried_as_often_as_the_platform_says():
    tries = {code: meaning.tries for code, meaning in MEANINGS.items() if meaning.action == errors.RETRY}
    assert tries == {30008: 2, 30036: 3, 63010: 3, 63012: 3, 63019: 2, 63025: 2}


def test_an_alarm_rests_an_hour_and_a_full_day_is_over_by_itself():
    alarms = [meaning for meaning in MEANINGS.values() if meaning.action in errors.ALARMS]
    assert {meaning.hold for meaning in alarms} == {timedelta(hours=1)}
    assert errors.hold(63038) == timedelta(hours=6)
    assert errors.hold(63018) == errors.hold(20429) == timedelta(seconds=5)


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("sentence", sorted({each.sentence for each in MEANINGS.values()} | {"unknown"}))
def test_each_has_its_sentence_for_staff(sentence, language):
    facts = {"zone": "Asia/Kolkata", "now": datetime(2027, 2, 1, tzinfo=UTC), "code": 63058}
    said = render.text(f"error_{sentence}", language, **facts).body
    assert 15 < len(said) < 160
    assert "\n" not in said


def test_no_sentence_is_left_over():
    written = {path.stem.removeprefix("error_") for path in render.FOLDER.glob("error_*.txt")}
    used = {meaning.sentence for meaning in MEANINGS.values()} | {errors.UNKNOWN.sentence}
    assert {name for name in written if not name.endswith(".hi")} == used


def test_every_action_of_the_table_is_acted_upon():
    source = (config.ROOT / "messaging" / "outcomes.py").read_text()
    named = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    names = {value: name for name, value in vars(errors).items() if isinstance(value, str) and name.isupper()}
    acted = {action for action, name in names.items() if name in named} | set(errors.ALARMS) | {errors.FAIL}
    assert {meaning.action for meaning in MEANINGS.values()} <= acted
