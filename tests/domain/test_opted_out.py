"""After a STOP no path sends: every verb that can say something is tried, before and after it."""

import ast
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clock
import config
from domain import notices
from messaging import consent, outbox
from models import Message, Phone, Sender
from tests.conversation import (
    last_message,
    later,
    say,
    send_all,
)
from tests.domain.saying import VERBS, People, a_sale

some_verbs = st.lists(st.sampled_from(VERBS), max_size=5)


# Answers go only to who writes; the rest are doors and jobs that only pass on.
ANSWERS = ("bot/conversation.py",)
# What somebody waits for who has written: the answer, a reply of staff and the notice that it is there, what
# became of a sheet, a report that was asked for.
ASKED_FOR = ("answer:", "reply:", "knock:", "import:", "picture:")


SAYING = {
    "outbox.queue": outbox.queue,
    "notices.tell": notices.tell,
    "notices.tell_managers": notices.tell_managers,
}


def _places_that_say_something():
    """Every function in the tree that calls one of these, as (file, name)."""
    found = set()
    for path in config.ROOT.rglob("*.py"):
        place = str(path.relative_to(config.ROOT))
        if place.split("/")[0] not in ("bot", "domain", "workers", "api", "console", "sheets", "cli"):
            continue
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and place not in ANSWERS:
                calls = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
                found |= {(place, function.name)} if SAYING.keys() & calls else set()
    return found


def _places_that_spoke(people, verbs):
    """The functions that really called one of these while the verbs were done."""
    spoke, codes = set(), {function.__code__ for function in SAYING.values()}

    def watch(frame, event, _):
        if event == "call" and frame.f_code in codes:
            caller = frame.f_back.f_code
            spoke.add((str(Path(caller.co_filename).relative_to(config.ROOT)), caller.co_name))

    sys.setprofile(watch)
    try:
        _do(people, verbs)
    finally:
        sys.setprofile(None)
    return spoke


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_place_that_says_something_is_tried(database_url):
    people = People()
    say(people.alice, "hello")
    spoke = _places_that_spoke(people, [a_sale, *VERBS])
    assert _places_that_say_something() - spoke == set()


def _do(people, verbs):
    for verb in verbs:
        people.step += 1
        verb(people)


def _sent_to(people):
    Sender.update(held_until=None).execute()
    addresses = {phone.address for phone in people.phones}
    return [outgoing.body for outgoing in send_all().taken if outgoing.to in addresses]


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_says_something_to_who_did_not_stop(database_url, verb):
    """Or the tests below would prove nothing."""
    people = People()
    say(people.alice, "hello")
    _do(people, [a_sale, verb])
    phones = [phone.id for phone in Phone.select().where(Phone.company == people.shop.company)]
    mine = Message.select().where(Message.phone.in_(phones), Message.template != "welcome")
    assert mine.exists() or verb is a_sale


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=some_verbs, after=some_verbs)
def test_after_a_stop_nothing_goes_but_its_confirmation(database_url, before, after):
    people = People()
    _do(people, before)
    for each in (people.alice, people.ravi, people.staff):
        say(each, "STOP")
    who = (people.alice, people.ravi, people.staff)
    confirmations = sorted(last_message(each, "opted_out").body for each in who)
    _do(people, after)
    later(hours=24 - clock.now().astimezone().hour)
    _do(people, after)
    assert sorted(_sent_to(people)) in (confirmations, [])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(after=some_verbs)
def test_who_stopped_and_writes_again_gets_answers_and_nothing_else(database_url, after):
    people = People()
    for each in (people.alice, people.ravi, people.staff):
        say(each, "STOP")
    later(minutes=5)
    for each in (people.alice, people.ravi, people.staff):
        say(each, "hello")
    _do(people, after)
    _sent_to(people)
    mine = Message.phone.in_([phone.id for phone in people.phones])
    went = Message.select().where(mine, Message.state == "sent")
    assert not [row.key for row in went if row.kind != "answer" or not row.key.startswith(ASKED_FOR)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(after=some_verbs)
def test_a_stop_the_provider_reports_silences_as_well(database_url, after):
    people = People()
    for phone in people.phones:
        consent.opt_out(phone, consent.PROVIDER, "Twilio error 63014")
    _do(people, after)
    assert _sent_to(people) == []
