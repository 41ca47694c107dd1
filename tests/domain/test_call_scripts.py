"""Scripts that are made beforehand, listed by priority, and forgotten when nobody called by them."""

from datetime import date, timedelta

import pytest

from domain import call_outcomes, call_scripts
from domain.call_outcomes import Ended
from domain.errors import DomainError
from models import CallScript
from tests.conversation import it_is, new_customer, open_other_shop, open_shop
from tests.refilling import buy

AT = "2027-03-01 10:00"


@pytest.fixture
def shop(database_url):
    it_is(AT)
    return open_shop()


def test_scripts_are_ready_for_those_whose_refill_is_due_and_for_nobody_else(shop):
    new_customer(shop.company, "Nothing Due", "+919811111112")
    buy(shop.alice)
    assert call_scripts.prepare(shop.company, it_is(AT)) == 1
    assert call_scripts.prepare(shop.company, it_is(AT)) == 0
    assert [script.customer for script in CallScript.select()] == [shop.alice]


def test_a_script_is_made_again_after_a_day(shop):
    buy(shop.alice)
    call_scripts.prepare(shop.company, it_is(AT))
    assert call_scripts.prepare(shop.company, it_is("2027-03-02 10:01")) == 1


def test_scripts_of_a_priority_are_listed_by_key_until_they_are_used_up(shop):
    customers = [new_customer(shop.company, f"Customer {n}", f"+91981111112{n}") for n in range(3)]
    at = it_is(AT)
    made = [call_scripts.make(customer, staff=None, at=at) for customer in customers]
    listed = call_scripts.with_priority(shop.company, "low", at, limit=2)
    assert listed == made[:2]
    assert call_scripts.with_priority(shop.company, "low", at, after=listed[-1].id) == made[2:]
    call_outcomes.record(made[0], Ended("refused"), staff=shop.bob, at=at)
    assert call_scripts.with_priority(shop.company, "low", at) == made[1:]
    assert not call_scripts.with_priority(shop.company, "low", at + timedelta(hours=24))


def test_another_company_sees_none_of_them(shop):
    other, _ = open_other_shop()
    script = call_scripts.make(shop.alice, staff=None, at=it_is(AT))
    assert not call_scripts.with_priority(other.company, "low", it_is(AT))
    with pytest.raises(DomainError, match="no_such_script"):
        call_scripts.numbered(other.company, script.serial)


def test_an_unknown_priority_is_refused(shop):
    with pytest.raises(DomainError, match="script_priority"):
        call_scripts.with_priority(shop.company, "urgent", it_is(AT))


def test_scripts_nobody_called_by_are_forgotten_and_used_ones_kept(shop):
    at = it_is(AT)
    used = call_scripts.make(shop.alice, staff=shop.bob, at=at)
    call_scripts.opened(used, staff=shop.bob, at=at)
    call_scripts.make(new_customer(shop.company, "Unused", "+919811111113"), staff=None, at=at)
    assert call_scripts.prune(at + timedelta(days=9)) == 1
    assert list(CallScript.select()) == [used]


def test_nobody_is_called_who_has_died(shop):
    shop.alice.died_on = date(2027, 2, 1)
    shop.alice.save()
    with pytest.raises(DomainError, match="customer_died"):
        call_scripts.make(shop.alice, staff=shop.bob, at=it_is(AT))


def test_an_outcome_is_noted_once(shop):
    script = call_scripts.make(shop.alice, staff=shop.bob, at=it_is(AT))
    call_outcomes.record(script, Ended("refused"), staff=shop.bob, at=it_is(AT))
    with pytest.raises(DomainError, match="outcome_known"):
        call_outcomes.record(script, Ended("moved"), staff=shop.bob, at=it_is(AT))
