"""Medical conditions over HTTP: what customers live with, and how it goes."""

from typing import Literal

from pydantic import Field

from api.contract import errors, paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Caller, Day, Line, Name, Number, Sent, Shown, Text
from domain import access, conditions
from domain.conditions import Described
from models import MedicalCondition

resource = Resource("medical-conditions", "What customers live with. Reading is recorded.")

Kind = Literal["chronic", "acute", "preventive"]
Severity = Literal["mild", "moderate", "severe"]

_EXAMPLE = {
    "condition_name": "Type 2 Diabetes",
    "condition_type": "chronic",
    "severity": "moderate",
    "requires_monitoring": True,
    "monitoring_frequency": "monthly",
    "primary_medicine": "Metformin",
}
_HOW_IT_GOES = {"progress_note": "Sugar well kept", "last_checkup_date": "2026-01-28"}


class ConditionSent(Sent):
    """A condition."""

    condition_name: Name
    condition_type: Kind = "chronic"
    severity: Severity | None = None
    requires_monitoring: bool | None = None
    monitoring_frequency: Line = Field(default="", description="weekly, monthly, every 3 months …")
    primary_medicine: Line = ""
    diagnosed_date: Day | None = None
    last_checkup_date: Day | None = None
    next_checkup_date: Day | None = Field(default=None, description="Left out: by the frequency.")
    notes: Text = ""


class ConditionChange(Sent):
    """How it goes."""

    progress_note: Text = Field(default="", description="Is added to the notes there are.")
    last_checkup_date: Day | None = Field(
        default=None, description="They were looked at that day; the follow-up for it is done."
    )
    next_checkup_date: Day | None = Field(
        default=None, description="With `last_checkup_date`; left out: by the frequency."
    )
    status: Literal["resolved"] | None = Field(default=None, description="It is over.")


class Note(Shown):
    """How it went."""

    date: Day
    staff_code: str
    text: str


class ConditionShown(Shown):
    """A condition as it is known."""

    id: Number
    customer_id: Number
    condition_name: str
    condition_type: Kind
    severity: Severity | None
    requires_monitoring: bool
    monitoring_frequency: str | None
    primary_medicine: str
    diagnosed_date: Day | None
    last_checkup_date: Day | None
    next_checkup_date: Day | None
    progress_notes: list[Note] = Field(description="The oldest first.")
    status: Literal["active", "resolved"]


@resource.post(
    "/api/customers/<int:customer_id>/medical-conditions",
    status=201,
    needs=access.MEDICAL,
    example=_EXAMPLE,
)
def record(caller: Caller, customer_id: Number, body: ConditionSent) -> ConditionShown:
    """Record a condition.

    Where it is watched, the next check-up becomes a follow-up.
    """
    described = Described(
        name=body.condition_name,
        kind=body.condition_type,
        severity=body.severity,
        monitoring_frequency=body.monitoring_frequency,
        requires_monitoring=body.requires_monitoring,
        primary_medicine=body.primary_medicine,
        diagnosed_on=body.diagnosed_date,
        last_checkup_on=body.last_checkup_date,
        next_checkup_on=body.next_checkup_date,
        notes=body.notes,
    )
    customer = access.customer(caller.staff, customer_id)
    return _shown(conditions.record(customer, described, staff=caller.staff, at=caller.at))


@resource.get("/api/customers/<int:customer_id>/medical-conditions", needs=access.MEDICAL)
def known(caller: Caller, customer_id: Number, query: Paged) -> list[ConditionShown]:
    """List the conditions of a customer, active ones first.

    The reading is recorded.
    """
    customer = access.customer(caller.staff, customer_id)
    found = conditions.of(customer, staff=caller.staff, at=caller.at)
    return [_shown(each) for each in paging.slice_of(found, query)]


@resource.patch(
    "/api/customers/<int:customer_id>/medical-conditions/<int:condition_id>",
    needs=access.MEDICAL,
    example=_HOW_IT_GOES,
    fields={"condition_date_future": "last_checkup_date"},
)
def change(
    caller: Caller, customer_id: Number, condition_id: Number, body: ConditionChange
) -> ConditionShown:
    """Note how a condition goes: progress, a check-up that was done, that it is over."""
    condition = _find(caller, customer_id, condition_id)
    if not body.model_fields_set:
        raise errors.invalid("progress_note", "Something has to be noted.")
    if body.next_checkup_date and not body.last_checkup_date:
        raise errors.invalid(
            "last_checkup_date", "The next check-up follows one that was done; this says when."
        )
    staff, at = caller.staff, caller.at
    if body.progress_note:
        conditions.note_progress(condition, body.progress_note, staff=staff, at=at)
    if body.last_checkup_date:
        following = body.next_checkup_date
        conditions.checkup_done(condition, body.last_checkup_date, staff=staff, at=at, next_on=following)
    if body.status:
        conditions.resolve(condition, staff=staff, at=at)
    return _shown(condition)


def _find(caller: Caller, customer_id: int, condition_id: int) -> MedicalCondition:
    customer = access.customer(caller.staff, customer_id)
    found = conditions.numbered(caller.staff, condition_id)
    if found is None or found.customer != customer:
        message = "The customer has no condition with this number."
        raise errors.Refused(404, message, code="no_such_condition", field="condition_id")
    return found


def _shown(row: MedicalCondition) -> ConditionShown:
    return ConditionShown.of(
        id=row.serial,
        customer_id=row.customer.serial,
        condition_name=row.name,
        condition_type=row.kind,
        severity=row.severity,
        requires_monitoring=row.requires_monitoring,
        monitoring_frequency=row.monitoring_frequency,
        primary_medicine=row.primary_medicine,
        diagnosed_date=row.diagnosed_on,
        last_checkup_date=row.last_checkup_on,
        next_checkup_date=row.next_checkup_on,
        progress_notes=[
            Note(date=note["on"], staff_code=note["by"], text=note["text"]) for note in row.progress
        ],
        status=row.state,
    )
