"""Trouble on demand: answers that refuse, hang or break off, reports late, twice or mixed up."""

import threading
from dataclasses import dataclass, field

from simulator.refusals import Refusal, in_words

# What the next creates may meet; `-taken` means that the message was accepted although nobody heard of it.
ANSWERS = ("429", "500", "500-taken", "timeout", "timeout-taken", "reset", "reset-taken", "refuse", "fail")
CALLBACKS = ("normal", "late", "doubled", "shuffled", "none")
INBOUND = ("normal", "doubled")


@dataclass
class Trouble:
    """What is set up at the moment; everything is calm until somebody asks for trouble."""

    answer: str = ""
    count: int = 0
    # Twilio's error for `refuse` (at once, with 400) and `fail` (later, by callback).
    code: int = 0
    delay_ms: int = 0
    hang_seconds: float = 60.0
    callbacks: str = "normal"
    late_seconds: float = 5.0
    inbound: str = "normal"
    calmed: threading.Event = field(default_factory=threading.Event)

    def next_answer(self) -> str:
        """What the create at hand meets, counting down; empty when nothing is wrong."""
        if not self.count:
            return ""
        self.count -= 1
        return self.answer

    def set(self, wishes: dict) -> None:
        """Take over the named wishes, each checked; raises `Refusal`."""
        for name, value in wishes.items():
            if name not in CHECKS:
                raise Refusal(400, 0, f"There is no trouble called {name}.")
            if not CHECKS[name](value):
                raise Refusal(400, 0, f"{name} cannot be {value!r}.")
        for name, value in wishes.items():
            setattr(self, name, value)
        if "answer" in wishes and "count" not in wishes:
            self.count = 1

    def hang(self) -> None:
        """Keep the caller waiting until the trouble is over."""
        self.calmed.wait(self.hang_seconds)

    def as_json(self) -> dict:
        """Everything that can be set, as it stands."""
        return {name: getattr(self, name) for name in CHECKS}

    def refusal(self) -> Refusal:
        """The error that `refuse` asks for."""
        code = self.code or 21610
        message = "Attempt to send to unsubscribed recipient" if code == 21610 else in_words(code)
        return Refusal(400, code, message)


def _is_number(most: float):
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def _is_whole(most: int):
    return lambda value: _is_number(most)(value) and isinstance(value, int)


CHECKS = {
    "answer": lambda value: value in ("", *ANSWERS),
    "count": _is_whole(1_000_000),
    "code": _is_whole(99_999),
    "delay_ms": _is_whole(60_000),
    "hang_seconds": _is_number(600),
    "callbacks": lambda value: value in CALLBACKS,
    "late_seconds": _is_number(600),
    "inbound": lambda value: value in INBOUND,
}
