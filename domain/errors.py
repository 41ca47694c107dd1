"""Refusals: what the rules do not allow, with a code that each door says in its own way."""

from typing import Any


class DomainError(Exception):
    """A refusal. `templates/messages/refused_<code>.txt` says it to a person, the facts fill it in."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def is_about_nothing(self) -> bool:
        """Whether what was asked for is not there, rather than not allowed."""
        return self.code == "nobody" or self.code.startswith("no_such_")
