"""What schemathesis cannot know from the description: which text is a phone, where cursors come from."""

from typing import Any

import schemathesis
from hypothesis import strategies

NUMBERS = strategies.integers(9_000_000_000, 9_999_999_999).map(str)

schemathesis.openapi.format("phone", NUMBERS | NUMBERS.map("+91 {}".format))


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """A cursor is taken from an answer; tests/api/contract/test_paging.py has those that are made up."""
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            operation["parameters"] = [
                each for each in operation["parameters"] if each.get("name") != "cursor"
            ]
