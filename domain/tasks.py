"""What a member of staff has to do now, the most urgent first (FEATURES A12)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain import assignments, call_facts, follow_ups, people
from domain.people import Person
from models import Contact, FollowUp, Phone, Staff

# What somebody waits for comes before what only waits for us.
_URGENCY = {
    "danger": 0,
    "side_effects": 0,
    "died": 1,
    "question": 1,
    "promise": 2,
    "keep_ready": 3,
    "cost": 4,
    "doctor_changed": 4,
    "refill_call": 4,
    "renew": 4,
    "call_again": 4,
    "expected_visit": 5,
    # After it come the contacts nobody has called yet.
    "not_on_whatsapp": 6,
}
_OTHER = 5


class Place(NamedTuple):
    """Where a line stands in the day: the id of a task, or of a contact to call."""

    follow_up: int | None
    contact: int | None


@dataclass(frozen=True)
class Task:
    """One line of the day: `serial` is the task's own number, or the person's where
    there is nothing to tick off."""

    kind: str
    serial: int
    person: Person
    due_at: datetime
    notes: str
    follow_up: FollowUp | None


def ranked(staff: Staff, at: datetime) -> list[Place]:
    """Everything due today or earlier, most urgent first: tasks, promises, contacts to call. A day may be
    long: `read` what is shown of it."""
    open_ones = follow_ups.open_for(staff, end_of_day(staff.company.timezone, at))
    calls = [task.customer for task in open_ones if task.kind in follow_ups.CALLS]
    chronic = call_facts.chronic_among(calls) if calls else set()
    due = sorted(open_ones, key=lambda task: _urgency(task, chronic))
    waiting = [Place(None, contact.id) for contact in assignments.assigned_to(staff)]
    return [Place(task.id, None) for task in due] + waiting


def read(places: list[Place], at: datetime) -> dict[Place, Task]:
    """What stands there, in the same order; who was erased since stands nowhere."""
    wanted = [place.follow_up for place in places if place.follow_up]
    tasks = {row.id: row for row in follow_ups.with_all().where(FollowUp.id.in_(wanted))} if wanted else {}
    called = [place.contact for place in places if place.contact]
    rows = Contact.select(Contact, Phone).join(Phone).where(Contact.id.in_(called))
    contacts = {row.id: row for row in rows} if called else {}
    found = {Place(number, None): seen(task) for number, task in tasks.items()}
    found |= {Place(None, number): _from_contact(contact, at) for number, contact in contacts.items()}
    return {place: found[place] for place in places if place in found}


def seen(task: FollowUp) -> Task:
    """A follow-up as a line of the day."""
    return Task(task.kind, task.serial, follow_ups.whom(task), task.due_at, task.notes, task)


def end_of_day(zone: str, at: datetime) -> datetime:
    """The last moment of the local day of `at`."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def _urgency(task: FollowUp, chronic: set[int]) -> tuple[int, bool, Decimal, datetime]:
    """Sorts the day; of the calls about refills those come first that matter most (FEATURES C5)."""
    called = task.customer if task.kind in follow_ups.CALLS else None
    worth = called.total_purchases if called else Decimal()
    is_chronic = called is not None and called.id in chronic
    return (_URGENCY.get(task.kind, _OTHER), not is_chronic, -worth, task.due_at)


def _from_contact(contact: Contact, at: datetime) -> Task:
    return Task("contact_call", contact.serial, people.of_contact(contact), at, "", None)
