"""Things to do for people: promised calls, unanswered questions, people WhatsApp
cannot reach (FEATURES A9)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN, ModelSelect

import apart
from domain import notices
from domain.errors import DomainError
from domain.people import Person
from models import Company, Contact, Customer, FollowUp, Phone, Staff

# What staff promised themselves; all other kinds are what the desk asks of them.
PROMISE = "promise"
# Calls about refills, made by a script.
CALLS = ("refill_call", "call_again")

# A promise further away than this is a slip of the tongue.
FURTHEST = timedelta(days=366)


def remind(person: Person, due_at: datetime, notes: str, *, staff: Staff, at: datetime) -> FollowUp:
    """Promise a follow-up; the member of staff is told when it is due. Raises `DomainError` `moment_past`,
    `moment_far`."""
    if due_at <= at:
        raise DomainError("moment_past")
    if due_at > at + FURTHEST:
        raise DomainError("moment_far")
    return FollowUp.create(
        company=person.company,
        serial=person.company.take_serials(),
        kind=PROMISE,
        contact=person.contact,
        customer=person.customer,
        phone=person.phone,
        staff=staff,
        due_at=due_at,
        notes=notes,
    )


def raise_task(
    company: Company,
    kind: str,
    *,
    at: datetime,
    person: Person | None = None,
    phone: Phone | None = None,
    notes: str = "",
    staff: Staff | None = None,
    cause: str | None = None,
) -> FollowUp:
    """A task the desk gives to staff; the same `cause` makes it once."""
    made = FollowUp.get_or_none(FollowUp.cause == cause) if cause else None
    if made is not None:
        return made
    return FollowUp.create(
        company=company,
        serial=company.take_serials(),
        kind=kind,
        contact=person.contact if person else None,
        customer=person.customer if person else None,
        phone=phone or (person.phone if person else None),
        staff=staff,
        due_at=at,
        notes=notes,
        cause=cause,
    )


def numbered(company: Company, serial: int) -> FollowUp:
    """The task with that permanent number; raises `DomainError` `no_such_task`."""
    task = FollowUp.get_or_none(FollowUp.company == company, FollowUp.serial == serial)
    if task is None:
        raise DomainError("no_such_task", serial=serial)
    return task


def is_open(company: Company, serial: int) -> bool:
    """Whether there is a task with that permanent number and it is still to be done."""
    mine = (FollowUp.company == company) & (FollowUp.serial == serial)
    return bool(FollowUp.select().where(mine, FollowUp.state == "open").exists())


def done(company: Company, serial: int, *, staff: Staff, at: datetime) -> FollowUp:
    """Tick off a task. Raises `DomainError` `no_such_task`, `already_done`."""
    task = numbered(company, serial)
    if task.state != "open":
        raise DomainError("already_done", serial=serial)
    tick_off([task], at=at, staff=staff)
    return task


def tick_off(tasks: Iterable[FollowUp], *, at: datetime, staff: Staff | None = None) -> None:
    """What these tasks asked for is done, by `staff` or by what has happened."""
    _end(tasks, "done", at, staff)


def drop(tasks: Iterable[FollowUp], *, at: datetime) -> None:
    """What these tasks asked for is not wanted any more."""
    _end(tasks, "dropped", at, None)


def _end(tasks: Iterable[FollowUp], state: str, at: datetime, staff: Staff | None) -> None:
    for task in list(tasks):
        task.state, task.done_at, task.done_by = state, at, staff
        # One by one, so that it can be undone.
        task.save()


def settled(phone: Phone, kind: str, *, at: datetime) -> None:
    """What gave these tasks about the people of a phone is past: nobody needs to do them."""
    here = (FollowUp.phone == phone) & (FollowUp.kind == kind) & (FollowUp.state == "open")
    tick_off(FollowUp.select().where(here), at=at)


def open_for(staff: Staff, until: datetime) -> list[FollowUp]:
    """The open tasks of this member of staff and those that are nobody's, due by then, earliest first: no
    more of each than what they are put in order by."""
    mine = FollowUp.staff.is_null() | (FollowUp.staff == staff)
    due = (FollowUp.company == staff.company_id) & (FollowUp.state == "open") & (FollowUp.due_at <= until)
    rows = FollowUp.select(
        FollowUp.id,
        FollowUp.kind,
        FollowUp.due_at,
        FollowUp.customer,
        Customer.id,
        Customer.total_purchases,
        Customer.chronic_conditions,
    )
    rows = rows.join(Customer, JOIN.LEFT_OUTER).where(due & mine)
    return list(rows.order_by(FollowUp.due_at, FollowUp.id))


def with_all(*said: Any) -> "ModelSelect[FollowUp]":
    """Tasks with whom they are about and whose they are, in one question; of those rows all columns, or no
    more than these."""
    rows = FollowUp.select(FollowUp, *(said or (Contact, Customer, Phone, Staff)))
    for other in (Contact, Customer, Phone):
        rows = rows.join_from(FollowUp, other, JOIN.LEFT_OUTER)
    return rows.join_from(FollowUp, Staff, JOIN.LEFT_OUTER, on=FollowUp.staff)


def promised_by(staff: Staff) -> list[FollowUp]:
    """Every open follow-up of this member of staff, earliest first, those of the coming days included."""
    mine = (FollowUp.company == staff.company_id) & (FollowUp.staff == staff) & (FollowUp.state == "open")
    return list(FollowUp.select().where(mine).order_by(FollowUp.due_at, FollowUp.id))


def tell_due(company: Company, at: datetime) -> int:
    """Tell staff of their promises that have fallen due, each once; returns how many were told."""
    due = (FollowUp.company == company) & (FollowUp.state == "open") & (FollowUp.due_at <= at)
    untold = due & FollowUp.notified_at.is_null() & FollowUp.staff.is_null(False)
    tasks = FollowUp.select(FollowUp.id).where(untold).order_by(FollowUp.due_at).limit(200)
    return apart.each([task.id for task in tasks], lambda task_id: _tell(FollowUp.get_by_id(task_id), at))


def _tell(task: FollowUp, at: datetime) -> int:
    mine = (FollowUp.id == task.id) & FollowUp.notified_at.is_null()
    if not FollowUp.update(notified_at=at).where(mine).execute():
        return 0
    staff: Any = task.staff
    notices.tell(staff, "follow_up_due", key=f"follow_up:{task.id}", task=task, person=whom(task))
    return 1


def whom(task: FollowUp) -> Person:
    """The person a task is about."""
    return Person(task.phone, task.contact, task.customer)
