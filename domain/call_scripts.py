"""Call scripts: what to say to a customer, made from live data and good for a day (FEATURES C4, C5)."""

from datetime import datetime, timedelta
from typing import Any

from domain import call_facts, medical_access, refill_plan, scopes
from domain.errors import DomainError
from models import CallScript, Company, Customer, RefillReminder, Staff

HIGH, MEDIUM, LOW = "high", "medium", "low"
PRIORITIES = (HIGH, MEDIUM, LOW)

GOOD_FOR = timedelta(hours=24)
# Scripts made beforehand in one transaction.
_AT_ONCE = 25
# So long one can see which were made and not used.
_UNUSED_KEPT = timedelta(days=7)
# What only those read who may read medical text; the points tell of an illness.
_MEDICAL = ("conditions", "medications", "appointments")
_MEDICAL_POINTS = ("care", "appointments", "counselling")


def make(
    customer: Customer,
    *,
    staff: Staff | None,
    at: datetime,
    reminders: list[RefillReminder] | None = None,
) -> CallScript:
    """The script for calling `customer` now: that of today if nothing has changed since, else a new one, with
    which the former ends. `reminders` are the open ones, if at hand. Raises `DomainError` `customer_died`."""
    if customer.died_on is not None:
        raise DomainError("customer_died", customer=customer)
    facts = call_facts.gather(customer, at, reminders)
    content = facts.as_content()
    for script in list(_open_of(customer, at)):
        if script.content == content and script.priority == facts.priority:
            return script
        script.expires_at = at
        script.save(only=["expires_at"])
    return CallScript.create(
        company=customer.company,
        serial=customer.company.take_serials(),
        customer=customer,
        staff=staff,
        priority=facts.priority,
        language=staff.language if staff else customer.company.language,
        content=content,
        created_at=at,
        expires_at=at + GOOD_FOR,
    )


def opened(script: CallScript, *, staff: Staff, at: datetime) -> dict[str, Any]:
    """`staff` calls by it from now on; its content as far as they may read it."""
    if script.used_at is None or script.staff != staff:
        script.staff, script.used_at = staff, at
        script.save(only=["staff", "used_at"])
    return readable(script, staff, at)


def readable(script: CallScript, staff: Staff, at: datetime) -> dict[str, Any]:
    """The content of a script without what is medical, unless `staff` may read that; the reading is noted."""
    [content] = all_readable([script], staff, at)
    return content


def all_readable(scripts: list[CallScript], staff: Staff, at: datetime) -> list[dict[str, Any]]:
    """The same of several, in their order, in the caller's transaction."""
    medical = [script.customer for script in scripts if is_medical(script)]
    if medical and medical_access.may_read(staff):
        medical_access.note_reading(*medical, staff=staff, at=at)
    return [seen_by(script, staff) for script in scripts]


def seen_by(script: CallScript, staff: Staff) -> dict[str, Any]:
    """The same for who notes the reading themselves."""
    content = script.content
    if not is_medical(script) or medical_access.may_read(staff):
        return content | {"is_medical_hidden": False}
    points = [point for point in content["points"] if point not in _MEDICAL_POINTS]
    return content | {part: [] for part in _MEDICAL} | {"points": points, "is_medical_hidden": True}


def is_medical(script: CallScript) -> bool:
    """Whether something in it is for those alone who may read medical text."""
    return any(script.content[part] for part in _MEDICAL)


def current(customer: Customer, at: datetime) -> CallScript | None:
    """The script somebody may be calling by just now: not expired, without an outcome."""
    return _open_of(customer, at).first()


def numbered(company: Company, serial: int) -> CallScript:
    """The script with that permanent number. Raises `DomainError` `no_such_script`."""
    script = CallScript.get_or_none(CallScript.company == company, CallScript.serial == serial)
    if script is None:
        raise DomainError("no_such_script", serial=serial)
    return script


def with_priority(
    company: Company,
    priority: str,
    at: datetime,
    *,
    after: int = 0,
    limit: int = 50,
    staff: Staff | None = None,
) -> list[CallScript]:
    """Scripts that are still good with the names of the customers, oldest first, from the one after id
    `after` on; for `staff` only those of customers they see. Raises `DomainError` `script_priority` for what
    is no priority."""
    if priority not in PRIORITIES:
        raise DomainError("script_priority", said=priority)
    such = (CallScript.company == company) & (CallScript.priority == priority) & (CallScript.expires_at > at)
    waiting = such & CallScript.outcome.is_null() & (CallScript.id > after)
    if staff is not None:
        waiting &= scopes.visible(staff)
    whom = (Customer.id, Customer.company, Customer.serial, Customer.name)
    return list(
        CallScript.select(CallScript, *whom)
        .join(Customer)
        .where(waiting)
        .order_by(CallScript.id)
        .limit(limit)
    )


def prepare(company: Company, at: datetime) -> int:
    """Have scripts ready for people whose refill is due, some at a time; returns how many were made."""
    today = refill_plan.today(company, at)
    due = (
        (RefillReminder.company == company)
        & (RefillReminder.state == "open")
        & (RefillReminder.reminder_on <= today)
    )
    lacking = Customer.select().where(
        Customer.id.in_(RefillReminder.select(RefillReminder.customer).where(due)), Customer.died_on.is_null()
    )
    ready = CallScript.select(CallScript.customer).where(
        CallScript.company == company, CallScript.expires_at > at
    )
    wanted = list(lacking.where(Customer.id.not_in(ready)).order_by(Customer.id).limit(_AT_ONCE))
    for customer in wanted:
        make(customer, staff=None, at=at)
    return len(wanted)


def prune(at: datetime) -> int:
    """Forget the scripts nobody called by; returns how many."""
    unused = CallScript.used_at.is_null() & CallScript.outcome.is_null()
    return int(CallScript.delete().where(unused, CallScript.expires_at < at - _UNUSED_KEPT).execute())


def _open_of(customer: Customer, at: datetime) -> Any:
    open_ones = (
        (CallScript.customer == customer) & (CallScript.expires_at > at) & CallScript.outcome.is_null()
    )
    return CallScript.select().where(open_ones).order_by(CallScript.id.desc())
