"""Prescriptions: what a doctor wrote, recorded whole or not at all (FEATURES C1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain import (
    care_follow_ups,
    doses,
    medical_access,
    medicine_warnings,
    medicines,
    refill_cycles,
    refill_plan,
)
from domain.errors import DomainError
from domain.medicine_warnings import Warned
from models import Customer, FollowUp, Media, Medicine, PrescribedMedicine, Prescription, Staff
from rows import knowing

ACTIVE = "active"
ENDED = "ended"

LONGEST_DAYS = 730
LARGEST_QUANTITY = 10_000
MOST_REPEATS = 24
MOST_MEDICINES = 30
# What is older is history nobody buys on.
_OLDEST = timedelta(days=10 * 366)
# Two for the same thing within so many days are asked about.
_SAME_DAYS = timedelta(days=3)


@dataclass(frozen=True)
class Prescribed:
    """One line as the doctor wrote it; what was not said is empty or None."""

    name: str
    dosage: str = ""
    frequency: str = ""
    duration_days: int | None = None
    quantity: Decimal | int | None = None
    instructions: str = ""


@dataclass(frozen=True)
class Written:
    """A prescription before it is recorded; `on` is a local date, today if not said."""

    medicines: tuple[Prescribed, ...]
    on: date | None = None
    doctor_name: str = ""
    doctor_phone: str = ""
    condition_name: str = ""
    is_chronic: bool = False
    next_follow_up_on: date | None = None
    repeats: int | None = None
    notes: str = ""
    media: Media | None = None


@dataclass(frozen=True)
class Recorded:
    """A prescription with its lines, what a pharmacist should look at, and the doctor's visit planned."""

    prescription: Prescription
    medicines: list[PrescribedMedicine]
    warnings: list[Warned] = field(default_factory=list)
    follow_up: FollowUp | None = None
    replaced: list[Prescription] = field(default_factory=list)


def record(
    customer: Customer, written: Written, *, staff: Staff, at: datetime, again: bool = False
) -> Recorded:
    """Record what a doctor wrote; older ones whose medicines are all in it are ended.

    `again`: it is meant although there is one for the same thing of these days. Raises `DomainError`:
    `medical_closed`, `not_your_customer`, `rx_no_medicines`, `rx_date_future`, `rx_date_old`,
    `follow_up_before`, `follow_up_far`, `duration`, `quantity`, `rx_repeats`,
    `unknown_medicine`, `rx_repeated`.
    """
    medical_access.check(customer, staff)
    today = refill_plan.today(customer.company, at)
    _check(written, written.on or today, today)
    known = [medicines.find_or_create(customer.company, line.name) for line in written.medicines]
    before = _active(customer)
    if not again:
        _check_is_new(written, written.on or today, known, before)
    prescription = _create(customer, written, written.on or today, staff, at)
    lines = [_line(prescription, *pair) for pair in zip(written.medicines, known, strict=True)]
    replaced = _replaced(prescription, known, before)
    refill_cycles.prescribed(customer, known, at=at)
    return Recorded(
        prescription,
        lines,
        medicine_warnings.of(prescription, today),
        _plan_visit(prescription, staff, at),
        replaced,
    )


def of(customer: Customer, *, staff: Staff, at: datetime) -> list[Recorded]:
    """The prescriptions of a customer, newest first; the reading is recorded.

    Raises `DomainError` `medical_closed`, `not_your_customer`.
    """
    medical_access.open_record(customer, staff=staff, at=at)
    rows = Prescription.select().where(Prescription.customer == customer)
    ordered = rows.order_by(Prescription.prescribed_on.desc(), Prescription.id.desc())
    written = [knowing(row, customer=customer) for row in ordered]
    all_lines = PrescribedMedicine.select().where(PrescribedMedicine.prescription.in_(written))
    lines_of = defaultdict(list)
    for line in all_lines.order_by(PrescribedMedicine.id) if written else ():
        lines_of[line.prescription_id].append(line)
    return [Recorded(row, lines_of[row.id]) for row in written]


def numbered(staff: Staff, serial: int) -> Prescription:
    """The prescription with that permanent number; raises `DomainError` `no_such_prescription`."""
    found = Prescription.get_or_none(Prescription.company == staff.company_id, Prescription.serial == serial)
    if found is None:
        raise DomainError("no_such_prescription", serial=serial)
    return found


def lines(prescription: Prescription) -> list[PrescribedMedicine]:
    """Its medicines in the order they were written."""
    return list(prescription.medicines.order_by(PrescribedMedicine.id))


def end(prescription: Prescription, *, staff: Staff, at: datetime) -> None:
    """It is followed no longer; the visit planned for it is dropped."""
    medical_access.check(prescription.customer, staff)
    _end(prescription, at)


def supply_days(line: PrescribedMedicine | Prescribed) -> int | None:
    """How many days the quantity lasts at the frequency; None where either is unknown."""
    a_day = doses.per_day(line.frequency)
    if a_day is None or line.quantity is None:
        return None
    return int(Decimal(line.quantity) * a_day.denominator / a_day.numerator)


def _check(written: Written, on: date, today: date) -> None:
    if not written.medicines or len(written.medicines) > MOST_MEDICINES:
        raise DomainError("rx_no_medicines", most=MOST_MEDICINES)
    if on > today:
        raise DomainError("rx_date_future", on=on)
    if on < today - _OLDEST:
        raise DomainError("rx_date_old", on=on)
    if written.next_follow_up_on:
        if written.next_follow_up_on < on:
            raise DomainError("follow_up_before", on=written.next_follow_up_on, prescribed_on=on)
        care_follow_ups.check_day(written.next_follow_up_on, today)
    if written.repeats is not None and not 0 <= written.repeats <= MOST_REPEATS:
        raise DomainError("rx_repeats", said=written.repeats, most=MOST_REPEATS)
    for number, line in enumerate(written.medicines):
        _check_line(number, line)


def _check_line(number: int, line: Prescribed) -> None:
    if not any(letter.isalpha() for letter in line.name):
        raise DomainError("unknown_medicine", said=line.name, line=number)
    if line.duration_days is not None and not 0 < line.duration_days <= LONGEST_DAYS:
        raise DomainError("duration", medicine=line.name, said=str(line.duration_days), line=number)
    if line.quantity is not None and not 0 < line.quantity <= LARGEST_QUANTITY:
        raise DomainError("quantity", medicine=line.name, said=str(line.quantity), line=number)


def _active(customer: Customer) -> list[Prescription]:
    mine = (Prescription.customer == customer) & (Prescription.state == ACTIVE)
    return list(Prescription.select().where(mine).order_by(Prescription.id))


def _check_is_new(written: Written, on: date, known: list[Medicine], before: list[Prescription]) -> None:
    for one in before:
        if abs(one.prescribed_on - on) > _SAME_DAYS:
            continue
        is_same_condition = bool(written.condition_name) and _same(written.condition_name, one.condition_name)
        if is_same_condition or _supplies([one]) & _compositions(known):
            raise DomainError("rx_repeated", serial=one.serial, on=one.prescribed_on)


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _create(customer: Customer, written: Written, on: date, staff: Staff, at: datetime) -> Prescription:
    return Prescription.create(
        company=customer.company,
        serial=customer.company.take_serials(),
        customer=customer,
        staff=staff,
        doctor_name=written.doctor_name.strip(),
        doctor_phone=written.doctor_phone.strip(),
        condition_name=written.condition_name.strip(),
        is_chronic=written.is_chronic,
        prescribed_on=on,
        next_follow_up_on=written.next_follow_up_on,
        repeats=written.repeats,
        notes=written.notes.strip(),
        media=written.media,
        created_at=at,
    )


def _line(prescription: Prescription, line: Prescribed, medicine: Medicine) -> PrescribedMedicine:
    return PrescribedMedicine.create(
        prescription=prescription,
        medicine=medicine,
        medicine_name=" ".join(line.name.split()),
        dosage=line.dosage.strip(),
        frequency=line.frequency.strip(),
        duration_days=line.duration_days,
        quantity=line.quantity,
        instructions=line.instructions.strip(),
    )


def _replaced(new: Prescription, known: list[Medicine], before: list[Prescription]) -> list[Prescription]:
    """Those of before whose every medicine goes on in the new one, ended."""
    older = [one for one in before if one.prescribed_on <= new.prescribed_on]
    replaced = [one for one in older if (_supplies([one]) or {""}) <= _compositions(known)]
    for one in replaced:
        _end(one, new.created_at)
    return replaced


def _end(prescription: Prescription, at: datetime) -> None:
    prescription.state = ENDED
    prescription.save()
    if prescription.next_follow_up_on:
        care_follow_ups.drop(_cause(prescription), at)


def _supplies(some: list[Prescription]) -> set[str]:
    return _compositions(line.medicine for one in some for line in lines(one) if line.medicine)


def _compositions(some: Iterable[Medicine]) -> set[str]:
    return {medicines.of(medicine).composition for medicine in some}


def _plan_visit(prescription: Prescription, staff: Staff, at: datetime) -> FollowUp | None:
    on = prescription.next_follow_up_on
    if on is None:
        return None
    return care_follow_ups.plan(
        prescription.customer,
        care_follow_ups.DOCTOR_VISIT,
        on,
        cause=_cause(prescription),
        staff=staff,
        at=at,
    )


def _cause(prescription: Prescription) -> str:
    return f"prescription:{prescription.id}:{prescription.next_follow_up_on}"
