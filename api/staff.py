"""The people who work here, over HTTP, and what each has to do today."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api import people
from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import WHOLE, Caller, Name, Number, PhoneText, Sent, Shown, StaffCode, When
from domain import access, tasks
from domain import staff as team
from domain.errors import DomainError
from models import Staff

resource = Resource("staff", "The people who work here, and their day.")

Role = Literal["ceo", "manager", "sales_manager", "support"]
Language = Literal["en", "hi"]
PerDay = Annotated[int, Field(ge=0, le=1000, description="Contacts to call in a day."), WHOLE]

_EXAMPLE = {"staff_code": "STAFF001", "name": "Jane Smith", "phone": "9876543210", "max_contacts_per_day": 20}


class StaffSent(Sent):
    """Somebody new."""

    staff_code: StaffCode
    name: Name
    phone: PhoneText
    max_contacts_per_day: PerDay = 20
    role: Role = "support"
    is_pharmacist: bool = Field(default=False, description="May read medical text.")
    manager_code: StaffCode | None = Field(default=None, description="The staff code of their manager.")
    language: Language = "en"


class StaffChange(Sent):
    """What is to be different; everything left out stays as it is."""

    name: Name | None = None
    phone: PhoneText | None = None
    max_contacts_per_day: PerDay | None = None
    role: Role | None = None
    is_pharmacist: bool | None = None
    manager_code: StaffCode | None = None
    language: Language | None = None


class StaffShown(Shown):
    """A member of staff."""

    id: Number
    staff_code: str
    name: str
    phone: str = Field(description="In E.164.")
    role: Role
    is_pharmacist: bool
    manager_code: str | None
    max_contacts_per_day: int
    language: str
    is_active: bool
    permissions: list[str]


class TaskShown(Shown):
    """One thing to do; `rank` 1 is the most urgent."""

    rank: int
    kind: str = Field(description="Such as promise, question, keep_ready, refill_call, contact_call.")
    id: Number = Field(description="The task's number, or the contact's where there is nothing to tick off.")
    contact_id: Number | None
    customer_id: Number | None
    name: str
    phone: str | None = Field(description="In E.164.")
    due_at: When
    notes: str


@resource.post("/api/customers/staff", status=201, needs=access.MANAGE_STAFF, example=_EXAMPLE)
def create(caller: Caller, body: StaffSent) -> StaffShown:
    """Take on a member of staff.

    The phone may be a customer's too: from it they speak as staff, and `as customer` switches.
    """
    facts: dict[str, Any] = body.model_dump(exclude={"staff_code", "phone", "manager_code"})
    if body.manager_code:
        facts["manager"] = team.by_code(caller.company, body.manager_code)
    address = people.own_number(caller, body.phone)
    return shown(team.add(caller.company, code=body.staff_code, phone=address, **facts))


@resource.get("/api/customers/staff")
def list_staff(caller: Caller, query: Paged) -> list[StaffShown]:
    """List the staff, those who have left included."""
    rows = Staff.select().where(Staff.company == caller.company)
    return [shown(row) for row in paging.page(rows, (Staff.id,), query)]


@resource.get("/api/customers/staff/<staff_code>")
def show(caller: Caller, staff_code: StaffCode) -> StaffShown:
    """Show a member of staff."""
    return shown(team.by_code(caller.company, staff_code))


@resource.patch(
    "/api/customers/staff/<staff_code>", needs=access.MANAGE_STAFF, example={"max_contacts_per_day": 25}
)
def edit(caller: Caller, staff_code: StaffCode, body: StaffChange) -> StaffShown:
    """Change some facts of a member of staff."""
    facts = body.model_dump(exclude_none=True, exclude={"phone", "manager_code"})
    if body.phone:
        facts["phone"] = people.own_number(caller, body.phone)
    if body.manager_code:
        facts["manager"] = team.by_code(caller.company, body.manager_code)
    return shown(team.change(team.by_code(caller.company, staff_code), **facts))


@resource.post("/api/customers/staff/<staff_code>/deactivate", needs=access.MANAGE_STAFF)
def deactivate(caller: Caller, staff_code: StaffCode) -> StaffShown:
    """Let a member of staff go.

    Their token ends, their phone speaks as a customer's, their tasks are everyone's.
    """
    gone = team.by_code(caller.company, staff_code)
    if gone == caller.staff:
        raise DomainError("remove_yourself")
    team.let_go(gone)
    return shown(gone)


@resource.get("/api/customers/staff/<staff_code>/tasks")
def list_tasks(caller: Caller, staff_code: StaffCode, query: Paged) -> list[TaskShown]:
    """List what is to be done today, the most urgent first: contacts to call, follow-ups, refills."""
    staff = team.by_code(caller.company, staff_code)
    access.require_of(caller.staff, staff.id)
    page = paging.slice_of(list(enumerate(tasks.ranked(staff, caller.at), 1)), query)
    found = tasks.read([place for _, place in page], caller.at)
    return [_task(rank, found[place]) for rank, place in page if place in found]


def shown(staff: Staff) -> StaffShown:
    """A member of staff as the API says it."""
    return StaffShown.of(
        id=staff.id,
        staff_code=staff.code,
        name=staff.name,
        phone=staff.phone,
        role=staff.role,
        is_pharmacist=staff.is_pharmacist,
        manager_code=staff.manager.code if staff.manager else None,
        max_contacts_per_day=staff.max_contacts_per_day,
        language=staff.language,
        is_active=staff.is_active,
        permissions=list(access.permissions(staff)),
    )


def _task(rank: int, task: tasks.Task) -> TaskShown:
    person = task.person
    return TaskShown(
        rank=rank,
        kind=task.kind,
        id=task.serial,
        contact_id=person.contact.serial if person.contact else None,
        customer_id=person.customer.serial if person.customer else None,
        name=person.name,
        phone=person.phone.address if person.phone else None,
        due_at=task.due_at,
        notes=task.notes,
    )
