"""Call scripts over HTTP: what to say to a customer, and how the call ended."""

from typing import Any, Literal

from pydantic import Field

from api import customers, follow_ups, purchase_history, reminders
from api.contract import paging
from api.contract.endpoints import Resource
from api.contract.paging import Paged
from api.contract.types import Caller, Days, Moment, Number, Sent, Shown, Text, When
from api.customers import CustomerShown
from api.purchase_history import PurchaseShown
from api.reminders import ReminderShown
from database import db
from domain import access, call_outcomes, call_scripts, refills, scopes
from domain import customers as customer_rules
from domain.call_outcomes import Ended
from messaging import call_scripts as in_words
from models import CallScript

resource = Resource("call-scripts", "What to say in a call, made from what is known; good for 24 hours.")

Priority = Literal["high", "medium", "low"]
Outcome = Literal[
    "agreed_to_visit",
    "call_later",
    "already_bought",
    "still_has_stock",
    "too_costly",
    "side_effects",
    "doctor_changed",
    "refused",
    "no_answer",
    "busy",
    "wrong_number",
    "moved",
    "died",
]

_EXAMPLE = {"outcome": "call_later", "notes": "In a meeting", "call_back_at": "2026-02-26T17:00:00+05:30"}

_FIELDS = {"moment_past": "call_back_at", "moment_far": "call_back_at"}


class ScriptShown(Shown):
    """A call script in the words to say; medical parts are empty for whoever may not read them."""

    id: Number
    customer_id: Number
    customer_name: str
    priority: Priority = Field(
        description="high: chronic with a refill due; medium: a refill due or a visit missed; low: all else."
    )
    customer_summary: str
    medical_summary: str
    talking_points: list[str]
    medicines_to_discuss: list[str]
    follow_up_reminders: list[str]
    missing_permission: str | None = Field(description="The permission without which parts are withheld.")
    created_at: When
    expires_at: When
    used_at: When | None
    outcome: str | None
    call_successful: bool | None


class CallDetails(Shown):
    """All that one should know before calling."""

    customer: CustomerShown
    script: ScriptShown
    reminders: list[ReminderShown] = Field(description="Open ones, the first to run out first.")
    purchases: list[PurchaseShown] = Field(description="The latest, newest first.")


class OutcomeSent(Sent):
    """How the call ended."""

    outcome: Outcome
    notes: Text = ""
    call_back_at: Moment | None = Field(default=None, description="When to call again, or to expect them.")
    stock_days: Days | None = Field(default=None, description="Of `still_has_stock`: for how many days.")


class OutcomeShown(Shown):
    """What was noted and what follows from it."""

    script_id: Number
    outcome: str
    call_successful: bool | None = Field(description="null where that cannot be said.")
    follow_up: follow_ups.FollowUpShown | None


@resource.get("/api/customers/<int:customer_id>/call-details")
def details(caller: Caller, customer_id: Number) -> CallDetails:
    """Show all that one should know before calling a customer, with the script.

    What is medical needs the permission `medical:read`; reading it is recorded.
    """
    customer = access.customer(caller.staff, customer_id)
    open_ones = refills.of_customer(customer)
    with db.atomic():
        script = call_scripts.make(customer, staff=caller.staff, at=caller.at, reminders=open_ones)
        profile = customers.shown(caller, customer, reads_more=call_scripts.is_medical(script))
    return CallDetails(
        customer=profile,
        script=_shown(caller, script, call_scripts.seen_by(script, caller.staff)),
        reminders=[reminders.shown(caller, each) for each in open_ones],
        purchases=purchase_history.all_shown(customer, customer_rules.purchases(customer)),
    )


@resource.post("/api/customers/<int:customer_id>/call-script", status=201)
def make(caller: Caller, customer_id: Number) -> ScriptShown:
    """Make the script for calling a customer now; the call counts as begun.

    That of today, if nothing has changed since.
    """
    customer = access.customer(caller.staff, customer_id)
    script = call_scripts.make(customer, staff=caller.staff, at=caller.at)
    return _shown(caller, script, call_scripts.opened(script, staff=caller.staff, at=caller.at))


@resource.put("/api/call-scripts/<int:script_id>/outcome", example=_EXAMPLE, fields=_FIELDS)
def outcome(caller: Caller, script_id: Number, body: OutcomeSent) -> OutcomeShown:
    """Note how a call ended; what follows from it follows by itself."""
    script = call_scripts.numbered(caller.company, script_id)
    scopes.check(caller.staff, script.customer)
    when = caller.moment(body.call_back_at) if body.call_back_at else None
    ended = Ended(body.outcome, body.notes, when, body.stock_days)
    task = call_outcomes.record(script, ended, staff=caller.staff, at=caller.at)
    return OutcomeShown(
        script_id=script.serial,
        outcome=body.outcome,
        call_successful=script.was_successful,
        follow_up=follow_ups.shown(task) if task else None,
    )


@resource.get("/api/call-scripts/priority/<priority>")
def with_priority(caller: Caller, priority: Priority, query: Paged) -> list[ScriptShown]:
    """List the scripts of a priority that are still good, the oldest first."""
    found = paging.beyond(
        lambda after, limit: call_scripts.with_priority(
            caller.company, priority, caller.at, after=after, limit=limit, staff=caller.staff
        ),
        query,
    )
    with db.atomic():
        contents = call_scripts.all_readable(found, caller.staff, caller.at)
    return [_shown(caller, script, content) for script, content in zip(found, contents, strict=True)]


def _shown(caller: Caller, script: CallScript, read: dict[str, Any]) -> ScriptShown:
    said = in_words.words(read, caller.staff.language, zone=caller.company.timezone, at=caller.at)
    return ScriptShown.of(
        id=script.serial,
        customer_id=script.customer.serial,
        customer_name=script.customer.name,
        priority=script.priority,
        customer_summary=said.customer_summary,
        medical_summary=said.medical_summary,
        talking_points=list(said.talking_points),
        medicines_to_discuss=list(said.medicines_to_discuss),
        follow_up_reminders=list(said.follow_up_reminders),
        missing_permission=access.MEDICAL if read["is_medical_hidden"] else None,
        created_at=script.created_at,
        expires_at=script.expires_at,
        used_at=script.used_at,
        outcome=script.outcome,
        call_successful=script.was_successful,
    )
