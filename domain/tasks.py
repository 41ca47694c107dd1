"""What a member of staff has to do now, the most urgent first (FEATURES A12)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain import assignments, call_facts, follow_ups, people
from domain.people import Person
from models import Contact, FollowUp, Staff

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
    is_chronic: bool = False

    @property
    def urgency(self) -> tuple[int, int, Decimal, datetime]:
        """Sorts the day; of the calls about refills those come first that matter most (FEATURES C5)."""
        rank = _URGENCY.get(self.kind, _CONTACT if self.follow_up is None else _OTHER)
        worth = Decimal(0)
        if self.kind in follow_ups.CALLS and self.person.customer is not None:
            worth = self.person.customer.total_purchases
        return (rank, int(not self.is_chronic), -worth, self.due_at)


def of(staff: Staff, at: datetime) -> list[Task]:
    """Everything due today or earlier, most urgent first: tasks, promises, contacts to call."""
    until = end_of_day(staff.company.timezone, at)
    open_ones = follow_ups.open_for(staff, until)
    chronic = call_facts.chronic_among([task.customer for task in open_ones if task.kind in follow_ups.CALLS])
    due = [seen(task, chronic) for task in open_ones]
    calls = [_from_contact(contact, at) for contact in assignments.assigned_to(staff)]
    return sorted(due + calls, key=lambda task: task.urgency)


def seen(task: FollowUp, chronic: frozenset[int] | set[int] = frozenset()) -> Task:
    """A follow-up as a line of the day; `chronic` are the ids of customers with a chronic condition."""
    is_chronic = task.kind in follow_ups.CALLS and task.customer_id in chronic
    return Task(task.kind, task.serial, follow_ups.whom(task), task.due_at, task.notes, task, is_chronic)


def end_of_day(zone: str, at: datetime) -> datetime:
    """The last moment of the local day of `at`."""
    local = at.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def _from_contact(contact: Contact, at: datetime) -> Task:
    return Task("contact_call", contact.serial, people.of_contact(contact), at, "", None)
