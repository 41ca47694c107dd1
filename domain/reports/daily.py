"""What happened on one day: contacts, sales, messages, answers, calls and what was left undone (B10)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from peewee import fn

from domain import refill_lapses, refills
from domain.reports import periods
from domain.reports.scopes import Scope
from models import Contact, Customer, FollowUp, Interaction, Message, Phone, Purchase, RefillReminder
from statements import word

_WENT = ("sent", "delivered", "read")
_FAILED = ("failed", "undelivered")


@dataclass(frozen=True)
class Report:
    """One local day; amounts in rupees. `refills_lost` lapsed on it; `tasks_open` and `refills_tomorrow` are
    as it stands now."""

    on: date
    new_contacts: int
    contacted: int
    converted: int
    conversion_value: Decimal
    new_customers: int
    customers_served: int
    sales: int
    sales_value: Decimal
    calls: int
    visits: int
    reminders_sent: int
    messages_failed: int
    answers: int
    refills_bought: int
    refills_lost: int
    opted_out: int
    tasks_done: int
    tasks_open: int
    refills_tomorrow: int


def report(scope: Scope, on: date) -> Report:
    """That day, of these members of staff: their contacts, sales, calls and customers, or everybody's."""
    return Report(
        on=on,
        **_contacts(scope, on),
        **_sales(scope, on),
        **_talks(scope, on),
        **_messages(scope, on),
        **_refills(scope, on),
        **_tasks(scope, on),
    )


def _contacts(scope: Scope, on: date) -> dict[str, Any]:
    mine = (Contact.company == scope.company) & scope.covers(
        fn.COALESCE(Contact.converted_by, Contact.assigned_to)
    )
    figures: Any = Contact.select(fn.COUNT(Contact.id), Contact.conversion_value.sum())
    [(converted, value)] = figures.where(mine, Contact.converted_on == on).tuples()
    return {
        "new_contacts": Contact.select().where(mine, _on(Contact.created_at, scope, on)).count(),
        "contacted": Contact.select().where(mine, _on(Contact.contacted_at, scope, on)).count(),
        "converted": converted,
        "conversion_value": value,
    }


def _sales(scope: Scope, on: date) -> dict[str, Any]:
    figures: Any = Purchase.select(
        fn.COUNT(Purchase.id), Purchase.total.sum(), fn.COUNT(Purchase.customer.distinct())
    )
    [(sales, value, served)] = figures.where(
        Purchase.company == scope.company, Purchase.purchased_on == on, scope.covers(Purchase.staff)
    ).tuples()
    came = Customer.select().where(
        Customer.company == scope.company,
        _on(Customer.created_at, scope, on),
        scope.covers(Customer.assigned_to),
    )
    return {
        "sales": sales,
        "sales_value": value,
        "customers_served": served,
        "new_customers": came.count(),
    }


def _talks(scope: Scope, on: date) -> dict[str, Any]:
    talks: Any = Interaction.select(Interaction.kind, fn.COUNT(Interaction.id)).where(
        Interaction.company == scope.company,
        _on(Interaction.happened_at, scope, on),
        scope.covers(Interaction.staff),
    )
    of_kind = dict(talks.group_by(Interaction.kind).tuples())
    return {"calls": of_kind.get("call", 0), "visits": of_kind.get("visit", 0)}


def _messages(scope: Scope, on: date) -> dict[str, Any]:
    theirs = _phones(scope)
    said = Message.select().where(Message.company == scope.company, _among(Message.phone, theirs))
    reminders = said.where(Message.kind == word("reminder"), _on(Message.sent_at, scope, on))
    failed = Message.state.in_([word(state) for state in _FAILED])
    stopped = Phone.select().where(Phone.company == scope.company, _on(Phone.opted_out_at, scope, on))
    return {
        "reminders_sent": reminders.where(Message.state.in_(_WENT)).count(),
        "messages_failed": said.where(failed, _on(Message.created_at, scope, on)).count(),
        "opted_out": stopped.where(_among(Phone.id, theirs)).count(),
    }


def _refills(scope: Scope, on: date) -> dict[str, Any]:
    mine = RefillReminder.select().where(RefillReminder.company == scope.company)
    if scope.staff is not None:
        mine = mine.join(Customer).where(scope.covers(Customer.assigned_to))
    bought = RefillReminder.ended_because.startswith("purchased")
    lost = RefillReminder.ended_because == refill_lapses.LAPSED
    tomorrow = RefillReminder.runs_out_on == on + timedelta(days=1)
    return {
        "answers": mine.where(_on(RefillReminder.answered_at, scope, on)).count(),
        "refills_bought": mine.where(bought, _on(RefillReminder.ended_at, scope, on)).count(),
        "refills_lost": mine.where(lost, _on(RefillReminder.ended_at, scope, on)).count(),
        "refills_tomorrow": mine.where(RefillReminder.state == word(refills.OPEN), tomorrow).count(),
    }


def _tasks(scope: Scope, on: date) -> dict[str, Any]:
    _, after = periods.last(1, on).moments(scope.company.timezone)
    tasks = FollowUp.select().where(FollowUp.company == scope.company)
    done = tasks.where(_on(FollowUp.done_at, scope, on), FollowUp.state == "done")
    left = tasks.where(FollowUp.state == "open", FollowUp.due_at < after)
    return {
        "tasks_done": done.where(scope.covers(FollowUp.done_by)).count(),
        "tasks_open": left.where(scope.covers(FollowUp.staff)).count(),
    }


def _on(moment: Any, scope: Scope, on: date) -> Any:
    first, after = periods.last(1, on).moments(scope.company.timezone)
    return (moment >= first) & (moment < after)


def _phones(scope: Scope) -> Any:
    """The phones of the customers these members of staff look after; None: of everybody."""
    if scope.staff is None:
        return None
    mine = (Customer.company == scope.company) & scope.covers(Customer.assigned_to)
    return Customer.select(Customer.phone).where(mine)


def _among(field: Any, phones: Any) -> Any:
    return True if phones is None else field.in_(phones)
