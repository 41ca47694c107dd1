"""WhatsApp and SMS through Twilio: sending, listing, what became of a message, and what was written to us."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from messaging.channels import errors
from messaging.channels.base import Account, Listed, Outgoing, Received, SendError, Standing
from messaging.channels.twilio_connection import client, trouble


class TwilioChannel:
    """The channel to WhatsApp and SMS; safe to use from many threads."""

    def send(self, outgoing: Outgoing) -> str:
        """Create the message at Twilio and return its SID; raises `SendError`."""
        with trouble():
            created = client(outgoing.account).messages.create(**_parameters(outgoing))
        return str(created.sid)

    def sent_to(self, account: Account, sender: str, to: str, channel: str = "whatsapp") -> list[Listed]:
        """The latest fifty from `sender` to `to`, newest first (PLATFORM §11)."""
        # Which of its numbers a messaging service took is not known beforehand.
        from_ = {} if sender.startswith("MG") else {"from_": _address(sender, channel)}
        with trouble():
            rows = client(account).messages.list(to=_address(to, channel), limit=50, page_size=50, **from_)
        return [
            Listed(row.sid, row.body or "", row.status, row.from_ or "", row.to or "", row.date_created)
            for row in rows
        ]

    def standing(self, account: Account, provider_id: str) -> Standing | None:
        """How far a message has come; None when Twilio does not know it any more. Raises `SendError`."""
        try:
            with trouble():
                row = client(account).messages(provider_id).fetch()
        except SendError as error:
            if error.code == errors.NOT_FOUND:
                return None
            raise
        return Standing(str(row.status), int(row.error_code) if row.error_code else None)

    def redact(self, account: Account, provider_id: str) -> None:
        """Empty the text Twilio keeps of a message (PLATFORM §8); one it knows no more is as good. Raises
        `SendError`."""
        try:
            with trouble():
                client(account).messages(provider_id).update(body="")
        except SendError as error:
            if error.code != errors.NOT_FOUND:
                raise

    def received(
        self, account: Account, sender: str, since: datetime, channel: str = "whatsapp"
    ) -> Iterator[Received]:
        """What was written to `sender` since then, newest first (PLATFORM §11); raises `SendError`."""
        with trouble():
            for row in client(account).messages.stream(to=_address(sender, channel), page_size=100):
                if row.date_created is None or row.date_created < since:
                    return
                if row.direction == "inbound":
                    yield Received(
                        provider_id=str(row.sid),
                        from_address=(row.from_ or "").removeprefix("whatsapp:"),
                        to_address=sender,
                        body=row.body or "",
                        media=_files_of(account, row),
                        created_at=row.date_created,
                    )


def _files_of(account: Account, row: Any) -> list[dict[str, str]]:
    if int(row.num_media or 0) == 0:
        return []
    files = client(account).messages(row.sid).media.list(limit=10)
    return [
        {"url": f"https://api.twilio.com{file.uri.removesuffix('.json')}", "type": file.content_type}
        for file in files
    ]


def _parameters(outgoing: Outgoing) -> dict[str, Any]:
    to = _address(outgoing.to, outgoing.channel)
    parameters: dict[str, Any] = {"to": to, "status_callback": outgoing.callback}
    if outgoing.sender.startswith("MG"):
        parameters["messaging_service_sid"] = outgoing.sender
    else:
        parameters["from_"] = _address(outgoing.sender, outgoing.channel)
    if outgoing.messaging_service:
        parameters["messaging_service_sid"] = outgoing.messaging_service
    if outgoing.content_id:
        parameters["content_sid"] = outgoing.content_id
        parameters["content_variables"] = json.dumps(outgoing.variables)
    else:
        parameters["body"] = outgoing.body
    if outgoing.within is not None:
        parameters["validity_period"] = outgoing.within
    if outgoing.media:
        parameters["media_url"] = list(outgoing.media)
    return parameters


def _address(address: str, channel: str) -> str:
    return f"whatsapp:{address}" if channel == "whatsapp" else address
