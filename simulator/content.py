"""Content templates: what may be sent with which variables, and whether WhatsApp has approved it."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime

from simulator.messages import Button, new_sid
from simulator.refusals import Refusal, not_found

KINDS = ("twilio/text", "twilio/quick-reply")
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
STATES = ("unsubmitted", "received", "pending", "approved", "rejected", "paused", "disabled")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
MOST_BUTTONS, MOST_BUTTONS_UNAPPROVED = 10, 3
LONGEST_TEMPLATE, LONGEST_BUTTON, LONGEST_VARIABLE = 1024, 20, 1600


@dataclass
class Content:
    """One content with its samples and the state of its approval."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, dict]
    created_at: datetime
    name: str = ""
    category: str = ""
    state: str = "unsubmitted"
    rejection_reason: str = ""
    updated_at: datetime | None = None

    @property
    def kind(self) -> str:
        """The first of its types, which is the one we send."""
        return next(kind for kind in KINDS if kind in self.types)

    @property
    def body(self) -> str:
        """The text with its variables unfilled."""
        return self.types[self.kind]["body"]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The quick replies with their variables unfilled."""
        actions = self.types[self.kind].get("actions") or []
        return tuple(Button(action["title"], action.get("id") or action["title"]) for action in actions)


@dataclass(frozen=True)
class Filled:
    """A content with its variables put in; `fault` means WhatsApp will refuse one of the values (63013)."""

    body: str
    buttons: tuple[Button, ...] = ()
    fault: bool = False


@dataclass
class Contents:
    """All contents by sid."""

    by_sid: dict[str, Content] = field(default_factory=dict)

    def create(self, payload: dict, now: datetime) -> Content:
        """Keep a new content; raises Twilio's 400 when its shape is wrong."""
        given = payload.get("types")
        # The client names every kind there is and leaves those it does not mean null.
        types = {kind: shape for kind, shape in given.items() if shape} if isinstance(given, dict) else {}
        if not any(kind in types for kind in KINDS):
            raise Refusal(400, 60200, f"types must hold one of {', '.join(KINDS)}")
        variables = {str(key): str(value) for key, value in (payload.get("variables") or {}).items()}
        language = payload.get("language")
        if not language:
            raise Refusal(400, 60200, "language is required")
        name = payload.get("friendly_name") or ""
        content = Content(new_sid("HX"), name, language, variables, types, now)
        _check_shape(content)
        self.by_sid[content.sid] = content
        return content

    def get(self, sid: str) -> Content:
        """The content with this sid; raises Twilio's 404."""
        if sid not in self.by_sid:
            raise not_found(f"/v1/Content/{sid}")
        return self.by_sid[sid]


def fill(content: Content, variables: str) -> Filled:
    """Put `ContentVariables` (a JSON object in a string) in, samples for those left out; raises 21656."""
    given = _variables(variables)
    values = {**content.variables, **given}

    def put(text: str) -> str:
        return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)

    buttons = tuple(Button(put(button.title), put(button.payload)) for button in content.buttons)
    return Filled(put(content.body), buttons, any(_is_unwelcome(value) for value in given.values()))


def submit(content: Content, name: str, category: str, now: datetime) -> None:
    """Hand a content in for approval; what WhatsApp would reject is rejected when its time comes."""
    if not re.fullmatch(r"[a-z0-9_]{1,512}", name or ""):
        raise Refusal(400, 60200, "name may hold lower-case letters, digits and underscores")
    if category not in CATEGORIES:
        raise Refusal(400, 60200, f"category must be one of {', '.join(CATEGORIES)}")
    if content.state not in ("unsubmitted", "rejected"):
        raise Refusal(400, 60200, "this content was submitted already")
    content.name, content.category = name, category
    set_state(content, "pending", now)


def decide(content: Content, now: datetime) -> None:
    """WhatsApp's verdict on a pending content."""
    if content.state == "pending":
        reason = why_rejected(content)
        set_state(content, "rejected" if reason else "approved", now, reason)


def set_state(content: Content, state: str, now: datetime, reason: str = "") -> None:
    """Put the approval into another state, by WhatsApp or by hand."""
    if state not in STATES:
        raise Refusal(400, 60200, f"the state must be one of {', '.join(STATES)}")
    content.state, content.rejection_reason, content.updated_at = state, reason, now


def why_rejected(content: Content) -> str:
    """WhatsApp's reason to reject this template, empty when there is none (rules: PLATFORM.md §4)."""
    body, variables = content.body.strip(), VARIABLE.findall(content.body)
    if len(body) > LONGEST_TEMPLATE:
        return "The text is longer than 1024 characters."
    if re.match(r"\{\{", body) or re.search(r"\}\}$", body):
        return "Variables can't be at the start or end of the template."
    if re.search(r"\}\}\s*\{\{", body):
        return "Variables must not stand next to each other."
    if any(not content.variables.get(name) for name in variables):
        return "Every variable needs a sample."
    if variables and len(VARIABLE.sub(" ", body).split()) < 2 * len(variables) + 1:
        return "This template has too many variables for its length."
    if any(len(button.title) > LONGEST_BUTTON for button in content.buttons):
        return "A button's text is longer than 20 characters."
    return ""


def _check_shape(content: Content) -> None:
    definition = content.types[content.kind]
    if not isinstance(definition, dict) or not definition.get("body"):
        raise Refusal(400, 60200, "body is required")
    actions = definition.get("actions") or []
    if content.kind == "twilio/quick-reply" and not 0 < len(actions) <= MOST_BUTTONS:
        raise Refusal(400, 60200, "a quick reply has one to ten actions")
    if any(not isinstance(action, dict) or not action.get("title") for action in actions):
        raise Refusal(400, 60200, "every action needs a title")


def _variables(text: str) -> dict[str, str]:
    try:
        given = json.loads(text or "{}")
    except ValueError:
        given = None
    if not isinstance(given, dict) or len(given) > 100:
        raise _invalid_variables()
    for name, value in given.items():
        if len(name) > 16 or not isinstance(value, str) or not 0 < len(value) <= LONGEST_VARIABLE:
            raise _invalid_variables()
    return given


def _invalid_variables() -> Refusal:
    return Refusal(400, 21656, "The ContentVariables Parameter is invalid.")


def _is_unwelcome(value: str) -> bool:
    return "\n" in value or "\r" in value or " " * 5 in value or not value.strip()


def resource(content: Content, account: str) -> dict:
    """The Content resource, shaped as Twilio's."""
    url = f"https://content.twilio.com/v1/Content/{content.sid}"
    return {
        "sid": content.sid,
        "account_sid": account,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "variables": content.variables,
        "types": content.types,
        "date_created": _iso(content.created_at),
        "date_updated": _iso(content.updated_at or content.created_at),
        "url": url,
        "links": {
            "approval_create": f"{url}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{url}/ApprovalRequests",
        },
    }


def approval(content: Content) -> dict:
    """The approval request for WhatsApp, shaped as Twilio's."""
    return {
        "name": content.name,
        "category": content.category,
        "content_type": content.kind,
        "status": content.state,
        "rejection_reason": content.rejection_reason,
        "allow_category_change": True,
    }


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
