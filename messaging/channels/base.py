"""What every channel can do, and the one kind of trouble it reports."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Account:
    """A Twilio account and the token to speak for it."""

    sid: str
    token: str


@dataclass(frozen=True)
class Outgoing:
    """One message on its way: either `body`, or an approved content with its variables.

    Addresses are E.164 or WhatsApp's own ids. `callback` is where delivery reports go; it carries our id.
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


class Channel(Protocol):
    def send(self, outgoing: Outgoing) -> str:
        """Hand the message over and return the provider's id; raises `SendError`."""
        ...

    def sent_to(self, account: Account, sender: str, to: str) -> list[Listed]:
        """The latest messages from `sender` to `to`, newest first; raises `SendError`."""
        ...
