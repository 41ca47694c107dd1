"""Messages in both directions, as Twilio keeps, shows and lists them."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import urlencode

from simulator.refusals import in_words, not_found, whole_number
from simulator.webhooks import Outcome


class Button(NamedTuple):
    """A quick-reply button: what it says, and what pressing it sends along."""

    title: str
    payload: str


@dataclass
class Message:
    """One message; `sender` is the business's address, `phone` the number of the person."""

    sid: str
    sender: str
    phone: str
    from_address: str
    to_address: str
    body: str
    created_at: datetime
    inbound: bool = False
    status: str = "queued"
    status_at: datetime | None = None
    sent_at: datetime | None = None
    error_code: int | None = None
    sequence: int = 0
    buttons: tuple[Button, ...] = ()
    pressed: str = ""
    content_sid: str = ""
    as_template: bool = False
    variables_fault: bool = False
    # An error that somebody asked for.
    fails_with: int | None = None
    service_sid: str | None = None
    status_callback: str = ""
    media_urls: tuple[str, ...] = ()
    media: list[str] = field(default_factory=list)
    replied_to: str = ""
    webhook: Outcome | None = None
    # The account had its copy emptied; the phone keeps what it got.
    redacted: bool = False

    @property
    def is_sms(self) -> bool:
        """Whether it goes by SMS: its addresses are bare numbers."""
        return not self.sender.startswith("whatsapp:")


class Messages:
    """Every message of the account, in the order in which it came to be."""

    def __init__(self) -> None:
        self.all: list[Message] = []
        self.by_sid: dict[str, Message] = {}
        self._by_address: dict[tuple[str, str], list[Message]] = {}

    def add(self, message: Message) -> None:
        """Keep a new message."""
        message.sequence = len(self.all)
        self.all.append(message)
        self.by_sid[message.sid] = message
        for key in (("To", message.to_address), ("From", message.from_address)):
            self._by_address.setdefault(key, []).append(message)

    def get(self, sid: str) -> Message:
        """The message with this sid; raises Twilio's 404."""
        if sid not in self.by_sid:
            raise not_found(f"/Messages/{sid}.json")
        return self.by_sid[sid]

    def delete(self, sid: str) -> None:
        """Forget a message, as an account may ask."""
        message = self.get(sid)
        del self.by_sid[sid]
        for key in (("To", message.to_address), ("From", message.from_address)):
            self._by_address[key].remove(message)

    def matching(self, to: str, from_: str) -> list[Message]:
        """Messages between these addresses (either may be empty), oldest first."""
        if to:
            found = self._by_address.get(("To", to), [])
        elif from_:
            found = self._by_address.get(("From", from_), [])
        else:
            found = self.all
        return [
            message
            for message in found
            if message.sid in self.by_sid and (not from_ or message.from_address == from_)
        ]


def new_sid(prefix: str) -> str:
    """A fresh identifier as Twilio makes them: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


def resource(message: Message, account: str) -> dict:
    """The Message resource, shaped as Twilio's."""
    uri = f"/2010-04-01/Accounts/{account}/Messages/{message.sid}"
    return {
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": "" if message.redacted else message.body,
        "date_created": _rfc2822(message.created_at),
        "date_sent": _rfc2822(message.sent_at),
        "date_updated": _rfc2822(message.status_at or message.created_at),
        "direction": "inbound" if message.inbound else "outbound-api",
        "error_code": message.error_code,
        "error_message": in_words(message.error_code) if message.error_code else None,
        "from": None if message.service_sid and message.status == "accepted" else message.from_address,
        "messaging_service_sid": message.service_sid,
        "num_media": str(len(message.media) or len(message.media_urls)),
        "num_segments": "0" if message.status == "accepted" else "1",
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to_address,
        "uri": f"{uri}.json",
    }


def page(messages: Messages, account: str, query: dict[str, str]) -> dict:
    """One page of the list, newest first; a `PageToken` holds its place while new messages arrive."""
    size, number = whole_number(query, "PageSize", 50, 1000), whole_number(query, "Page", 0, 1_000_000)
    found = [
        message
        for message in messages.matching(query.get("To", ""), query.get("From", ""))
        if _in_dates(message, query)
    ]
    token = messages.by_sid.get(query.get("PageToken", "")[2:])
    if token:
        found = [message for message in found if message.sequence < token.sequence]
    found.reverse()
    start = 0 if token else number * size
    rows = found[start : start + size]
    base = f"/2010-04-01/Accounts/{account}/Messages.json"
    filters = {name: value for name, value in query.items() if name not in ("Page", "PageToken", "PageSize")}

    def address(page_number: int, **extra: str) -> str:
        return f"{base}?{urlencode({**filters, 'PageSize': size, 'Page': page_number, **extra})}"

    more = len(found) > start + size
    return {
        "messages": [resource(message, account) for message in rows],
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(rows) - 1, 0),
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1, PageToken=f"PA{rows[-1].sid}") if more else None,
        "previous_page_uri": address(number - 1) if number else None,
        "uri": address(number),
    }


def _in_dates(message: Message, query: dict[str, str]) -> bool:
    sent = (message.sent_at or message.created_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    until, since = query.get("DateSent<", ""), query.get("DateSent>", "")
    if not sent.startswith(query.get("DateSent", "")[:10]):
        return False
    return (not until or sent[: len(until)] <= until) and sent[: len(since)] >= since


def _rfc2822(moment: datetime | None) -> str | None:
    return format_datetime(moment) if moment else None
