"""Who calls whom: contacts that WhatsApp did not win are dealt out to staff, fairly
and within their day (FEATURES A6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import company_settings
from domain import contacts, notices
from domain import staff as team
from messaging import reach
from models import Company, Contact, Phone, Staff
from statements import rare

# Managers get contacts only where nobody else works.
_CALLERS = ("support", "sales_manager")
_AT_ONCE = 500


@dataclass
class _Caller:
    staff: Staff
    left: int
    got: int = 0


def assign(company: Company, at: datetime) -> int:
    """Deal out the contacts that need a call; returns how many found somebody. What
    is over waits for tomorrow."""
    today = at.astimezone(ZoneInfo(company.timezone)).date()
    callers = [caller for caller in _callers(company, today) if caller.left > 0]
    assigned = 0
    for contact in _to_call(company, at, sum(caller.left for caller in callers)):
        caller = max(callers, key=lambda each: each.left)
        assigned += _give(contact, caller, today)
    for caller in callers:
        if caller.got:
            _tell(caller, at)
    return assigned


def assigned_to(staff: Staff) -> list[Contact]:
    """The contacts this member of staff has still to call, oldest first: by their id alone."""
    mine = (Contact.assigned_to == staff) & (Contact.status == contacts.PENDING)
    query = Contact.select(Contact.id).join(Phone).where(mine, ~Phone.wrong_number)
    return list(query.order_by(Contact.assigned_on, Contact.id))


def _to_call(company: Company, at: datetime, limit: int) -> list[Contact]:
    """Nobody's pending contacts that are not on WhatsApp, or stayed silent for days after the materials."""
    silent = at - timedelta(days=company_settings.get(company, "call_contacts_after"))
    nobodys = (Contact.company == company) & rare(Contact.status == contacts.PENDING)
    nobodys &= Contact.assigned_to.is_null()
    unanswered = (Contact.materials_sent_at < silent) & Phone.last_inbound_at.is_null()
    wanted = (Phone.reach == reach.NOT_AVAILABLE) | unanswered
    callable_ = ~Phone.wrong_number & Phone.opted_out_at.is_null()
    query = Contact.select(Contact, Phone).join(Phone).where(nobodys, wanted, callable_)
    return list(query.order_by(Contact.id).limit(min(limit, _AT_ONCE)))


def _callers(company: Company, today: date) -> list[_Caller]:
    working = team.working(company)
    callers = [staff for staff in working if staff.role in _CALLERS] or working
    return [_Caller(staff, staff.max_contacts_per_day - _had_on(staff, today)) for staff in callers]


def _had_on(staff: Staff, today: date) -> int:
    return Contact.select().where(Contact.assigned_to == staff, Contact.assigned_on == today).count()


def _give(contact: Contact, caller: _Caller, today: date) -> int:
    free = (Contact.id == contact.id) & Contact.assigned_to.is_null()
    given = Contact.update(assigned_to=caller.staff, assigned_on=today).where(free).execute()
    caller.left -= given
    caller.got += given
    return given


def _tell(caller: _Caller, at: datetime) -> None:
    # At most once an hour, however many trickle in.
    key = f"assigned:{caller.staff.id}:{at:%Y-%m-%dT%H}"
    notices.tell(caller.staff, "contacts_assigned", key=key, count=caller.got)
