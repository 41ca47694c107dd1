"""Erasing a person: everything goes but a keyed hash, the register the law asks for and nameless books (E12).

At once: the person, what is medical, tasks, reminders, pictures and all that still waits to be sent. Once the
last answer has gone: the messages, the number and what could be undone (`finish`). Purchases stay as figures
without a name, because sums of the shop rest on them; the lines of the Schedule H1 register stay as they are.
"""

from datetime import datetime, timedelta

from peewee import Expression, ForeignKeyField

import models
import storage
from database import Table
from desk_tables import AnsweredRequest, Erasure, Undo
from domain import coverage, notices, undo
from domain import staff as team
from domain.errors import DomainError
from domain.people import Person
from messaging import outbox, suppression
from models import (
    AuditEntry,
    Company,
    ConsentEvent,
    Contact,
    Customer,
    FollowUp,
    Import,
    ImportRow,
    InboundMessage,
    Interaction,
    Media,
    Message,
    Phone,
    Prescription,
    Purchase,
    PurchaseItem,
    ReachEvent,
    RefillReminder,
    RegisterEntry,
    Staff,
)

ERASED = "erased"

# Tables that point to a customer and keep their rows, without a name and without words: books, the work of
# staff, and what keys of messages are made of (SQLite gives the number of a deleted row out again).
KEPT: tuple[type[Table], ...] = (Purchase, PurchaseItem, RefillReminder, Interaction, FollowUp)

# What a customer's row tells of a person.
_NAMELESS = {
    "name": "",
    "email": None,
    "age": None,
    "gender": None,
    "address": None,
    "chronic_conditions": None,
    "allergies": None,
    "primary_doctor": None,
    "notes": None,
    "phone": None,
    "status": ERASED,
}
_NO_LEAD = {
    "name": "",
    "details": None,
    "notes": None,
    "consent_basis": None,
    "status_reason": None,
    "assigned_to": None,
    "customer": None,
}
# So long the last words may take to go.
_AT_MOST = timedelta(days=3)


def erase(person: Person, *, at: datetime, staff: Staff | None = None) -> None:
    """Erase this person; `staff` is the manager who does it, nobody when the person asked by themselves.

    Others on the same phone keep theirs, and the phone. Raises `DomainError` `manager_needed`.
    """
    if staff is not None and staff.role not in team.MANAGERS:
        raise DomainError("manager_needed")
    serial, company, phone = person.serial, person.company, person.phone
    if person.contact is not None:
        _forget_contact(person.contact)
    if person.customer is not None:
        _forget_customer(person.customer)
    if phone is not None and not _is_of_others(phone):
        _let_go(phone, at)
    AuditEntry.create(company=company, staff=staff, action=ERASED, subject=f"#{serial}", happened_at=at)
    notices.tell_managers(company, "erased_notice", key=f"erased:{serial}:{at:%Y%m%d%H%M%S}", serial=serial)


def finish(company: Company, at: datetime) -> int:
    """Forget the numbers and messages of those who were erased, once nothing waits to be sent to them."""
    waiting = (Erasure.company == company) & Erasure.phone.is_null(False)
    finished = 0
    for erasure in list(Erasure.select().where(waiting, Erasure.erased_at < at - undo.LASTS)):
        phone = erasure.phone
        assert phone is not None
        if not _is_waited_for(phone) or erasure.erased_at < at - _AT_MOST:
            _forget_phone(phone, erasure.erased_at + undo.LASTS)
            erasure.phone = None
            erasure.save()
            finished += 1
    return finished


def tables_of_a_customer() -> list[tuple[type[Table], str]]:
    """Every table that points to a customer, and by which field."""
    return [
        (table, field.name)
        for table in models.TABLES
        for field in table._meta.sorted_fields
        if isinstance(field, ForeignKeyField) and field.rel_model is Customer
    ]


def _forget_customer(customer: Customer) -> None:
    _forget_pictures(FollowUp.customer == customer, Prescription.customer == customer)
    _unname_work(customer=customer)
    ended = {"state": "ended", "ended_because": ERASED, "phone": None, "answer": None, "next_step_on": None}
    RefillReminder.update(**ended).where(RefillReminder.customer == customer).execute()
    bought = Purchase.select().where(Purchase.customer == customer)
    RegisterEntry.update(purchase=None).where(RegisterEntry.purchase.in_(bought)).execute()
    for table, name in tables_of_a_customer():
        if table not in KEPT:
            for row in list(table.select().where(getattr(table, name) == customer)):
                row.delete_instance(recursive=True)
    Customer.update(**_NAMELESS).where(Customer.id == customer.id).execute()
    coverage.renew(customer)


def _forget_contact(contact: Contact) -> None:
    _forget_pictures(FollowUp.contact == contact)
    _unname_work(contact=contact)
    sheets = Import.select(Import.id).where(Import.company == contact.company_id)
    same = (ImportRow.address == contact.phone.address) & ImportRow.sheet.in_(sheets)
    ImportRow.update(address=None, name="", details=None, notes=None, before=None).where(same).execute()
    status = contact.status if contact.status == "converted" else "inactive"
    Contact.update(**_NO_LEAD, status=status).where(Contact.id == contact.id).execute()


def _unname_work(**whose: Table) -> None:
    """That a member of staff did it stays; with whom, and what was said, goes."""
    [(name, row)] = whose.items()
    talks, tasks = getattr(Interaction, name) == row, getattr(FollowUp, name) == row
    said = {"notes": "", "response": "", "next_action": "", "contact": None, "customer": None}
    Interaction.update(**said).where(talks).execute()
    _drop(tasks)


def _drop(tasks: Expression) -> None:
    FollowUp.update(state=ERASED).where(tasks, FollowUp.state == "open").execute()
    blank = {"notes": "", "cause": None, "media": None, "contact": None, "customer": None, "phone": None}
    FollowUp.update(**blank).where(tasks).execute()


def _forget_pictures(tasks: Expression, prescriptions: Expression | None = None) -> None:
    found = {row.media_id for row in FollowUp.select(FollowUp.media).where(tasks)}
    if prescriptions is not None:
        found |= {row.media_id for row in Prescription.select(Prescription.media).where(prescriptions)}
    for media in Media.select().where(Media.id.in_(found)):
        storage.forget(media.storage_name)
    Media.update(file_name="", size=0).where(Media.id.in_(found)).execute()


def _is_of_others(phone: Phone) -> bool:
    return Customer.select().where(Customer.phone == phone).exists()


def _let_go(phone: Phone, at: datetime) -> None:
    """Nothing goes to it any more but the answer to what it wrote."""
    for message in list(Message.select().where(Message.phone == phone, Message.state == "queued")):
        outbox.cancel(message, ERASED)
    _drop(FollowUp.phone == phone)
    phone.reminders_allowed = phone.promotions_allowed = False
    phone.profile_name = None
    phone.save(only=["reminders_allowed", "promotions_allowed", "profile_name"])
    suppression.note(phone, at)


def _is_waited_for(phone: Phone) -> bool:
    going = (Message.phone == phone) & Message.state.in_(["queued", "sending", "uncertain"])
    return Message.select().where(going).exists()


def _forget_phone(phone: Phone, until: datetime) -> None:
    said = (Message.phone == phone) & (Message.created_at < until)
    Message.update(body="", facts={}, media=None).where(said).execute()
    heard = (InboundMessage.phone == phone) & (InboundMessage.received_at < until)
    gone: dict[str, object] = {
        "body": "",
        "media": [],
        "profile_name": None,
        "from_address": f"erased:{phone.id}",
    }
    InboundMessage.update(**gone).where(heard).execute()
    for table in (ConsentEvent, ReachEvent):
        table.delete().where(table.phone == phone, table.happened_at < until).execute()
    # Answers to programs and what could be undone may tell of anybody.
    ours = Staff.select(Staff.id).where(Staff.company == phone.company_id)
    told = (AnsweredRequest.created_at < until) & AnsweredRequest.staff.in_(ours)
    AnsweredRequest.delete().where(told).execute()
    Undo.delete().where(Undo.company == phone.company_id, Undo.done_at < until).execute()
    if not (phone.last_inbound_at and phone.last_inbound_at > until):
        # Whoever has written since is somebody we know again.
        blank = {"address": f"erased:{phone.id}", "profile_name": None, "asking": None, "about": None}
        Phone.update(**blank).where(Phone.id == phone.id).execute()
