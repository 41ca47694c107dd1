"""A channel that keeps what it is given, for tests that are not about the wire."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from messaging.channels.base import Account, Listed, Outgoing


@dataclass
class MemoryChannel:
    """`trouble` may raise `SendError` for a message; without it every message is taken."""

    taken: list[Outgoing] = field(default_factory=list)
    trouble: Callable[[Outgoing], None] | None = None
    _lock: Lock = field(default_factory=Lock)

    def send(self, outgoing: Outgoing) -> str:
        if self.trouble:
            self.trouble(outgoing)
        with self._lock:
            self.taken.append(outgoing)
            return f"SM{len(self.taken):032d}"

    def sent_to(self, account: Account, sender: str, to: str) -> list[Listed]:
        numbered = list(enumerate(self.taken, 1))
        return [
            Listed(f"SM{number:032d}", outgoing.body, "sent", outgoing.sender, outgoing.to)
            for number, outgoing in reversed(numbered)
            if outgoing.to == to
        ]
