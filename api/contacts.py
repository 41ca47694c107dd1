"""Leads over HTTP: lists, what was said with them, follow-ups, and where they stand."""

from typing import Any, Literal

from peewee import JOIN, ModelSelect
from pydantic import Field

from api import follow_ups, people
from api.contract import errors, paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import (
    Amount,
    Caller,
    Count,
    Day,
    Line,
    Moment,
    Number,
    PhoneText,
    RupeesWritten,
    Sent,
    Shown,
    StaffCode,
    Text,
    When,
)
from api.talks import EXAMPLE, Status, TalkSent, TalkShown, outcome, talk
from domain import access, assignments, contacts, interactions, scopes
from domain import follow_ups as promises
from domain.interactions import Talk
from domain.people import of_contact
from models import Contact, Customer, Import, Interaction, Phone, Staff
from rows import knowing

resource = Resource("contacts", "Leads from contact sheets, until they buy.")

Reach = Literal["available", "not_available", "unknown"]
_KNOWN = ("available", "not_available")

# As the documents this API comes from say it.
_STATUSES = (
    "pending: not contacted yet; contacted: called or written to; converted: made a purchase; yellow: "
    "visited but did not buy; inactive: not interested."
)
_PROMISE = {"reminder_date": "2027-02-02T17:00:00+05:30", "notes": "call back"}


class ContactShown(Shown):
    """A lead."""

    id: Number
    phone: str = Field(description="In E.164.")
    name: str
    status: Status
    whatsapp_status: Reach
    assigned_to: str | None = Field(description="The code of the member of staff who calls.")
    assigned_on: Day | None
    source: str
    import_id: Number | None = Field(description="The contact sheet it came with.")
    materials: str | None = Field(description="What became of the shop's materials.")
    materials_sent_at: When | None
    contacted_at: When | None
    converted_on: Day | None
    conversion_value: Amount | None = Field(description="Rupees.")
    customer_id: Number | None
    created_at: When


class Filter(Paged):
    """Which contacts."""

    status: Status | None = Field(default=None, description=_STATUSES)
    whatsapp_status: Literal["available", "active", "not_available", "inactive", "unknown"] | None = Field(
        default=None,
        description="`active` is another spelling of `available`, `inactive` of `not_available`.",
    )
    staff_code: StaffCode | None = Field(default=None, description="Assigned to this member of staff.")
    phone: PhoneText | None = Field(default=None, description="In any spelling.")


class ReminderSent(Sent):
    """A follow-up that is promised."""

    reminder_date: Moment
    notes: Text = ""
    staff_code: StaffCode | None = Field(
        default=None,
        description="Who is told when it is due; only managers may name another than themselves.",
    )


class Change(Sent):
    """Where the contact stands from now on."""

    status: Status = Field(description=_STATUSES)
    reason: Line = Field(default="", description="Why, in your own words; kept with yellow and inactive.")
    value: RupeesWritten | None = Field(
        default=None, description="Of a conversion: for how much they bought."
    )


class Assigned(Shown):
    """How the assignment went."""

    assigned: Count = Field(description="Contacts that found somebody to call them; the others wait.")
    message: str


@resource.get("/api/customers/contacts")
def list_contacts(caller: Caller, query: Filter) -> list[ContactShown]:
    """List contacts, the oldest first.

    Support staff see their own and nobody's, sales managers their team's too.
    """
    wanted = (Contact.company == caller.company) & scopes.open_to(caller.staff, Contact.assigned_to)
    if query.status:
        wanted &= Contact.status == query.status
    if query.whatsapp_status:
        wanted &= _reached(query.whatsapp_status)
    if query.staff_code:
        wanted &= Staff.code == query.staff_code.upper()
    if query.phone:
        wanted &= Phone.address == people.number(caller, query.phone)
    # Chosen without what they speak of, which would be fetched for every contact looked at.
    chosen = Contact.select(Contact.id).where(wanted)
    if query.whatsapp_status or query.phone:
        chosen = chosen.join_from(Contact, Phone)
    if query.staff_code:
        chosen = chosen.join_from(Contact, Staff, on=Contact.assigned_to)
    found = paging.page(chosen, (Contact.id,), query)
    rows = {row.id: row for row in _with_all().where(Contact.id.in_([row.id for row in found]))}
    return [shown(rows[row.id]) for row in found]


@resource.get("/api/customers/contacts/<int:contact_id>")
def show(caller: Caller, contact_id: Number) -> ContactShown:
    """Show a contact."""
    return shown(access.contact(caller.staff, contact_id))


@resource.get("/api/customers/contacts/<int:contact_id>/interactions")
def talks(caller: Caller, contact_id: Number, query: Paged) -> list[TalkShown]:
    """List what was said with a contact, the newest first."""
    contact = access.contact(caller.staff, contact_id)
    with_staff = Interaction.select(Interaction, Staff).join(Staff, JOIN.LEFT_OUTER)
    theirs = with_staff.where(Interaction.contact == contact)
    found = paging.page(theirs, (Interaction.id,), query, newest_first=True)
    return [talk(knowing(row, contact=contact)) for row in found]


@resource.post("/api/customers/contacts/<int:contact_id>/interact", status=201, example=EXAMPLE)
def interact(caller: Caller, contact_id: Number, body: TalkSent) -> TalkShown:
    """Record a call, a visit or a message.

    The first one moves a pending contact to contacted.
    """
    if body.contact_id not in (None, contact_id):
        raise errors.invalid("contact_id", "This is not the contact of the address.")
    contact = access.contact(caller.staff, contact_id)
    said = Talk(
        kind=body.interaction_type,
        notes=body.notes,
        response=body.customer_response,
        next_action=body.next_action,
        seconds=body.call_duration,
        outcome=outcome(body),
    )
    staff = people.credited(caller, body.staff_code)
    return talk(interactions.log(of_contact(contact), said, staff=staff, at=caller.at))


@resource.post("/api/customers/contacts/<int:contact_id>/reminder", status=201, example=_PROMISE)
def remind(caller: Caller, contact_id: Number, body: ReminderSent) -> follow_ups.FollowUpShown:
    """Promise a follow-up; the member of staff is told on WhatsApp when it is due."""
    contact = access.contact(caller.staff, contact_id)
    staff = people.credited(caller, body.staff_code)
    due_at = caller.moment(body.reminder_date)
    made = promises.remind(of_contact(contact), due_at, body.notes, staff=staff, at=caller.at)
    return follow_ups.shown(made)


@resource.put("/api/customers/contacts/<int:contact_id>/status")
def change_status(caller: Caller, contact_id: Number, query: Change) -> ContactShown:
    """Move a contact.

    pending goes anywhere; contacted to converted, yellow, inactive; yellow and inactive to contacted and
    converted; yellow to inactive. Anything else is a 409.
    """
    contact = access.contact(caller.staff, contact_id)
    contacts.change(
        contact, query.status, at=caller.at, staff=caller.staff, why=query.reason, value=query.value
    )
    return shown(contact)


@resource.post("/api/customers/assign-contacts", needs=access.DEAL_OUT)
def assign(caller: Caller) -> Assigned:
    """Deal out the contacts that need a call.

    Each member of staff gets up to `max_contacts_per_day`; nobody is given to two.
    """
    assigned = assignments.assign(caller.company, caller.at)
    return Assigned(assigned=assigned, message=f"{assigned} contacts assigned")


def shown(contact: Contact) -> ContactShown:
    """A contact as the API says it."""
    return ContactShown.of(
        id=contact.serial,
        phone=contact.phone.address,
        name=contact.name,
        status=contact.status,
        whatsapp_status=_reach(contact.phone),
        assigned_to=contact.assigned_to.code if contact.assigned_to else None,
        assigned_on=contact.assigned_on,
        source=contact.source,
        import_id=contact.imported_by.serial if contact.imported_by else None,
        materials=contact.materials_state,
        materials_sent_at=contact.materials_sent_at,
        contacted_at=contact.contacted_at,
        converted_on=contact.converted_on,
        conversion_value=contact.conversion_value,
        customer_id=contact.customer.serial if contact.customer else None,
        created_at=contact.created_at,
    )


def _reach(phone: Phone) -> str:
    # A number that is doubted is not known.
    return phone.reach if phone.reach in _KNOWN else "unknown"


def _reached(said: str) -> Any:
    status = {"active": "available", "inactive": "not_available"}.get(said, said)
    return Phone.reach == status if status in _KNOWN else Phone.reach.not_in(_KNOWN)


def _with_all() -> "ModelSelect[Contact]":
    """Contacts with what an answer says of the rows they lead to, in one question."""
    others = (Staff.id, Staff.code, Import.id, Import.serial, Customer.id, Customer.serial)
    rows = Contact.select(Contact, Phone.id, Phone.address, Phone.reach, *others)
    return (
        rows.join_from(Contact, Phone)
        .join_from(Contact, Staff, JOIN.LEFT_OUTER, on=Contact.assigned_to)
        .join_from(Contact, Import, JOIN.LEFT_OUTER)
        .join_from(Contact, Customer, JOIN.LEFT_OUTER)
    )
