"""One piece of work that fails keeps none of the others from theirs, and is not hidden either."""

import pytest
from peewee import OperationalError

import apart
from models import Company

pytestmark = pytest.mark.usefixtures("database_url")


class Bug(Exception):
    """Somebody made a mistake."""


def _open(name):
    """A company; Bug after the fact for those whose name says so."""
    Company.create(name=name)
    if name.startswith("bad"):
        raise Bug(name)
    return True


def _names():
    return [company.name for company in Company.select().order_by(Company.id)]


@pytest.mark.parametrize("together", [1, 2, 5, 0])
def test_all_others_have_their_turn_and_then_the_trouble_is_told(together, caplog):
    with pytest.raises(Bug, match="bad one"):
        apart.each(["a", "bad one", "b", "bad two", "c"], _open, together=together)
    assert set("abc") <= set(_names())
    assert caplog.text.count("could not be done") == 2


@pytest.mark.parametrize("together", [1, 2, 5])
def test_what_failed_is_left_as_it_was(together):
    with pytest.raises(Bug):
        apart.each(["a", "bad", "b"], _open, together=together)
    assert _names() == ["a", "b"]


def test_it_says_for_how_many_something_was_done():
    assert apart.each(["a", "", "b"], lambda name: name and _open(name), together=2) == 2


def test_what_it_stumbles_over_is_named_by_number_and_not_by_what_it_says(caplog):
    company = Company.create(name="secret")
    with pytest.raises(ZeroDivisionError):
        apart.each([company], lambda company: 1 // 0)
    assert f"Company {company.id}" in caplog.text
    assert "secret" not in caplog.text


def test_a_database_that_is_away_ends_it_at_once(caplog):
    tried = []

    def away(item):
        tried.append(item)
        raise OperationalError("gone")

    with pytest.raises(OperationalError):
        apart.each([1, 2, 3], away)
    assert tried == [1]


def test_one_verb_s_trouble_is_not_the_next_one_s():
    with pytest.raises(Bug):
        apart.all_of(["bad", "b"], _open, lambda name: _open(f"again {name}"))
    assert _names()[1:] == ["again bad", "b", "again b"]
