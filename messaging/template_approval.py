"""Brings the approved messages to Twilio and follows where WhatsApp's approval of each stands."""

import hashlib
import re
from datetime import datetime

from messaging import approved, render
from messaging.approved import APPROVED, Approved
from messaging.channels import errors, twilio_contents
from messaging.channels.base import SendError
from messaging.delivery import account_for
from messaging.outbox import USEFUL_FOR
from models import ApprovedTemplate, Company, Message
from workers import queues

# What WhatsApp's reviewers see in the place of each fact.
SAMPLES = {
    "first_name": "Ravi",
    "name": "Asha",
    "store": "City Pharmacy",
    "runs_out_on": "26 Feb 2027",
    "reserved_until": "10 Mar 2027",
    "due_on": "15 Feb 2027",
    "sales": "42 sales",
    "value": "₹18,450",
    "converted": "2 new customers",
    "answers": "7 answers",
    "open": "3",
    "medicines": "Metformin 500",
    "offer": "medicines at fair prices",
    "address": "12 MG Road, Pune",
}

# Created there, but not put up for approval.
_UNSUBMITTED = "unsubmitted"


def push(company: Company, at: datetime) -> list[ApprovedTemplate]:
    """Create at Twilio every message that is not there yet in its present words, and ask for its approval.

    Raises `SendError`. WhatsApp takes no name a second time, so changed words get a new name. What we stopped
    ourselves stands again as WhatsApp has it.
    """
    pushed = []
    for entry in APPROVED.values():
        for language in approved.languages_of(entry.name):
            row = _row(company, entry.name, language)
            if row.words != _fingerprint(entry.name, language):
                _create(row, at)
            if row.status == _UNSUBMITTED:
                _ask_approval(row, entry, at)
                pushed.append(row)
            elif row.status == approved.STOPPED:
                _refresh(row, at)
                pushed.append(row)
    return pushed


def waiting(row: ApprovedTemplate) -> int:
    """How many messages wait for the approval of this template in its language."""
    names = (row.name, *APPROVED[row.name].instead_of) if row.name in APPROVED else (row.name,)
    held = (Message.company == row.company_id) & (Message.state == "queued")
    mine = Message.template.in_(names) & (Message.language == row.language)
    return Message.select().where(held, mine, Message.reason == "template_not_approved").count()


def refresh(at: datetime) -> list[ApprovedTemplate]:
    """Ask how each template stands and return those that changed. Raises `SendError`."""
    changed = []
    for row in list(ApprovedTemplate.select(ApprovedTemplate, Company).join(Company)):
        if row.content_id and row.status != approved.STOPPED:
            changed += _refresh(row, at)
    return changed


def sample(expression: str) -> str:
    """An example of the fact that `expression` of a template shows."""
    fact = re.split(r"\W", expression, maxsplit=1)[0]
    return SAMPLES[fact]


def release(company: Company, at: datetime) -> None:
    """Let go what waited for an approval; the rules look at it once more."""
    held = (
        (Message.company == company)
        & (Message.state == "queued")
        & (Message.reason == "template_not_approved")
    )
    # An offer has waited its turn and is as useful as on its first day.
    offers = held & (Message.kind == "promotion")
    Message.update(useful_until=at + USEFUL_FOR["promotion"]).where(offers).execute()
    if Message.update(send_after=at, reason=None).where(held).execute():
        queues.wake("send_messages")


def _create(row: ApprovedTemplate, at: datetime) -> None:
    text = render.approved(row.name, row.language)
    samples = {str(n): sample(each) for n, each in enumerate(text.expressions, 1)}
    row.words = _fingerprint(row.name, row.language)
    created = (_name(row), row.language, text.body, text.buttons, samples)
    row.content_id = twilio_contents.create(account_for(row.company), *created)
    # Should the next step fail, it is taken up from here.
    row.status, row.reason, row.checked_at = _UNSUBMITTED, None, at
    row.save()


def _ask_approval(row: ApprovedTemplate, entry: Approved, at: datetime) -> None:
    account, content_id = account_for(row.company), row.content_id or ""
    standing = twilio_contents.ask_approval(account, content_id, _name(row), entry.category)
    row.status, row.reason, row.checked_at = standing.status, standing.reason or None, at
    row.save()


def _name(row: ApprovedTemplate) -> str:
    return f"{row.name}_{row.language}_{(row.words or '')[:8]}"


def _refresh(row: ApprovedTemplate, at: datetime) -> list[ApprovedTemplate]:
    account = account_for(row.company)
    try:
        standing = twilio_contents.standing(account, row.content_id or "")
    except SendError as trouble:
        if trouble.code != errors.NOT_FOUND:
            raise
        return [_forgotten(row, at)]
    before = row.status
    row.status, row.reason, row.checked_at = standing.status, standing.reason or None, at
    row.save()
    if row.status == before:
        return []
    if row.status == approved.APPROVED_STATUS:
        release(row.company, at)
    elif row.status in ("rejected", "paused", "disabled"):
        # Managers are told.
        queues.wake("note_outcomes")
    return [row]


def _forgotten(row: ApprovedTemplate, at: datetime) -> ApprovedTemplate:
    """Deleted at Twilio, or of another account: the next push creates it anew."""
    row.content_id, row.words, row.checked_at = None, None, at
    row.status, row.reason = _UNSUBMITTED, "Twilio does not know it any more"
    row.save()
    return row


def _row(company: Company, name: str, language: str) -> ApprovedTemplate:
    row, _ = ApprovedTemplate.get_or_create(company=company, name=name, language=language)
    return row


def _fingerprint(name: str, language: str) -> str:
    text = render.approved(name, language)
    return hashlib.sha256(repr((text.body, text.buttons)).encode()).hexdigest()
