"""One commit for all who come at the same time: reaching the disk is most of what a webhook costs."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from peewee import PeeweeException

from database import AWAY, db


@dataclass
class _Work:
    do: Callable[[], object]
    order: int
    is_done: bool = False
    trouble: PeeweeException | None = None


_lock = threading.Lock()
_turn = threading.Lock()
_waiting: list[_Work] = []


def commit(do: Callable[[], object], order: int = 0) -> None:
    """Have `do` done and committed, together with what other threads of this process want done meanwhile.

    Whoever's turn it is does the work of all who wait, by `order`: two processes that change the same rows in
    different orders would block each other. Raises what `do` raises; what somebody else's raises
    only when the database is away for all.
    """
    work = _Work(do, order)
    with _lock:
        _waiting.append(work)
    with _turn:
        if not work.is_done:
            _do_all_that_wait()
        if not work.is_done:
            # Something in it did not fit; by itself it shows whose that was.
            with db.atomic():
                do()
    if work.trouble is not None:
        raise work.trouble


def _do_all_that_wait() -> None:
    with _lock:
        works = sorted(_waiting, key=lambda work: work.order)
        _waiting.clear()
    try:
        with db.atomic():
            for work in works:
                work.do()
    except AWAY as trouble:
        for work in works:
            work.trouble = trouble
    except PeeweeException:
        return
    for work in works:
        work.is_done = True
