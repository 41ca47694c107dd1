"""A channel that keeps what it is given, for tests that are not about the wire."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

from messaging.channels.base import Account, Listed, Outgoing

_numbers = count(1)


@dataclass
class MemoryChannel:
    """`trouble` may raise `SendError` for a message; without it every message is taken."""

    taken: list[Outgoing] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    trouble: Callable[[Outgoing], None] | None = None
    _lock: Lock = field(default_factory=Lock)

    def send(self, outgoing: Outgoing) -> str:
        if self.trouble:
            self.trouble(outgoing)
        with self._lock:
            self.taken.append(outgoing)
            self.ids.append(f"SM{next(_numbers):032d}")
            return self.ids[-1]

    def sent_to(self, account: Account, sender: str, to: str, channel: str = "whatsapp") -> list[Listed]:
        listed = [
            Listed(provider_id, outgoing.body, "sent", outgoing.sender, outgoing.to)
            for provider_id, outgoing in zip(self.ids, self.taken, strict=True)
        ]
        return [row for row in reversed(listed) if row.to_address == to]
