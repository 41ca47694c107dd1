"""Prescriptions over HTTP: what doctors wrote."""

from typing import Annotated, Literal

from pydantic import Field

from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import WHOLE, Amount, Caller, Day, Days, Line, Name, Number, Sent, Shown, Text
from domain import access, prescriptions
from domain.prescriptions import Prescribed, Recorded, Written
from models import PrescribedMedicine

resource = Resource("prescriptions", "What doctors wrote. Reading is recorded.")

_EXAMPLE = {
    "prescription_date": "2024-01-15",
    "doctor_name": "Dr. Smith",
    "condition_name": "Hypertension",
    "is_chronic": True,
    "next_followup_date": "2024-02-15",
    "medicines": [
        {
            "medicine_name": "Amlodipine",
            "dosage": "5mg",
            "frequency": "Once daily",
            "duration_days": 30,
            "total_quantity_prescribed": 30,
        }
    ],
}

_FIELDS = {
    "duration": "medicines.{line}.duration_days",
    "quantity": "medicines.{line}.total_quantity_prescribed",
}


class PrescribedSent(Sent):
    """One medicine as the doctor wrote it."""

    medicine_name: Name
    dosage: Line = ""
    frequency: Line = Field(default="", description="As doctors write it: Once daily, 1-0-1, BD, SOS.")
    duration_days: Days | None = Field(default=None, description="Days.")
    total_quantity_prescribed: (
        Annotated[int, Field(ge=1, le=prescriptions.LARGEST_QUANTITY, description="Pieces."), WHOLE] | None
    ) = None
    instructions: Text = ""


class PrescriptionSent(Sent):
    """A prescription."""

    prescription_date: Day | None = Field(default=None, description="Today, unless it is older.")
    doctor_name: Line = ""
    doctor_phone: Line = ""
    condition_name: Line = ""
    is_chronic: bool = False
    next_followup_date: Day | None = Field(
        default=None, description="When the doctor wants to see them; staff are reminded."
    )
    repeats: Annotated[int, Field(ge=0, le=prescriptions.MOST_REPEATS), WHOLE] | None = Field(
        default=None, description="How often it may be dispensed again."
    )
    notes: Text = ""
    medicines: list[PrescribedSent] = Field(min_length=1, max_length=prescriptions.MOST_MEDICINES)
    again: bool = Field(
        default=False, description="It is meant, although there is one for the same thing of these days."
    )


class PrescribedShown(Shown):
    """One medicine of a prescription."""

    medicine_name: str
    dosage: str
    frequency: str
    duration_days: int | None = Field(description="Days.")
    total_quantity_prescribed: Amount | None = Field(description="Pieces.")
    instructions: str


class Caution(Shown):
    """What a pharmacist should look at."""

    kind: str = Field(description="same_ingredient or interaction.")
    medicines: list[str]
    message: str = Field(description="The ingredient that is in both, or the shop's own advice.")
    severity: str


class PrescriptionShown(Shown):
    """A prescription as it was recorded."""

    id: Number
    customer_id: Number
    prescription_date: Day
    doctor_name: str
    doctor_phone: str
    condition_name: str
    is_chronic: bool
    next_followup_date: Day | None
    repeats: int | None
    notes: str
    status: Literal["active", "ended"]
    medicines: list[PrescribedShown]
    warnings: list[Caution] = Field(description="Only when it is recorded.")
    replaced: list[Number] = Field(description="Older ones that ended with it.")


@resource.post(
    "/api/customers/<int:customer_id>/prescriptions",
    status=201,
    needs=access.MEDICAL,
    example=_EXAMPLE,
    fields=_FIELDS,
)
def record(caller: Caller, customer_id: Number, body: PrescriptionSent) -> PrescriptionShown:
    """Record a prescription.

    Older ones whose medicines are all in it end; the doctor's visit becomes a follow-up.
    """
    customer = access.customer(caller.staff, customer_id)
    written = _written(body)
    return _shown(prescriptions.record(customer, written, staff=caller.staff, at=caller.at, again=body.again))


@resource.get("/api/customers/<int:customer_id>/prescriptions", needs=access.MEDICAL)
def history(caller: Caller, customer_id: Number, query: Paged) -> list[PrescriptionShown]:
    """List the prescriptions of a customer, the newest first.

    The reading is recorded.
    """
    customer = access.customer(caller.staff, customer_id)
    found = prescriptions.of(customer, staff=caller.staff, at=caller.at)
    return [_shown(each) for each in paging.slice_of(found, query)]


def _written(body: PrescriptionSent) -> Written:
    return Written(
        medicines=tuple(_line(each) for each in body.medicines),
        on=body.prescription_date,
        doctor_name=body.doctor_name,
        doctor_phone=body.doctor_phone,
        condition_name=body.condition_name,
        is_chronic=body.is_chronic,
        next_follow_up_on=body.next_followup_date,
        repeats=body.repeats,
        notes=body.notes,
    )


def _line(sent: PrescribedSent) -> Prescribed:
    return Prescribed(
        name=sent.medicine_name,
        dosage=sent.dosage,
        frequency=sent.frequency,
        duration_days=sent.duration_days,
        quantity=sent.total_quantity_prescribed,
        instructions=sent.instructions,
    )


def _shown(recorded: Recorded) -> PrescriptionShown:
    row = recorded.prescription
    return PrescriptionShown.of(
        id=row.serial,
        customer_id=row.customer.serial,
        prescription_date=row.prescribed_on,
        doctor_name=row.doctor_name,
        doctor_phone=row.doctor_phone,
        condition_name=row.condition_name,
        is_chronic=row.is_chronic,
        next_followup_date=row.next_follow_up_on,
        repeats=row.repeats,
        notes=row.notes,
        status=row.state,
        medicines=[_prescribed(each) for each in recorded.medicines],
        warnings=[
            Caution(
                kind=each.kind, medicines=[each.one, each.other], message=each.what, severity=each.severity
            )
            for each in recorded.warnings
        ],
        replaced=[each.serial for each in recorded.replaced],
    )


def _prescribed(row: PrescribedMedicine) -> PrescribedShown:
    return PrescribedShown(
        medicine_name=row.medicine_name,
        dosage=row.dosage,
        frequency=row.frequency,
        duration_days=row.duration_days,
        total_quantity_prescribed=row.quantity,
        instructions=row.instructions,
    )
