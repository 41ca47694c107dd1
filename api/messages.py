"""What was written to a person and by them, over HTTP."""

from typing import Literal

from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Caller, Number, Shown, When
from domain import access
from models import InboundMessage, Message, Phone

resource = Resource("messages", "What was said on WhatsApp.")


class MessageShown(Shown):
    """A message; `reason` says why it waits, or why it was never sent."""

    id: Number
    direction: Literal["out", "in"]
    text: str
    kind: str | None = Field(description="answer, staff_alarm, staff_notice, reminder or promotion.")
    status: str
    reason: str | None
    created_at: When
    sent_at: When | None
    delivered_at: When | None
    read_at: When | None


class Direction(Paged):
    """Which side of the talk."""

    direction: Literal["out", "in"] = Field(default="out", description="`out` is what we wrote.")


@resource.get("/api/customers/<int:customer_id>/messages")
def of_customer(caller: Caller, customer_id: Number, query: Direction) -> list[MessageShown]:
    """List what was written to a customer's phone, or from it, the newest first."""
    return _of(access.customer(caller.staff, customer_id).phone, query)


@resource.get("/api/customers/contacts/<int:contact_id>/messages")
def of_contact(caller: Caller, contact_id: Number, query: Direction) -> list[MessageShown]:
    """List what was written to a contact's phone, or from it, the newest first."""
    return _of(access.contact(caller.staff, contact_id).phone, query)


def _of(phone: Phone | None, query: Direction) -> list[MessageShown]:
    if query.direction == "out":
        sent = Message.select().where(Message.phone == phone)
        return [_sent(row) for row in paging.page(sent, (Message.id,), query, newest_first=True)]
    heard = InboundMessage.select().where(InboundMessage.phone == phone, InboundMessage.phone.is_null(False))
    return [_received(row) for row in paging.page(heard, (InboundMessage.id,), query, newest_first=True)]


def _sent(message: Message) -> MessageShown:
    return MessageShown(
        id=message.id,
        direction="out",
        text=message.body,
        kind=message.kind,
        status=message.state,
        reason=message.reason,
        created_at=message.created_at,
        sent_at=message.sent_at,
        delivered_at=message.delivered_at,
        read_at=message.read_at,
    )


def _received(message: InboundMessage) -> MessageShown:
    return MessageShown(
        id=message.id,
        direction="in",
        text=message.body,
        kind=None,
        status=message.state,
        reason=None,
        created_at=message.received_at,
        sent_at=None,
        delivered_at=None,
        read_at=None,
    )
