"""What a member of staff has to do now, the most urgent first (FEATURES A12)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import assignments, follow_ups, people
from domain.people import Person
from models import Contact, FollowUp, Staff

# What somebody waits for comes before what only waits for us.
_URGENCY = {
    "danger": 0,
    "side_effects": 0,
    "question": 1,
    "promise": 2,
    "keep_ready": 3,
    "cost": 4,
    "doctor_changed": 4,
    "refill_call": 4,
    "not_on_whatsapp": 6,
}
_OTHER = 5
_CONTACT = 7


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

    @property
    def urgency(self) -> tuple[int, datetime]:
        """Sorts the day."""
        return (_URGENCY.get(self.kind, _CONTACT if self.follow_up is None else _OTHER), self.due_at)


def of(staff: Staff, at: datetime) -> list[Task]:
    """Everything due today or earlier, most urgent first: tasks, promises, contacts to call."""
    until = end_of_day(staff.company.timezone, at)
    due = [_from_follow_up(task) for task in follow_ups.open_for(staff, until)]
    calls = [_from_contact(contact, at) for contact in assignments.assigned_to(staff)]
    return sorted(due + calls, key=lambda task: task.urgency)


def end_of_day(zone: str, at: datetime) -> datetime:
    """The last moment of the local day of `at`."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def _from_follow_up(task: FollowUp) -> Task:
    return Task(task.kind, task.serial, follow_ups.whom(task), task.due_at, task.notes, task)


def _from_contact(contact: Contact, at: datetime) -> Task:
    return Task("contact_call", contact.serial, people.of_contact(contact), at, "", None)
