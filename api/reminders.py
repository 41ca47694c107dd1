"""Refill reminders over HTTP: who runs out, telling them, and what they answered."""

from datetime import timedelta
from typing import Annotated, Literal

from peewee import JOIN, ModelSelect
from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Caller, Day, Line, Number, Sent, Shown, When
from domain import access, refill_cycles, refill_ladder, refill_plan, refills, scopes
from models import Customer, Medicine, Phone, RefillReminder

resource = Resource("reminders", "Refill reminders: whose medicine runs out, and what was said about it.")

Mark = Literal["called", "responded", "purchased", "bought_elsewhere"]


class ReminderShown(Shown):
    """One supply of one medicine."""

    id: Number
    customer_id: Number
    customer_name: str
    phone: str | None = Field(description="In E.164.")
    medicine_name: str
    reminder_date: Day = Field(
        description="From this day it stands in the list: five days before it runs out."
    )
    runs_out_date: Day
    days_until_due: int = Field(description="Days until it runs out; negative once it has.")
    notification_sent: bool = Field(description="Whether WhatsApp took a message about it.")
    notification_sent_at: When | None
    call_made: bool
    customer_response: str | None
    customer_purchased: bool
    status: Literal["open", "ended"]
    ended_because: str | None


class Pending(Paged):
    """How far ahead to look."""

    days_ahead: Annotated[int, Field(ge=0, le=365, description="Days; what is overdue is always there.")] = 3


class Marked(Sent):
    """What became of it."""

    mark: Mark
    response: Line = Field(default="responded", description="Of `responded`: what the customer answered.")


class Notified(Shown):
    """What became of the message: policy may hold or refuse it, and says why."""

    message: str
    message_id: Number
    status: str = Field(description="queued, or cancelled when it may not be sent.")
    reason: str | None = Field(description="Why it waits or was refused, such as quiet_hours, opted_out.")
    send_after: When


@resource.get("/api/customers/reminders/pending")
def pending(caller: Caller, query: Pending) -> list[ReminderShown]:
    """List whose medicine runs out.

    Every open reminder whose `reminder_date` is at most `days_ahead` days away, overdue ones included, the
    earliest first. Support staff see their own customers and nobody's, sales managers their team's too.
    """
    until = refill_plan.today(caller.company, caller.at) + timedelta(days=query.days_ahead)
    open_ones = (RefillReminder.company == caller.company) & (RefillReminder.state == refills.OPEN)
    due = RefillReminder.select(RefillReminder.id, RefillReminder.reminder_on).where(
        open_ones, RefillReminder.reminder_on <= until
    )
    if not access.may(caller.staff, access.EVERYBODYS):
        seen = Customer.select(Customer.id).where(scopes.visible(caller.staff))
        due = due.where(RefillReminder.customer.in_(seen))
    # Chosen without what they speak of: a day of reminders is sorted, not its customers with it.
    found = [row.id for row in paging.page(due, (RefillReminder.reminder_on, RefillReminder.id), query)]
    rows = {row.id: row for row in _with_all().where(RefillReminder.id.in_(found))}
    return [shown(caller, rows[number]) for number in found]


@resource.get("/api/customers/<int:customer_id>/reminders")
def of_customer(caller: Caller, customer_id: Number, query: Paged) -> list[ReminderShown]:
    """List a customer's refill reminders, ended ones included, the newest first."""
    customer = access.customer(caller.staff, customer_id)
    rows = _with_all().where(RefillReminder.customer == customer)
    return [shown(caller, row) for row in paging.page(rows, (RefillReminder.id,), query, newest_first=True)]


@resource.get("/api/customers/reminders/<int:reminder_id>")
def show(caller: Caller, reminder_id: Number) -> ReminderShown:
    """Show a refill reminder."""
    return shown(caller, _find(caller, reminder_id))


@resource.post("/api/customers/reminders/<int:reminder_id>/notify")
def notify(caller: Caller, reminder_id: Number) -> Notified:
    """Send the reminder on WhatsApp now.

    The rules of sending still decide: after a STOP nothing goes, at night it waits for the morning. What was
    said about it today already is not said twice: the answer is of that message.
    """
    message = refill_ladder.notify(_find(caller, reminder_id), at=caller.at)
    said = {"queued": "The reminder is on its way", "cancelled": "The reminder may not be sent"}
    return Notified(
        message=said.get(message.state, "The reminder was sent"),
        message_id=message.id,
        status=message.state,
        reason=message.reason,
        send_after=message.send_after,
    )


@resource.post(
    "/api/customers/reminders/<int:reminder_id>/mark",
    example={"mark": "responded", "response": "keep it ready"},
)
def mark(caller: Caller, reminder_id: Number, body: Marked) -> ReminderShown:
    """Note what became of a reminder.

    `purchased` makes the next one, as the same supply again; a recorded purchase does so of itself.
    """
    reminder = _find(caller, reminder_id)
    if body.mark == "called":
        refills.called(reminder, at=caller.at)
    elif body.mark == "responded":
        refills.responded(reminder, at=caller.at, answer=body.response)
    elif body.mark == "purchased":
        refill_cycles.purchased(reminder, at=caller.at)
    else:
        refills.bought_elsewhere(reminder, at=caller.at)
    return shown(caller, _find(caller, reminder_id))


def shown(caller: Caller, reminder: RefillReminder) -> ReminderShown:
    """A reminder as the API says it."""
    because = reminder.ended_because
    return ReminderShown.of(
        id=reminder.serial,
        customer_id=reminder.customer.serial,
        customer_name=reminder.customer.name,
        phone=reminder.phone.address if reminder.phone else None,
        medicine_name=reminder.medicine.name,
        reminder_date=reminder.reminder_on,
        runs_out_date=reminder.runs_out_on,
        days_until_due=(reminder.runs_out_on - refill_plan.today(caller.company, caller.at)).days,
        notification_sent=reminder.whatsapp_sent_at is not None,
        notification_sent_at=reminder.whatsapp_sent_at,
        call_made=reminder.called_at is not None,
        customer_response=reminder.answer,
        customer_purchased=bool(because and because.startswith("purchased")),
        status=reminder.state,
        ended_because=because,
    )


def _find(caller: Caller, serial: int) -> RefillReminder:
    reminder = refills.numbered(caller.company, serial)
    scopes.check(caller.staff, reminder.customer)
    return reminder


def _with_all() -> "ModelSelect[RefillReminder]":
    """Reminders with what an answer says of the rows they lead to."""
    said = (Customer.id, Customer.serial, Customer.name, Medicine.id, Medicine.name, Phone.id, Phone.address)
    rows = RefillReminder.select(RefillReminder, *said)
    return (
        rows.join_from(RefillReminder, Customer)
        .join_from(RefillReminder, Medicine)
        .join_from(RefillReminder, Phone, JOIN.LEFT_OUTER)
    )
