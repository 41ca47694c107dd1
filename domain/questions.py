"""What customers ask and no rule answers: it becomes a task, and what staff reply reaches the person."""

from datetime import datetime, timedelta

import company_settings
from clock import now
from domain import contacts, follow_ups, notices, people
from domain import staff as team
from domain.errors import DomainError
from domain.people import Person
from messaging import outbox
from models import Company, FollowUp, InboundMessage, Message, Phone, Staff

# How staff are told of a task, by its kind.
_TOLD_AS = {
    "question": "question_waits",
    "side_effects": "question_waits",
    "danger": "danger_waits",
    "prescription_photo": "photo_waits",
}
SIDE_EFFECTS = "side_effects"
_LONGEST_NOTES = 2000
# So long a person knows that we are at it; then they are told again.
TOLD_FOR = timedelta(hours=6)


def pass_on(phone: Phone, text: str, *, at: datetime, cause: str) -> bool:
    """Give what the person wrote to a member of staff; False when they need not be told so: somebody is
    answering them, or they were told not long ago."""
    is_answered = bool(phone.answered_by_person_until and phone.answered_by_person_until > at)
    _ask_staff(phone, text, "question", at, cause, _open_question(phone))
    return not is_answered and not _told_lately(phone, at)


def call_a_person_now(phone: Phone, text: str, *, at: datetime, cause: str) -> None:
    """Danger: automation for this phone pauses for a day and all staff are told to call
    at once (FEATURES L10)."""
    # A longer rest they asked for stays.
    phone.paused_until = max(phone.paused_until or at, at + timedelta(days=1))
    phone.save(only=["paused_until"])
    _ask_staff(phone, text, "danger", at, cause, None)


def complain(phone: Phone, text: str, *, at: datetime, cause: str) -> None:
    """What a medicine may have done to somebody: a pharmacist is told and contacts them."""
    _ask_staff(phone, text, SIDE_EFFECTS, at, cause, None)


def could_not_answer(phone: Phone, message: InboundMessage) -> None:
    """We failed on this message three times; a person has to see it."""
    _ask_staff(phone, message.body, "question", now(), f"message:{message.id}", None)


def ask_staff(phone: Phone, text: str, kind: str, *, at: datetime, cause: str) -> FollowUp:
    """A task of that kind for whoever looks after the person behind `phone`, who is told of it once."""
    return _ask_staff(phone, text, kind, at, cause, None)


def reply(person: Person, text: str, *, staff: Staff, at: datetime) -> Message:
    """Send staff's own words; the bot holds back for a while and the open question is settled.

    Outside the 24 hours WhatsApp lets us only ask the person to write, then the reply goes by itself.
    Raises `DomainError` `not_sent` for somebody who asked us not to write, or whose number is wrong.
    """
    phone = person.phone
    assert phone is not None
    hours = company_settings.get(person.company, "person_answers_hours")
    phone.answered_by_person_until = at + timedelta(hours=hours)
    phone.save(only=["answered_by_person_until"])
    follow_ups.tick_off(_open_questions(phone), at=at, staff=staff)
    count = Message.select().where(Message.phone == phone, Message.template == "staff_reply").count()
    message = outbox.queue(
        phone, "staff_reply", key=f"reply:{phone.id}:{count + 1}", text=text, staff=staff.name
    )
    if message.state == "cancelled":
        raise DomainError("not_sent", person=person, reason=message.reason)
    if message.reason == "window_closed":
        knock = f"knock:{phone.id}:{at:%Y-%m-%d}"
        outbox.queue(phone, "answer_waits", key=knock, kind="answer", first_name=first_name(person))
    return message


def pause(person: Person, until: datetime) -> None:
    """No reminders or offers to this phone until then."""
    assert person.phone is not None
    person.phone.paused_until = until
    person.phone.save(only=["paused_until"])


def resume(person: Person) -> None:
    """The desk reminds and answers again."""
    assert person.phone is not None
    person.phone.paused_until = None
    person.phone.answered_by_person_until = None
    person.phone.save(only=["paused_until", "answered_by_person_until"])
    outbox.release(person.phone, "paused")
    outbox.release(person.phone, "person_is_answering")


def first_name(person: Person) -> str:
    """How to address somebody: their first name, or nothing we would have to guess."""
    return people.first_name(person.name)


def _ask_staff(
    phone: Phone, text: str, kind: str, at: datetime, cause: str, waiting: FollowUp | None
) -> FollowUp:
    person = _known(phone)
    staff = team.pharmacist(phone.company, person.customer) if kind == SIDE_EFFECTS else None
    staff = staff or _responsible(phone.company, person)
    if waiting is not None:
        _add(waiting, text)
    task = waiting or follow_ups.raise_task(
        phone.company, kind, at=at, person=person, phone=phone, notes=text, staff=staff, cause=cause
    )
    first = task.staff or staff
    # Whoever is in danger is everybody's.
    others = [one for one in team.working(phone.company) if one != first] if kind == "danger" else []
    for teller in [first, *others] if first else []:
        notices.tell(
            teller,
            _TOLD_AS[kind],
            key=f"told:{cause}" if teller == first else f"told:{cause}:{teller.id}",
            kind="staff_alarm" if kind == "danger" else "staff_notice",
            task=task,
            person=person,
            text=text,
        )
    return task


def _add(task: FollowUp, text: str) -> None:
    """One task for all that somebody writes before we answer; nothing of it is lost."""
    task.notes = f"{task.notes}\n{text}".strip()[:_LONGEST_NOTES]
    task.save()


def _known(phone: Phone) -> Person:
    """Whoever is behind the phone; a stranger becomes a contact, so that staff can work with a number."""
    known = people.behind(phone)
    if known:
        return known[0]
    contact = contacts.create(phone.company, phone, name=phone.profile_name or "", source="wrote to us")
    return people.of_contact(contact)


def _responsible(company: Company, person: Person) -> Staff | None:
    """Whose person this is; else whoever has the fewest open tasks."""
    for known in (person.customer, person.contact):
        if known is not None and known.assigned_to and known.assigned_to.is_active:
            return known.assigned_to
    return min(team.working(company), key=_load, default=None)


def _load(staff: Staff) -> int:
    return FollowUp.select().where(FollowUp.staff == staff, FollowUp.state == "open").count()


def _told_lately(phone: Phone, at: datetime) -> bool:
    told = (Message.phone == phone) & (Message.template == "passed_on") & (Message.created_at > at - TOLD_FOR)
    return Message.select().where(told).exists()


def _open_question(phone: Phone) -> FollowUp | None:
    return next((task for task in _open_questions(phone) if task.kind != SIDE_EFFECTS), None)


def _open_questions(phone: Phone) -> list[FollowUp]:
    kinds = FollowUp.kind.in_(["question", "danger", SIDE_EFFECTS])
    asked = (FollowUp.phone == phone) & (FollowUp.state == "open") & kinds
    return list(FollowUp.select().where(asked).order_by(FollowUp.id))
