"""Our WhatsApp numbers as Twilio has them: whether they are online, and whom it calls when people write."""

from dataclasses import dataclass

from messaging.channels import errors
from messaging.channels.base import Account, SendError
from messaging.channels.twilio_connection import client, trouble

_MOST = 1000


@dataclass(frozen=True)
class AtTwilio:
    """`status` is ONLINE for a number that works, `why_not` says what is wrong with any other; `callback` is
    the address that is called for what people write, "" where none is set."""

    status: str
    why_not: str
    callback: str

    @property
    def is_online(self) -> bool:
        """Whether it takes and brings messages, also while a change of it is under way."""
        return self.status.startswith("ONLINE")


def senders_of(account: Account) -> dict[str, AtTwilio] | None:
    """The WhatsApp numbers of this account; None where Twilio cannot list them. Raises `SendError`."""
    try:
        with trouble():
            rows = client(account).messaging.v2.channels_senders.list(channel="whatsapp", limit=_MOST)
    except SendError as error:
        if error.code == errors.NOT_FOUND:
            return None
        raise
    return {
        str(row.sender_id).removeprefix("whatsapp:"): AtTwilio(
            str(row.status), ", ".join(map(_reason, row.offline_reasons or [])), _callback(row.webhook)
        )
        for row in rows
    }


def _callback(webhook: object) -> str:
    return str(webhook.get("callback_url") or "") if isinstance(webhook, dict) else ""


def _reason(said: object) -> str:
    """Twilio gives each reason as code and message."""
    return str(said.get("message") or said.get("code")) if isinstance(said, dict) else str(said)
