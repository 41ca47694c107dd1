"""Twilio's Content API: our templates created there, put up for WhatsApp's approval,
and where they stand (PLATFORM §4)."""

from dataclasses import dataclass
from typing import Any

from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from messaging.channels.base import Account
from messaging.channels.twilio_connection import client, trouble


@dataclass(frozen=True)
class Standing:
    """`status` as WhatsApp names it: received, pending, approved, rejected, paused, disabled."""

    status: str
    reason: str


def create(
    account: Account, name: str, language: str, body: str, buttons: Any, samples: dict[str, str]
) -> str:
    """Create a content and return its SID; `buttons` are (id, title) pairs. Raises `SendError`."""
    request = ContentList.ContentCreateRequest(
        {
            "friendly_name": name,
            "language": language,
            "variables": samples,
            "types": ContentList.Types(_types(body, buttons)),
        }
    )
    with trouble():
        created = client(account).content.v1.contents.create(request)
    return str(created.sid)


def ask_approval(account: Account, content_id: str, name: str, category: str) -> Standing:
    """Put the content up for WhatsApp's approval under `name`. Raises `SendError`."""
    request = ApprovalCreateList.ContentApprovalRequest({"name": name, "category": category})
    with trouble():
        asked = client(account).content.v1.contents(content_id).approval_create.create(request)
    return Standing(asked.status or "received", asked.rejection_reason or "")


def standing(account: Account, content_id: str) -> Standing:
    """Where the approval stands. Raises `SendError`."""
    with trouble():
        fetched = client(account).content.v1.contents(content_id).approval_fetch().fetch()
    about = fetched.whatsapp or {}
    return Standing(str(about.get("status", "unsubmitted")), str(about.get("rejection_reason") or ""))


def _types(body: str, buttons: Any) -> dict[str, Any]:
    if not buttons:
        return {"twilio/text": {"body": body}}
    actions = [{"type": "QUICK_REPLY", "id": id_, "title": title} for id_, title in buttons]
    return {"twilio/quick-reply": {"body": body, "actions": actions}}
