"""Talks with people as the API takes and shows them."""

from typing import Annotated, Literal

from pydantic import Field

from api.contract.types import WHOLE, Count, Number, Sent, Shown, StaffCode, Text, When
from models import Interaction

Status = Literal["pending", "contacted", "converted", "yellow", "inactive"]
Kind = Literal["call", "whatsapp", "visit", "email", "meeting", "support", "inquiry"]

EXAMPLE = {
    "contact_id": 1,
    "staff_code": "STAFF001",
    "interaction_type": "call",
    "notes": "Customer interested in diabetes medicines",
    "customer_response": "Will visit tomorrow",
    "next_action": "Follow up if doesn't visit",
    "call_duration": 180,
    "call_successful": True,
}


class TalkSent(Sent):
    """What was said. `contact_id` may be left out; it is in the address."""

    contact_id: Number | None = None
    staff_code: StaffCode | None = Field(
        default=None, description="Whose doing it was; only managers may name another than themselves."
    )
    interaction_type: Kind
    notes: Text = ""
    customer_response: Text = ""
    next_action: Text = ""
    call_duration: Annotated[int, Field(ge=0, le=86_400, description="Seconds."), WHOLE] | None = None
    call_successful: bool | None = Field(default=None, description="Whether they were spoken with.")


class TalkShown(Shown):
    """A talk as it was recorded."""

    id: Number
    contact_id: Number | None
    customer_id: Number | None
    staff_code: str | None
    interaction_type: str
    notes: str
    customer_response: str
    next_action: str
    call_duration: Count | None = Field(description="Seconds.")
    call_successful: bool | None
    interaction_date: When
    contact_status: Status | None = Field(description="Where the contact stands now.")


def talk(said: Interaction) -> TalkShown:
    """A talk as the API says it."""
    return TalkShown.of(
        id=said.id,
        contact_id=said.contact.serial if said.contact else None,
        customer_id=said.customer.serial if said.customer else None,
        staff_code=said.staff.code if said.staff else None,
        interaction_type=said.kind,
        notes=said.notes,
        customer_response=said.response,
        next_action=said.next_action,
        call_duration=said.call_seconds,
        call_successful=said.call_outcome == "answered" if said.call_outcome else None,
        interaction_date=said.happened_at,
        contact_status=said.contact.status if said.contact else None,
    )


def outcome(body: TalkSent) -> str | None:
    if body.interaction_type != "call" or body.call_successful is None:
        return None
    return "answered" if body.call_successful else "no_answer"
