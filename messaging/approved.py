"""The messages WhatsApp approves for writing first: which they are, of what
category, and where they stand."""

from dataclasses import dataclass

from messaging import render
from models import ApprovedTemplate, Company

UTILITY = "UTILITY"
MARKETING = "MARKETING"

# The languages the templates are written and approved in.
LANGUAGES = ("en", "hi")


@dataclass(frozen=True)
class Approved:
    """`instead_of`: messages that may not be written first; outside the 24 hours
    this one goes in their place."""

    name: str
    category: str
    instead_of: tuple[str, ...] = ()


APPROVED = {
    entry.name: entry
    for entry in (
        Approved("store_materials", MARKETING),
        Approved("refill_due", UTILITY),
        Approved("refill_due_named", UTILITY),
        Approved("refill_overdue", UTILITY),
        Approved("refill_overdue_named", UTILITY),
        Approved("refill_last", UTILITY),
        Approved("refill_last_named", UTILITY),
        Approved("answer_waits", UTILITY),
        Approved(
            "staff_tasks",
            UTILITY,
            instead_of=(
                "follow_up_due",
                "question_waits",
                "danger_waits",
                "contacts_assigned",
                "import_done",
                "staff_notice",
            ),
        ),
    )
}


def for_writing_first(template: str) -> Approved | None:
    """The approved message that says `template` outside the 24 hours, if there is one."""
    if template in APPROVED:
        return APPROVED[template]
    return next((entry for entry in APPROVED.values() if template in entry.instead_of), None)


def content(company: Company, name: str, language: str) -> ApprovedTemplate | None:
    """Twilio's content for `name` in that language, else in English; None when it was never pushed."""
    rows = {
        row.language: row
        for row in ApprovedTemplate.select().where(
            ApprovedTemplate.company == company,
            ApprovedTemplate.name == name,
            ApprovedTemplate.language.in_([language, "en"]),
            ApprovedTemplate.content_id.is_null(False),
        )
    }
    ready = [row for row in (rows.get(language), rows.get("en")) if row is not None]
    return next((row for row in ready if row.status == "approved"), ready[0] if ready else None)


def languages_of(name: str) -> list[str]:
    """The languages `name` is written in."""
    return [language for language in LANGUAGES if render.language_of(name, language) == language]
