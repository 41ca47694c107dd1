"""What the child process that parses a stranger's file may use."""

import resource
from typing import NamedTuple

MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """Bytes of memory and output, seconds of processor and of waiting for the child."""

    memory: int = 1024 * MEGABYTE
    processor: int = 120
    waiting: int = 240
    output: int = 1024 * MEGABYTE


def confine(limits: Limits) -> None:
    """Called by the child on itself before it looks at the file: limits only shrink, there is no way back."""
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.processor)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)


def _limit(which: int, value: int) -> None:
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        value = min(value, ceiling)
    resource.setrlimit(which, (value, value))
