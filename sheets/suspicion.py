"""Whether a list of phones looks as if a machine had made it up."""

import operator
import re
from collections.abc import Iterable


def longest_run(numbers: Iterable[str]) -> int:
    """How many numbers follow one upon the other at the same small distance: a list a machine made up."""
    ordered = sorted(map(int, numbers))
    distances = bytes([far if far < 255 else 255 for far in map(operator.sub, ordered[1:], ordered)])
    # The same distance again and again is the same byte again and again.
    runs = re.finditer(rb"([\x01-\x0a])\1+", distances)
    return max((run.end() - run.start() + 1 for run in runs), default=min(len(ordered), 1))


def suspicious(numbers: list[str]) -> bool:
    """Whether a list looks machine-made: a run of 20 consecutive numbers, or one of 8 that is most of it."""
    run = longest_run(numbers)
    return run >= 20 or (run >= 8 and run * 2 > len(numbers))
