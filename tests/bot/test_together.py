"""Those who store at the same time share a transaction, and each hears what became of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from peewee import DataError, IntegrityError, OperationalError, PeeweeException

from bot.together import Together
from database import db
from desk_tables import Tick
from tests.conversation import MORNING


class Store:
    """Keeps each name as a row, in lists as long as they came; the first list waits until it may go on."""

    def __init__(self):
        self.lists = []
        self.may_go_on = threading.Event()

    def __call__(self, names):
        is_first = not self.lists
        self.lists.append(list(names))
        for name in names:
            Tick.create(job=name, ran_at=MORNING)
        if is_first:
            self.may_go_on.wait(10)


@pytest.fixture
def store(database_url):
    return Store()


def _commit_at_once(together, store, names):
    """Commit each name in a thread, the others while the first is stored; returns what became of each."""

    def commit(name):
        try:
            together.commit(name)
            return Tick.select().where(Tick.job == name).exists()
        except (PeeweeException, KeyError) as trouble:
            return trouble
        finally:
            db.close()

    with ThreadPoolExecutor(len(names)) as pool:
        first = pool.submit(commit, names[0])
        _until(lambda: store.lists)
        others = [pool.submit(commit, name) for name in names[1:]]
        _until(lambda: len(together._waiting) == len(others))
        store.may_go_on.set()
        return [first.result(), *(other.result() for other in others)]


def _until(look):
    for _ in range(1000):
        if look():
            return
        threading.Event().wait(0.01)
    raise TimeoutError


def test_who_comes_while_another_commits_shares_the_next_transaction(store):
    assert _commit_at_once(Together(store, 5), store, ["a", "b", "c", "d"]) == [True] * 4
    assert [sorted(names) for names in store.lists] == [["a"], ["b", "c", "d"]]


def test_who_comes_alone_waits_for_nobody(store):
    store.may_go_on.set()
    together = Together(store, 5)
    for name in ("a", "b"):
        together.commit(name)
    assert store.lists == [["a"], ["b"]]


def test_what_does_not_fit_is_refused_to_whoever_brought_it(store):
    Tick.create(job="taken", ran_at=MORNING)
    [a, b, taken, c] = _commit_at_once(Together(store, 5), store, ["a", "b", "taken", "c"])
    assert [a, b, c] == [True] * 3
    assert isinstance(taken, IntegrityError)
    assert sorted(tick.job for tick in Tick.select()) == ["a", "b", "c", "taken"]


def test_a_database_that_is_away_is_away_for_all(store):
    def away(names):
        store(names)
        if "b" in names:
            raise OperationalError("gone")

    troubles = _commit_at_once(Together(away, 5), store, ["a", "b", "c"])
    assert [type(each) for each in troubles] == [bool, OperationalError, OperationalError]
    assert [tick.job for tick in Tick.select()] == ["a"]


def test_a_bug_leaves_nobody_waiting(store):
    def wrong(names):
        store(names)
        if "b" in names:
            raise KeyError("b")

    [a, b, c] = _commit_at_once(Together(wrong, 5), store, ["a", "b", "c"])
    assert a is True
    assert isinstance(b, KeyError)
    assert c is True


def test_trouble_is_over_with_the_transaction_that_had_it(store):
    store.may_go_on.set()

    def first_wrong(names):
        if "bad" in names:
            raise DataError("bad")
        store(names)

    together = Together(first_wrong, 5)
    with pytest.raises(DataError):
        together.commit("bad")
    together.commit("good")
    assert store.lists == [["good"]]
