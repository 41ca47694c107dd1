"""One transaction for all who come at the same time: reaching the disk is most of what a webhook costs."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from peewee import PeeweeException

import database
from database import AWAY, db

Item = TypeVar("Item")

# Seconds the next ones are given to gather, where the last ones were several: a fifth more of them go.
_GATHER = 0.001


class _Work(Generic[Item]):
    """What one thread wants stored; `turn` is free once the thread may go on."""

    __slots__ = ("is_done", "item", "leads", "trouble", "turn")

    def __init__(self, item: Item):
        self.item = item
        self.is_done = False
        self.leads = False
        self.trouble: PeeweeException | None = None
        self.turn = threading.Lock()
        self.turn.acquire()


class Together(Generic[Item]):
    """Threads that store the same kind of thing: while one commits for all who wait, the next ones gather.

    `store` stores a list in the order in which it came, inside the transaction that is open already.
    """

    def __init__(self, store: Callable[[list[Item]], object], patience: int):
        self._store = store
        # Seconds to wait for somebody else's writing.
        self._patience = patience
        self._lock = threading.Lock()
        self._waiting: list[_Work[Item]] = []
        self._is_busy = False
        self._has_company = False

    def commit(self, item: Item) -> None:
        """Return once `item` is stored and committed; raises what storing it raised."""
        work = _Work(item)
        with self._lock:
            self._waiting.append(work)
            work.leads = not self._is_busy
            self._is_busy = True
        if not work.leads:
            work.turn.acquire()
        if work.leads:
            self._store_all_that_wait()
        if work.trouble is not None:
            raise work.trouble
        if not work.is_done:
            # Something in it did not fit; by itself it shows whose that was.
            self._store_in_one_go([item])

    def _store_all_that_wait(self) -> None:
        if self._has_company:
            time.sleep(_GATHER)
        with self._lock:
            works, self._waiting = self._waiting, []
            self._has_company = len(works) > 1
        try:
            self._store_in_one_go([work.item for work in works])
            for work in works:
                work.is_done = True
        except AWAY as trouble:
            for work in works:
                work.trouble = trouble
        except PeeweeException:
            return
        finally:
            self._let_the_next_lead()
            for work in works:
                work.turn.release()

    def _store_in_one_go(self, items: list[Item]) -> None:
        database.wait_less(self._patience)
        with database.connection(), db.atomic():
            self._store(items)

    def _let_the_next_lead(self) -> None:
        with self._lock:
            if not self._waiting:
                self._is_busy = False
                return
            following = self._waiting[0]
        following.leads = True
        following.turn.release()
