"""An answer of each endpoint as a shop got it: `examples.json`, by the name of the endpoint."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

_KEPT = Path(__file__).with_name("examples.json")


def answer_of(name: str) -> Any:
    """What the endpoint of that name answered; raises `KeyError` for one that nobody has asked yet."""
    return _all()[name]


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(_KEPT.read_text(encoding="utf-8"))
    return kept
