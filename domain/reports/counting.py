"""Counting and adding up under a condition, the same on both databases."""

from typing import Any

from peewee import Case, fn


def times(condition: Any) -> Any:
    """On how many rows it holds, 0 if there are none."""
    return added(condition, 1)


def added(condition: Any, value: Any) -> Any:
    """The sum of `value` over the rows on which it holds, 0 if there are none."""
    return fn.COALESCE(fn.SUM(Case(None, [(condition, value)], 0)), 0)
