"""Follow-ups over HTTP: what was promised, and ticking it off."""

from typing import Literal

from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Caller, Number, Shown, When
from domain import access, follow_ups, scopes
from models import Contact, Customer, FollowUp, Phone, Staff

resource = Resource(
    "follow-ups", "Things to do for people: promised calls, questions, refills to be called about."
)


class FollowUpShown(Shown):
    """One thing to do; without `staff_code` it is everybody's."""

    id: Number
    kind: str
    contact_id: Number | None
    customer_id: Number | None
    name: str
    phone: str | None = Field(description="In E.164.")
    staff_code: str | None
    reminder_date: When
    notes: str
    status: Literal["open", "done", "dropped"]


# What is said of the rows a follow-up leads to.
_SAID = (
    *(Contact.id, Contact.serial, Contact.name, Customer.id, Customer.serial, Customer.name),
    *(Phone.id, Phone.address, Phone.profile_name, Staff.id, Staff.code),
)


class Filter(Paged):
    """Which follow-ups."""

    status: Literal["open", "done", "dropped"] = Field(
        default="open", description="dropped: there was no need any more."
    )


@resource.get("/api/customers/follow-ups")
def list_follow_ups(caller: Caller, query: Filter) -> list[FollowUpShown]:
    """List follow-ups, the earliest first."""
    mine = (FollowUp.company == caller.company) & scopes.open_to(caller.staff, FollowUp.staff)
    rows = follow_ups.with_all(*_SAID).where(mine, FollowUp.state == query.status)
    return [shown(row) for row in paging.page(rows, (FollowUp.due_at, FollowUp.id), query)]


@resource.post("/api/customers/follow-ups/<int:follow_up_id>/done")
def done(caller: Caller, follow_up_id: Number) -> FollowUpShown:
    """Tick off a follow-up."""
    task = follow_ups.numbered(caller.company, follow_up_id)
    access.require_of(caller.staff, task.staff_id)
    return shown(follow_ups.done(caller.company, follow_up_id, staff=caller.staff, at=caller.at))


def shown(task: FollowUp) -> FollowUpShown:
    """A follow-up as the API says it."""
    return FollowUpShown.of(
        id=task.serial,
        kind=task.kind,
        contact_id=task.contact.serial if task.contact else None,
        customer_id=task.customer.serial if task.customer else None,
        name=follow_ups.whom(task).name,
        phone=task.phone.address if task.phone else None,
        staff_code=task.staff.code if task.staff else None,
        reminder_date=task.due_at,
        notes=task.notes,
        status=task.state,
    )
