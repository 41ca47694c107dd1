"""The right number of somebody: what a wrong one ended begins again, and what they wished goes along."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain import (
    contacts,
    customers,
    deliveries,
    departures,
    follow_ups,
    refill_cycles,
    refill_plan,
    refills,
    scopes,
)
from domain.errors import DomainError
from domain.people import Person
from domain.refill_plan import Step
from messaging import consent, outbox
from models import Company, Contact, Customer, FollowUp, Message, Phone, RefillReminder, Staff
from statements import lock_in_order


@dataclass(frozen=True)
class NewNumber:
    """Whose number is `phone` now; `begun` are the refills that are reminded of again, `others` the living
    customers who share it."""

    person: Person
    phone: Phone
    begun: list[RefillReminder] = field(default_factory=list)
    others: list[Customer] = field(default_factory=list)


def give(person: Person, phone: Phone, *, staff: Staff, at: datetime) -> NewNumber:
    """From now on `phone` is where this customer, or this contact who is none yet, is called and written to.

    Others on the former number stay there. Who said STOP on it is not written to on the new one either; an
    agreement to reminders goes along, one to offers does not. The number they have may be given to say that
    it is right after all. Raises `DomainError` `not_your_customer`, `same_number`, `customer_known`,
    `lead_there` where the contact has to have a number of its own, `stop_shared`.
    """
    if person.customer is not None:
        scopes.check(staff, person.customer)
    lock_in_order(Company, [person.company.id])
    lead, before = _lead(person), (person.customer or person).phone
    _check(Person(before, lead, person.customer), phone)
    _make_theirs(phone, before, alone=not customers.behind(phone), at=at)
    if before is not None and before != phone:
        consent.carry_over(before, phone, staff=staff, at=at)
    if lead is not None:
        contacts.found_again(lead, phone, at=at)
    begun = _move(person.customer, before, phone, at) if person.customer is not None else []
    now = Person(phone, lead, person.customer)
    _see_to_tasks(now, staff=staff, at=at)
    if before is not None and before.opted_out_at and not phone.opted_out_at:
        deliveries.opted_in(phone, at=at)
    others = [one for one in departures.living(phone) if one != person.customer]
    return NewNumber(now, phone, begun, others)


def _lead(person: Person) -> Contact | None:
    """The contact who is this very person: a customer has the number in our lists that the contact had."""
    if person.customer is None:
        return person.contact
    same = (Contact.company == person.company) & (Contact.serial == person.customer.serial)
    return Contact.get_or_none(Contact.customer == person.customer) or Contact.get_or_none(same)


def _check(person: Person, phone: Phone) -> None:
    if phone == person.phone:
        if phone.wrong_number:
            return
        raise DomainError("same_number", person=person)
    there = customers.behind(phone)
    # A lead behind a customer's phone would be taken for that customer.
    known = customers.named(there, person.name) if person.customer else next(iter(there), None)
    if known is not None:
        raise DomainError("customer_known", customer=known)
    stranger = Contact.get_or_none(Contact.phone == phone) if person.contact is not None else None
    if stranger is not None and stranger != person.contact:
        raise DomainError("lead_there", contact=stranger)
    if there and person.phone is not None and consent.takes_stop_along(person.phone, phone):
        raise DomainError("stop_shared", person=person, customer=there[0])


def _make_theirs(phone: Phone, before: Phone | None, *, alone: bool, at: datetime) -> None:
    """It is nobody's wrong number any more; whose it is alone is written to as before: in their language, and
    not while they rest."""
    phone.wrong_number = False
    if before is not None and alone:
        phone.language = phone.language or before.language
        if before.paused_until is not None and before.paused_until > at:
            phone.paused_until = max(before.paused_until, phone.paused_until or at)
    phone.save(only=["wrong_number", "language", "paused_until"], undoable=True)


def _move(customer: Customer, before: Phone | None, phone: Phone, at: datetime) -> list[RefillReminder]:
    if before is not None and before != phone:
        _take_back_words(customer, before, at)
    customer.phone = phone
    customer.save()
    today = refill_plan.today(customer.company, at)
    was_silent = before is None or before.opted_out_at is not None
    for reminder in refills.of_customer(customer):
        reminder.phone = phone
        if was_silent or phone.opted_out_at is not None:
            refill_cycles.plan(reminder, reminder.runs_out_on, after=today)
        reminder.save()
    return refill_cycles.begin_all_again(customer, refills.WRONG_NUMBER, at=at)


def _take_back_words(customer: Customer, before: Phone, at: datetime) -> None:
    """What waits for the former number about nobody else's refills is not said there, but on the new one."""
    for message in refills.waiting_words(before):
        spoken_of = refills.covered(message)
        is_theirs = bool(spoken_of) and all(one.customer_id == customer.id for one in spoken_of)
        if is_theirs and outbox.cancel(message, "new_number"):
            for reminder in spoken_of:
                _say_again(reminder, message, at)


def _say_again(reminder: RefillReminder, message: Message, at: datetime) -> None:
    if reminder.state != refills.OPEN:
        return
    said, today = message.key.removeprefix("sms:").split(":")[2], refill_plan.today(reminder.company, at)
    # What was said on a chosen day or by hand has that day in its key.
    is_rung = said in refill_plan.WRITTEN
    step = Step(said, today) if is_rung else Step(refill_plan.LATER, today + timedelta(days=1))
    refill_plan.go_on_with(reminder, step)
    reminder.messages_sent = max(reminder.messages_sent - 1, 0)
    reminder.save()


def _see_to_tasks(person: Person, *, staff: Staff, at: datetime) -> None:
    """The number is found; whatever else is to be done for them is done under it."""
    whose = FollowUp.customer == person.customer if person.customer else FollowUp.contact == person.contact
    tasks = list(FollowUp.select().where(whose, FollowUp.state == "open"))
    follow_ups.tick_off([task for task in tasks if task.kind == "wrong_number"], at=at, staff=staff)
    for task in tasks:
        if task.kind != "wrong_number":
            task.phone = person.phone
            task.save()
