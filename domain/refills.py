"""Refill reminders: made and ended by purchases, listed when they are due, marked by staff (DESIGN §7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import JOIN, ModelSelect, Tuple

from domain import follow_ups, orders, people, refill_plan, scopes
from domain import staff as team
from domain.errors import DomainError
from messaging import outbox
from models import (
    Company,
    Customer,
    Medicine,
    Message,
    Phone,
    Purchase,
    RefillReminder,
    Staff,
)
from rows import knowing

OPEN = "open"
# Why a ladder ended that begins again once that is past.
STOPPED = "stopped"
WRONG_NUMBER = "wrong_number"
ENDED = "ended"


# More than so many are "1000 and more": nobody counts further.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Due:
    """One line of the due list; `days_left` is negative once the supply has run out."""

    reminder: RefillReminder
    days_left: int

    @property
    def customer(self) -> Customer:
        """Whose it is; `customer.phone` is where to call."""
        return self.reminder.customer

    @property
    def is_whatsapp_sent(self) -> bool:
        """Whether a message about it was written and not refused."""
        return self.reminder.whatsapp_sent_at is not None

    @property
    def is_called(self) -> bool:
        """Whether staff noted a call."""
        return self.reminder.called_at is not None

    @property
    def response(self) -> str | None:
        """What the customer answered, by its meaning (`keep_ready`, `later`, `have_stock` …)."""
        return self.reminder.answer

    @property
    def key(self) -> tuple[date, int]:
        """Where the next page begins (`Wanted.after`)."""
        return (self.reminder.reminder_on, self.reminder.id)


@dataclass(frozen=True)
class Wanted:
    """Which lines of a due list: those behind the key `after`, open to `seen_by`, not answered yet."""

    after: tuple[date, int] | None = None
    seen_by: Staff | None = None
    unanswered: bool = False


def due(company: Company, on: date, days: int, limit: int = 100, where: Wanted = Wanted()) -> list[Due]:
    """Who runs out soon or has run out: `reminder_on` up to `days` after `on`, overdue ones included.

    In the order of `key`, at most `limit`; the next page is the one after the last line's `key`.
    """
    rows = due_query(company, on, days, where).limit(limit)
    return [Due(reminder, (reminder.runs_out_on - on).days) for reminder in rows]


def due_query(
    company: Company, on: date, days: int, where: Wanted = Wanted()
) -> "ModelSelect[RefillReminder]":
    """The same as a query: an index range whose cost follows what is asked for, not what is stored."""
    rows = (
        RefillReminder.select(RefillReminder, Customer, Medicine, Phone)
        .join_from(RefillReminder, Customer)
        .join_from(RefillReminder, Medicine)
        .join_from(Customer, Phone, JOIN.LEFT_OUTER)
        .where(RefillReminder.company == company, RefillReminder.state == OPEN)
        .where(RefillReminder.reminder_on <= on + timedelta(days=days))
    )
    if where.after is not None:
        rows = rows.where(Tuple(RefillReminder.reminder_on, RefillReminder.id) > where.after)
    if where.seen_by is not None:
        rows = rows.where(scopes.open_to(where.seen_by, Customer.assigned_to))
    if where.unanswered:
        rows = rows.where(RefillReminder.answered_at.is_null())
    return rows.order_by(RefillReminder.reminder_on, RefillReminder.id)


def count_due(company: Company, on: date, days: int, where: Wanted = Wanted()) -> int:
    """How many `due` would give without a limit to those who may see them; counted up to `MOST_COUNTED`."""
    wanted = (RefillReminder.company == company) & (RefillReminder.state == OPEN)
    some = RefillReminder.select(RefillReminder.id).where(
        wanted, RefillReminder.reminder_on <= on + timedelta(days=days)
    )
    if where.seen_by is not None and where.seen_by.role not in team.MANAGERS:
        some = some.join(Customer).where(scopes.open_to(where.seen_by, Customer.assigned_to))
    return some.limit(MOST_COUNTED).count()


def numbered(company: Company, serial: int) -> RefillReminder:
    """The reminder with that permanent number; raises `DomainError` `no_such_refill`."""
    rows = RefillReminder.select(RefillReminder, Customer, Medicine, Phone)
    rows = rows.join_from(RefillReminder, Customer).join_from(RefillReminder, Medicine)
    rows = rows.join_from(RefillReminder, Phone, JOIN.LEFT_OUTER)
    reminder = rows.where(RefillReminder.company == company, RefillReminder.serial == serial).get_or_none()
    if reminder is None:
        raise DomainError("no_such_refill", serial=serial)
    return knowing(reminder, company=company)


def called(reminder: RefillReminder, *, at: datetime) -> None:
    """Staff have called about it. Raises `DomainError` `refill_ended`."""
    must_be_open(reminder)
    reminder.called_at = at
    reminder.save()


def responded(reminder: RefillReminder, *, at: datetime, answer: str = "responded") -> None:
    """The customer has answered, whatever it was. Raises `DomainError` `refill_ended`."""
    must_be_open(reminder)
    before = orders.status(reminder)
    reminder.answer, reminder.answered_at, reminder.silent_cycles = answer, at, 0
    reminder.save()
    orders.answered(reminder, before, at)


def end(reminder: RefillReminder, because: str, at: datetime) -> None:
    """Nothing more is said about this supply; `ended_because` keeps why, `purchased:7` by which purchase."""
    close(reminder, because, at)
    reminder.save()
    if reminder.phone is not None:
        take_back_words(reminder.phone)


def close(reminder: RefillReminder, because: str, at: datetime) -> None:
    """The same for who saves the reminder, and then takes back the words that wait."""
    before, is_bought = orders.status(reminder), because.startswith("purchased")
    reminder.state, reminder.ended_because, reminder.ended_at = ENDED, because, at
    refill_plan.go_on_with(reminder, None)
    if reminder.reserved_at and not is_bought:
        ask_to_put_back(reminder, at)
    orders.ended(reminder, before, at, bought=is_bought)


def ask_to_put_back(reminder: RefillReminder, at: datetime) -> None:
    """What was set aside will not be fetched: a task for who did it. Saved by the caller."""
    follow_ups.raise_task(
        reminder.company,
        "put_back",
        at=at,
        person=people.of_customer(reminder.customer),
        notes=reminder.medicine.name,
        staff=reminder.reserved_by,
        cause=f"put_back:{reminder.id}:{reminder.reserved_until}",
    )
    forget_reservation(reminder)


def forget_reservation(reminder: RefillReminder) -> None:
    """It does not lie ready any more. Saved by the caller."""
    reminder.reserved_at = reminder.reserved_until = reminder.reserved_by = None


def bought_elsewhere(reminder: RefillReminder, *, at: datetime) -> None:
    """They have it from another shop. Raises `DomainError` `refill_ended`."""
    responded(reminder, at=at, answer="bought_elsewhere")
    end(reminder, "bought_elsewhere", at)


def stopped(phone: Phone, *, at: datetime) -> None:
    """STOP: everybody's ladders on this phone end at once."""
    for reminder in open_of_phone(phone):
        end(reminder, STOPPED, at)


def ended_by(reminder: RefillReminder) -> Purchase | None:
    """The purchase that ended this ladder, if one did."""
    because, _, number = (reminder.ended_because or "").partition(":")
    return Purchase.get_or_none(Purchase.id == int(number)) if because == "purchased" and number else None


def open_of_phone(phone: Phone) -> list[RefillReminder]:
    """Everybody's open reminders on this phone, the first to run out first."""
    mine = RefillReminder.select().where(RefillReminder.state == OPEN, RefillReminder.phone == phone)
    return list(mine.order_by(RefillReminder.runs_out_on, RefillReminder.id))


def of_customer(customer: Customer) -> list[RefillReminder]:
    """The customer's open reminders, the first to run out first."""
    mine = (RefillReminder.state == OPEN) & (RefillReminder.customer == customer)
    rows = RefillReminder.select(RefillReminder, Medicine, Phone).join_from(RefillReminder, Medicine)
    found = rows.join_from(RefillReminder, Phone, JOIN.LEFT_OUTER).where(mine)
    ordered = found.order_by(RefillReminder.runs_out_on, RefillReminder.id)
    return [knowing(row, customer=customer) for row in ordered]


def last_ended(customer: Customer, because: str) -> list[RefillReminder]:
    """What ended `because` of that and has not begun again since: they take it still, as far as we know."""
    theirs = RefillReminder.select(RefillReminder, Medicine).join(Medicine)
    rows = theirs.where(RefillReminder.customer == customer).order_by(RefillReminder.id)
    latest = {row.medicine_id: row for row in rows}
    return [row for row in latest.values() if row.ended_because == because]


def covered(message: Message) -> list[RefillReminder]:
    """The reminders one message spoke for: that of its key, and its basket, said in the same moment.

    Without those of who has another number now: whoever answers from the old one does not speak for them.
    """
    first = first_of(message)
    if first is None or first.whatsapp_sent_at is None:
        return [first] if first else []
    same = (RefillReminder.phone == message.phone) & (
        RefillReminder.whatsapp_sent_at == first.whatsapp_sent_at
    )
    return list(RefillReminder.select().where(same).order_by(RefillReminder.runs_out_on, RefillReminder.id))


def first_of(message: Message) -> RefillReminder | None:
    """The reminder a message's key names."""
    return RefillReminder.get_or_none(
        RefillReminder.id == int(message.key.removeprefix("sms:").split(":")[1])
    )


def names(reminders: list[RefillReminder]) -> str:
    """The medicines of these reminders on one line, each once."""
    return ", ".join(dict.fromkeys(reminder.medicine.name for reminder in reminders))


def must_be_open(reminder: RefillReminder) -> None:
    """Raises `DomainError` `refill_ended` for a supply nothing more is to be said about."""
    if reminder.state != OPEN:
        raise DomainError("refill_ended", reminder=reminder, because=reminder.ended_because)


def take_back_words(phone: Phone) -> None:
    """Cancel what still waits to be said about supplies that have all ended."""
    for message in waiting_words(phone):
        if all(reminder.state == ENDED for reminder in covered(message)):
            outbox.cancel(message, "refill_ended")


def waiting_words(phone: Phone) -> list[Message]:
    """What still waits to be said to this phone about refills."""
    about_refills = Message.key.startswith("refill:") | Message.key.startswith("sms:refill:")
    waiting = (Message.phone == phone) & (Message.state == "queued") & about_refills
    return list(Message.select().where(waiting))
