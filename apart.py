"""Pieces of work apart from one another: what one of them stumbles over is nobody else's trouble."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from database import AWAY, db

log = logging.getLogger(__name__)

Item = TypeVar("Item")


def each(items: Iterable[Item], work: Callable[[Item], object], together: int = 1) -> int:
    """Do `work` with every item, so many `together` in one transaction (0: `work` makes its own); returns for
    how many it gave something.

    Where a bug meets one of them, that one is left as it was and all others have their turn. Then the first
    trouble is raised, so that the job counts as failed and whoever watches sees it: not to be called inside a
    transaction, which would be lost with it. A database that is away ends it at once.
    """
    troubles: list[Exception] = []
    whole = db.atomic if together else nullcontext
    done = sum(_done(some, work, whole, troubles) for some in _batches(items, together or 1))
    if troubles:
        raise troubles[0]
    return done


def all_of(items: Iterable[Item], *verbs: Callable[[Item], object]) -> None:
    """Every verb with every item; each makes its own transactions."""
    each([partial(verb, item) for item in items for verb in verbs], lambda work: work(), together=0)


def _done(
    some: list[Item], work: Callable[[Item], object], whole: Callable[[], Any], troubles: list[Exception]
) -> int:
    try:
        with whole():
            return sum(bool(work(item)) for item in some)
    except AWAY:
        raise
    except Exception as trouble:
        if len(some) > 1:
            return sum(_done([item], work, whole, troubles) for item in some)
        log.exception("%s could not be done", _named(some[0]))
        troubles.append(trouble)
        return 0


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _named(item: object) -> str:
    """By its number, because what it says may be somebody's."""
    return f"{item}" if isinstance(item, int) else f"{type(item).__name__} {getattr(item, 'id', '')}"
