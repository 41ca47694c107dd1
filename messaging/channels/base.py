"""What every channel can do, and the one kind of trouble it reports."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Account:
    """A Twilio account and the token to speak for it."""

    sid: str
    token: str


@dataclass(frozen=True)
class Outgoing:
    """One message on its way: either `body`, or an approved content with its variables.

    Addresses are E.164 or WhatsApp's own ids; SMS may also be sent by a messaging service. `callback` is
    where delivery reports go; it carries our id. What has not gone on to the person `within` so many seconds
    is given up; None: as long as the channel keeps it.
    """

    account: Account
    sender: str
    to: str
    callback: str
    body: str = ""
    content_id: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    media: tuple[str, ...] = ()
    messaging_service: str = ""
    channel: str = "whatsapp"
    within: int | None = None


class SendError(Exception):
    """The channel did not take the message. `code` is Twilio's, `uncertain` that it may have been taken."""

    def __init__(self, reason: str, code: int | None = None, uncertain: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.uncertain = uncertain


@dataclass(frozen=True)
class Listed:
    """A message as the provider has it."""

    provider_id: str
    body: str
    status: str
    from_address: str
    to_address: str
    created_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How far a message has come, as the provider has it; `code` says why it failed."""

    status: str
    code: int | None


@dataclass(frozen=True)
class Received:
    """A message somebody wrote to us, as the provider has it; `media` are files as the webhook names them."""

    provider_id: str
    from_address: str
    to_address: str
    body: str
    media: list[dict[str, str]]
    created_at: datetime


class Channel(Protocol):
    def send(self, outgoing: Outgoing) -> str:
        """Hand the message over and return the provider's id; raises `SendError`."""
        ...

    def sent_to(self, account: Account, sender: str, to: str, channel: str = "whatsapp") -> list[Listed]:
        """The latest messages from `sender` to `to`, newest first; raises `SendError`."""
        ...


class Records(Protocol):
    """A channel whose records can be looked up."""

    def standing(self, account: Account, provider_id: str) -> Standing | None:
        """How that message stands, None for one the provider does not know; raises `SendError`."""
        ...

    def received(
        self, account: Account, sender: str, since: datetime, channel: str = "whatsapp"
    ) -> Iterator[Received]:
        """What was written to `sender` since then, newest first; raises `SendError`."""
        ...
