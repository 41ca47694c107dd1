"""What is asked of the database while something runs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Statement = tuple[str, list[Any]]


class _Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.kept: list[Statement] = []

    def emit(self, record: logging.LogRecord) -> None:
        # The clock of a simulated shop is looked at ten times a second, by whoever comes then.
        if isinstance(record.msg, tuple) and "clock_offset" not in record.msg[0]:
            self.kept.append(record.msg)


@contextmanager
def asked() -> Iterator[list[Statement]]:
    """The statements made meanwhile, with their values, as they come."""
    log, keeper = logging.getLogger("peewee"), _Keeper()
    before = log.level
    log.addHandler(keeper)
    log.setLevel(logging.DEBUG)
    try:
        yield keeper.kept
    finally:
        log.removeHandler(keeper)
        log.setLevel(before)
