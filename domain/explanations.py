"""Why somebody was, or was not, written to: what caused a message, as far back as we know (FEATURES L5)."""

from collections.abc import Callable
from dataclasses import dataclass

from domain import holdout, people, refill_plan, refills, scopes
from domain.errors import DomainError
from domain.people import Person
from models import Company, Contact, Message, Phone, RefillReminder, Staff

# Of the latest messages to a person so many are shown.
LATEST = 6


@dataclass(frozen=True)
class Cause:
    """What made a message: `kind` says which of the rest is filled in.

    `step` is the rung of the refill ladder; `reminders` are all that the message spoke for.
    """

    kind: str
    step: str = ""
    reminders: tuple[RefillReminder, ...] = ()
    contact: Contact | None = None


def numbered(company: Company, serial: int) -> Message | None:
    """The message with that permanent number; of a refill's number the latest about it.

    Raises `DomainError` `not_written_yet` for a refill that nothing was said about; `held_out` if on purpose.
    """
    message = Message.get_or_none(Message.company == company, Message.serial == serial)
    if message is not None:
        return message
    reminder = RefillReminder.get_or_none(RefillReminder.company == company, RefillReminder.serial == serial)
    if reminder is None:
        return None
    message = _latest_about(reminder)
    if message is None and holdout.is_held_out(reminder):
        raise DomainError("held_out", reminder=reminder)
    if message is None:
        raise DomainError("not_written_yet", reminder=reminder)
    return message


def latest(phone: Phone) -> list[Message]:
    """The latest messages to that phone, newest first."""
    mine = Message.select().where(Message.phone == phone)
    return list(mine.order_by(Message.id.desc()).limit(LATEST))


def check_open(message: Message, staff: Staff) -> None:
    """Raises `DomainError` `not_your_customer` where somebody else looks after whom it was written to, and
    `not_your_notice` for what was said to a colleague: it tells of that colleague's people."""
    colleague = _colleague(message)
    if colleague is not None:
        if not scopes.sees_of(staff, colleague.id):
            raise DomainError("not_your_notice", serial=message.serial, owner=colleague.name)
        return
    customer = _person(message).customer
    if customer is not None:
        scopes.check(staff, customer)


def whom(message: Message) -> str:
    """The name of whom a message goes to, "" where we know none."""
    colleague = _colleague(message)
    return colleague.name if colleague is not None else _person(message).name


def cause(message: Message) -> Cause:
    """What made this message: told by its key, which names the thing it was written for."""
    kind, _, rest = message.key.removeprefix("sms:").partition(":")
    return _CAUSES.get(kind, _other)(message, rest)


def _person(message: Message) -> Person:
    known = people.behind(message.phone)
    return known[0] if known else Person(message.phone)


def _colleague(message: Message) -> Staff | None:
    """The member of staff it speaks to; what customers are sent reaches staff as customers."""
    if message.kind in ("reminder", "promotion"):
        return None
    return Staff.get_or_none(Staff.company == message.company_id, Staff.phone == message.phone.address)


def _latest_about(reminder: RefillReminder) -> Message | None:
    # A basket's message carries the key of its first reminder.
    spoken = Message.select().where(Message.phone == reminder.phone, Message.key.startswith("refill:"))
    newest_first = spoken.order_by(Message.id.desc()).limit(20)
    said = next((message for message in newest_first if reminder in refills.covered(message)), None)
    return said or _said_to_former_number(reminder)


def _said_to_former_number(reminder: RefillReminder) -> Message | None:
    keys = [f"refill:{reminder.id}:{step}" for step in refill_plan.WRITTEN]
    return Message.select().where(Message.key.in_(keys)).order_by(Message.id.desc()).first()


def _spoken_of(message: Message) -> list[RefillReminder]:
    first = refills.first_of(message)
    return refills.covered(message) or ([first] if first else [])


def _refill(message: Message, rest: str) -> Cause:
    return Cause("refill", step=rest.split(":")[1], reminders=tuple(_spoken_of(message)))


def _materials(message: Message, rest: str) -> Cause:
    return Cause("materials", contact=Contact.get_or_none(Contact.id == int(rest)))


def _other(message: Message, rest: str) -> Cause:
    kind = message.key.removeprefix("sms:").partition(":")[0]
    return Cause(kind if kind in _TOLD_BY_KIND else "other")


_CAUSES: dict[str, Callable[[Message, str], Cause]] = {"refill": _refill, "materials": _materials}

# Their kind says all there is to say.
_TOLD_BY_KIND = (
    "answer",
    "reply",
    "knock",
    "follow_up",
    "told",
    "assigned",
    "import",
    "stopped",
    "template",
    "unknown_error",
    "brake",
    "outage",
    "care",
    "day",
    "erased",
    "picture",
)
