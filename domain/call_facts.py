"""What one should know before a call: visits, conditions, medicines, what falls due (FEATURES C4)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from peewee import JOIN

import company_settings
from domain import refill_plan, refills
from models import Customer, MedicalCondition, PrescribedMedicine, Prescription, RefillReminder

# Appointments further ahead are not for this call.
_LOOKS_AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Appointment:
    """`kind` is doctor_visit or health_checkup, `subject` the condition it is for; `on` may be past."""

    kind: str
    subject: str
    on: date


@dataclass(frozen=True)
class Facts:
    """`due` are medicines to be refilled with the day they run out; `medications` are pairs of name and how
    often, "" where nobody said; dates are local."""

    visits: int
    total: Decimal
    last_visit_on: date | None
    conditions: tuple[str, ...]
    medications: tuple[tuple[str, str], ...]
    due: tuple[tuple[str, date], ...]
    appointments: tuple[Appointment, ...]
    is_visit_overdue: bool
    buys_brands: bool
    delivers: bool

    @property
    def priority(self) -> str:
        """high: a chronic condition and a refill that is due; medium: a refill due, a visit or an appointment
        missed; low: all else (seed 002)."""
        if self.due and self.conditions:
            return "high"
        return "medium" if self.due or self.is_visit_overdue else "low"

    def as_content(self) -> dict[str, Any]:
        """The same as plain JSON, as a script keeps it."""
        return {
            "visits": self.visits,
            "total": str(self.total),
            "last_visit_on": self.last_visit_on and self.last_visit_on.isoformat(),
            "conditions": list(self.conditions),
            "medications": [list(pair) for pair in self.medications],
            "due": [[name, on.isoformat()] for name, on in self.due],
            "appointments": [[each.kind, each.subject, each.on.isoformat()] for each in self.appointments],
            "points": self.points(),
        }

    def points(self) -> list[str]:
        """What to say, in the order to say it; the words of each are templates/messages/script_point.txt."""
        wanted = {
            "new_customer": self.visits == 0,
            "visits": self.visits > 0,
            "long_away": self.is_visit_overdue and not self.due,
            "due": bool(self.due),
            "keep_on": bool(self.due),
            "care": bool(self.conditions),
            "appointments": bool(self.appointments),
            "counselling": bool(self.medications),
            "generics": self.buys_brands,
            "prices": True,
            "delivery": self.delivers,
        }
        return [point for point, is_wanted in wanted.items() if is_wanted]


def gather(customer: Customer, at: datetime, reminders: list[RefillReminder] | None = None) -> Facts:
    """All that is known of `customer` at that moment; `reminders` are the open ones, if at hand."""
    today = refill_plan.today(customer.company, at)
    conditions, prescribed = _conditions(customer), _prescribed(customer)
    prescriptions = list({row.id: row for row in prescribed}.values())
    if reminders is None:
        reminders = refills.of_customer(customer)
    appointments = _appointments(conditions, prescriptions, today)
    late = any(appointment.on < today for appointment in appointments)
    return Facts(
        visits=customer.total_visits,
        total=customer.total_purchases,
        last_visit_on=customer.last_visit_on,
        conditions=_chronic(customer, conditions, prescriptions),
        medications=_medications(prescribed, reminders),
        due=tuple((one.medicine.name, one.runs_out_on) for one in _due(customer, reminders, today)),
        appointments=appointments,
        is_visit_overdue=late or _has_stayed_away(customer, today),
        buys_brands=customer.category == "regular_branded" and not customer.prefers_generic,
        delivers=company_settings.get(customer.company, "home_delivery"),
    )


def chronic_among(customers: list[Customer | None]) -> set[int]:
    """The ids of those who live with a chronic condition, as far as noted."""
    ids = [customer.id for customer in customers if customer is not None]
    noted = (MedicalCondition.kind == "chronic") & (MedicalCondition.state == "active")
    conditions = MedicalCondition.select(MedicalCondition.customer).where(
        MedicalCondition.customer.in_(ids), noted
    )
    prescriptions = Prescription.select(Prescription.customer).where(
        Prescription.customer.in_(ids), Prescription.state == "active", Prescription.is_chronic
    )
    told = {each.id for each in customers if each is not None and each.chronic_conditions}
    return {row.customer_id for row in (*conditions, *prescriptions)} | told


def _conditions(customer: Customer) -> list[MedicalCondition]:
    known = (MedicalCondition.customer == customer) & (MedicalCondition.state == "active")
    spoken_of = (MedicalCondition.name, MedicalCondition.kind, MedicalCondition.next_checkup_on)
    return list(MedicalCondition.select(*spoken_of).where(known).order_by(MedicalCondition.id))


def _prescribed(customer: Customer) -> list[Prescription]:
    """Current prescriptions, once with each of their lines as `line`, or once without any."""
    current = (Prescription.customer == customer) & (Prescription.state == "active")
    spoken_of = (
        Prescription.id,
        Prescription.condition_name,
        Prescription.is_chronic,
        Prescription.next_follow_up_on,
        PrescribedMedicine.id,
        PrescribedMedicine.medicine,
        PrescribedMedicine.medicine_name,
        PrescribedMedicine.frequency,
    )
    rows = Prescription.select(*spoken_of).join(PrescribedMedicine, JOIN.LEFT_OUTER, attr="line")
    return list(rows.where(current).order_by(Prescription.id))


def _chronic(
    customer: Customer, conditions: list[MedicalCondition], prescriptions: list[Prescription]
) -> tuple[str, ...]:
    """Chronic conditions from wherever they were noted, each once."""
    noted = [condition.name for condition in conditions if condition.kind == "chronic"]
    prescribed = [each.condition_name for each in prescriptions if each.is_chronic]
    told = (customer.chronic_conditions or "").replace(";", ",").split(",")
    names = [" ".join(name.split()) for name in (*noted, *prescribed, *told)]
    return tuple({name.casefold(): name for name in reversed(names) if name}.values())[::-1]


def _medications(
    prescribed: list[Prescription], reminders: list[RefillReminder]
) -> tuple[tuple[str, str], ...]:
    """What is prescribed now, then what else is refilled regularly."""
    rows = sorted((row.line for row in prescribed if row.line), key=lambda line: line.id)
    how_often = {row.medicine_name: row.frequency for row in rows}
    known = {row.medicine_id for row in rows}
    for reminder in reminders:
        if reminder.medicine_id not in known:
            how_often.setdefault(reminder.medicine.name, "")
    return tuple(how_often.items())


def due(customer: Customer, today: date) -> list[RefillReminder]:
    """What one speaks about in one call: medicines in the due list, and those that come into it in the days
    that make one basket (DESIGN §7)."""
    return _due(customer, refills.of_customer(customer), today)


def _due(customer: Customer, reminders: list[RefillReminder], today: date) -> list[RefillReminder]:
    until = today + timedelta(days=company_settings.get(customer.company, "basket_days"))
    return [one for one in reminders if one.reminder_on <= until]


def _appointments(
    conditions: list[MedicalCondition], prescriptions: list[Prescription], today: date
) -> tuple[Appointment, ...]:
    visits = [
        Appointment("doctor_visit", each.condition_name, each.next_follow_up_on)
        for each in prescriptions
        if each.next_follow_up_on
    ]
    checkups = [
        Appointment("health_checkup", each.name, each.next_checkup_on)
        for each in conditions
        if each.next_checkup_on
    ]
    near = [one for one in visits + checkups if one.on <= today + _LOOKS_AHEAD]
    return tuple(sorted(near, key=lambda one: one.on))


def _has_stayed_away(customer: Customer, today: date) -> bool:
    if customer.last_visit_on is None:
        return False
    away = timedelta(days=company_settings.get(customer.company, "visit_overdue_after"))
    return bool(customer.last_visit_on + away < today)
