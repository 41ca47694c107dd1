"""What other programs are told by webhooks, as it is described to them; `domain.announcements` tells it."""

from typing import Literal

from pydantic import Field

from api.contract.types import Amount, Count, Day, Number, Shown, When

ContactStatus = Literal["pending", "contacted", "converted", "yellow", "inactive"]


class Event(Shown):
    """Base of all that is told."""

    timestamp: When = Field(
        description="The moment at which it happened; events may arrive in another order."
    )


class LineSold(Shown):
    """One line of a purchase that is told of."""

    medicine_name: str
    quantity: Amount = Field(description="Pieces.")
    unit_price: Amount = Field(description="Rupees for one piece.")
    total_amount: Amount = Field(description="Rupees for all of them.")


class PurchaseTold(Shown):
    """What `purchase.recorded` tells."""

    purchase_id: Number
    customer_id: Number
    bill_number: str | None
    purchase_date: Day
    total_amount: Amount = Field(description="Rupees.")
    items: list[LineSold]


class PurchaseRecorded(Event):
    """Somebody bought."""

    type: Literal["purchase.recorded"]
    data: PurchaseTold


class ConversionTold(Shown):
    """What `contact.converted` tells."""

    contact_id: Number
    status: Literal["converted"]
    customer_id: Number | None
    conversion_value: Amount | None = Field(description="Rupees, where they were said.")
    converted_on: Day | None
    staff_code: str | None = Field(description="Who is credited.")


class ContactConverted(Event):
    """A contact became a customer."""

    type: Literal["contact.converted"]
    data: ConversionTold


class MoveTold(Shown):
    """What `contact.status_changed` tells."""

    contact_id: Number
    status: ContactStatus
    previous: ContactStatus = Field(description="Where it stood before.")


class ContactStatusChanged(Event):
    """A contact moved."""

    type: Literal["contact.status_changed"]
    data: MoveTold


class OrderTold(Shown):
    """What `order.changed` tells."""

    order_id: Number = Field(description="The `id` of the refill reminder.")
    customer_id: Number
    medicine_id: Number
    status: Literal["asked_for", "ready", "fetched", "put_back", "dropped"] = Field(
        description="`asked_for` by the customer, `ready` once it is set aside, `fetched` with a purchase; "
        "`put_back` if it lay ready, else `dropped`."
    )
    reserved_until: Day | None = Field(description="So long it lies ready.")


class OrderChanged(Event):
    """What was to be kept ready moved."""

    type: Literal["order.changed"]
    data: OrderTold


class SenderStopped(Shown):
    """Nothing can be sent."""

    kind: Literal["sender_stopped"]
    code: int = Field(description="Twilio's code of the error.")


class TemplateStopped(Shown):
    """A message that we write first may not be sent."""

    kind: Literal["template_rejected", "template_paused", "template_disabled", "template_stopped"]
    template: str
    language: str


class UnknownError(Shown):
    """Messages to many people fail for a reason that we do not know."""

    kind: Literal["unknown_error"]
    code: int = Field(description="Twilio's code of the error.")
    people: Count = Field(description="How many could not be reached within an hour.")


class AlarmRaised(Event):
    """Sending has stopped, a template may not be sent, or many messages fail for an unknown reason."""

    type: Literal["alarm.raised"]
    data: SenderStopped | TemplateStopped | UnknownError


EVENTS: list[type[Event]] = [
    PurchaseRecorded,
    ContactConverted,
    ContactStatusChanged,
    OrderChanged,
    AlarmRaised,
]
