"""Talks with people: calls, visits, messages, meetings, as staff log them (FEATURES A8)."""

from dataclasses import dataclass
from datetime import datetime

from domain import call_outcomes, contacts, follow_ups, refill_plan
from domain.errors import DomainError
from domain.people import Person
from models import FollowUp, Interaction, RefillReminder, Staff

KINDS = ("call", "visit", "whatsapp", "email", "meeting", "support", "inquiry", "purchase", "education")

# Nobody was spoken with: what the call was for is still to do.
_NOT_REACHED = ("no_answer", "busy")

# Tasks that a call to the person settles.
_SETTLED_BY_A_CALL = (*follow_ups.CALLS, "not_on_whatsapp", "contact_call")


@dataclass(frozen=True)
class Talk:
    """What was said. `seconds` and `outcome` are of a call, which was `answered`, or ended with `no_answer`,
    `busy` or `wrong_number`."""

    kind: str
    notes: str = ""
    response: str = ""
    next_action: str = ""
    seconds: int | None = None
    outcome: str | None = None


def log(person: Person, talk: Talk, *, staff: Staff, at: datetime) -> Interaction:
    """Record a talk; the first one moves a pending contact to contacted, a wrong
    number is never called again."""
    if talk.kind not in KINDS:
        raise DomainError("interaction_kind", said=talk.kind)
    interaction = Interaction.create(
        company=person.company,
        contact=person.contact,
        customer=person.customer,
        staff=staff,
        kind=talk.kind,
        notes=talk.notes,
        response=talk.response,
        next_action=talk.next_action,
        call_seconds=talk.seconds,
        call_outcome=talk.outcome,
        happened_at=at,
    )
    if talk.outcome == "wrong_number":
        _wrong_number(person, at)
    elif person.contact is not None:
        contacts.contacted(person.contact, at)
    if talk.kind == "call" and talk.outcome not in _NOT_REACHED:
        _settle(person, staff, at)
    if talk.kind == "call" and person.customer is not None:
        call_outcomes.note_call(interaction, staff=staff, at=at)
    return interaction


def of(person: Person, limit: int = 5) -> list[Interaction]:
    """The latest talks with this person, newest first."""
    mine = (
        Interaction.contact == person.contact if person.contact else Interaction.customer == person.customer
    )
    if person.contact and person.customer:
        mine = mine | (Interaction.customer == person.customer)
    return list(Interaction.select().where(mine).order_by(Interaction.happened_at.desc()).limit(limit))


def _wrong_number(person: Person, at: datetime) -> None:
    if person.phone is not None:
        person.phone.wrong_number = True
        person.phone.save(only=["wrong_number"])
    if person.contact is not None and person.contact.status != contacts.CONVERTED:
        contacts.nobodys_number(person.contact, at=at)


def _settle(person: Person, staff: Staff, at: datetime) -> None:
    if person.phone is None:
        return
    open_tasks = (FollowUp.phone == person.phone) & (FollowUp.state == "open")
    settled = FollowUp.select().where(open_tasks, FollowUp.kind.in_(_SETTLED_BY_A_CALL))
    follow_ups.tick_off(settled, at=at, staff=staff)
    if person.customer is not None:
        # A call of today says nothing of a refill that is due in a month.
        due = RefillReminder.reminder_on <= refill_plan.today(person.company, at)
        open_refills = (RefillReminder.customer == person.customer) & (RefillReminder.state == "open") & due
        for reminder in list(RefillReminder.select().where(open_refills, RefillReminder.called_at.is_null())):
            reminder.called_at = at
            reminder.save()
