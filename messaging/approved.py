"""The messages WhatsApp approves for writing first: which they are, of what
category, and where they stand."""

from dataclasses import dataclass

from messaging import render
from messaging.channels import errors
from models import ApprovedTemplate, Company, Message
from workers import queues

UTILITY = "UTILITY"
MARKETING = "MARKETING"

# How WhatsApp names the state in which a message may go.
APPROVED_STATUS = "approved"
# We stopped it ourselves, because Twilio found our words and its own do not fit.
STOPPED = "stopped"
TROUBLE = ("rejected", "paused", "disabled", STOPPED)

# The languages the templates are written and approved in.
LANGUAGES = ("en", "hi")

# The values of a message's variables by language and number: in each language facts read differently.
Variables = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Approved:
    """`instead_of`: messages that may not be written first; outside the 24 hours
    this one goes in their place. `sms`: the words for who is not on WhatsApp, which name no medicine."""

    name: str
    category: str
    sms: str = ""
    instead_of: tuple[str, ...] = ()


APPROVED = {
    entry.name: entry
    for entry in (
        Approved("store_materials", MARKETING, "store_materials_sms"),
        Approved("refill_due", UTILITY, "refill_due_sms"),
        Approved("refill_due_named", UTILITY, "refill_due_sms"),
        Approved("refill_overdue", UTILITY, "refill_overdue_sms"),
        Approved("refill_overdue_named", UTILITY, "refill_overdue_sms"),
        Approved("refill_waiting", UTILITY, "refill_due_sms"),
        Approved("refill_waiting_named", UTILITY, "refill_due_sms"),
        Approved("refill_renew", UTILITY, "refill_due_sms"),
        Approved("refill_renew_named", UTILITY, "refill_due_sms"),
        Approved("refill_last", UTILITY, "refill_last_sms"),
        Approved("refill_last_named", UTILITY, "refill_last_sms"),
        Approved("care_due", UTILITY),
        Approved("answer_waits", UTILITY),
        Approved("desk_trouble", UTILITY, "desk_trouble_sms"),
        Approved("day_summary", UTILITY),
        Approved(
            "staff_tasks",
            UTILITY,
            "staff_tasks_sms",
            instead_of=(
                "follow_up_due",
                "question_waits",
                "danger_waits",
                "photo_waits",
                "erased_notice",
                "contacts_assigned",
                "import_done",
                "staff_notice",
                "brake_pulled",
                "outage_over",
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
    """Twilio's content for `name` in that language, or in English where only that is approved; None when it
    was never pushed."""
    rows = _contents(company, name, language)
    return next((row for row in rows if row.status == APPROVED_STATUS), rows[0] if rows else None)


def content_in_session(company: Company, name: str, language: str) -> ApprovedTemplate | None:
    """The same inside the 24 hours, where no approval is needed: the person's own language first. None where
    Twilio found that it does not fit; the words go without buttons then."""
    return next((row for row in _contents(company, name, language) if row.status != STOPPED), None)


def stop(message: Message, code: int | None) -> bool:
    """Use no more, in that language, the template `message` went as; False where it has none.

    WhatsApp's own states are followed and lifted when Twilio says so, a stop of ours (`STOPPED`) by the next
    push.
    """
    entry = for_writing_first(message.template)
    used = content(message.company, entry.name, message.language) if entry else None
    if used is None:
        return False
    used.status, used.reason = errors.TEMPLATE_STATES.get(code or 0, STOPPED), f"Twilio error {code}"
    used.save(only=["status", "reason"])
    queues.wake("note_outcomes")
    return True


def in_trouble(company: Company) -> list[ApprovedTemplate]:
    """What WhatsApp, or we, let go no more until a person has seen to it."""
    stopped = ApprovedTemplate.status.in_(TROUBLE)
    rows = ApprovedTemplate.select().where(ApprovedTemplate.company == company, stopped)
    return list(rows.order_by(ApprovedTemplate.name, ApprovedTemplate.language))


def variables(message: Message, language: str) -> dict[str, str]:
    """The values with which `message` goes as the template of that language; none where it has none."""
    if "1" in message.facts:
        # Queued before values had a language: they are in that of the message.
        return dict(message.facts)
    return message.facts.get(language, {})


def fits(message: Message, content: ApprovedTemplate) -> bool:
    """Whether `message` carries just the values these words ask for. What was written for other words does
    not, and Twilio would say the samples in place of what is missing: somebody else's name, another date."""
    wanted = len(render.approved(content.name, content.language).expressions)
    return variables(message, content.language).keys() == {str(number) for number in range(1, wanted + 1)}


def languages_of(name: str) -> list[str]:
    """The languages `name` is written in."""
    return [language for language in LANGUAGES if render.language_of(name, language) == language]


def _contents(company: Company, name: str, language: str) -> list[ApprovedTemplate]:
    rows = {
        row.language: row
        for row in ApprovedTemplate.select().where(
            ApprovedTemplate.company == company,
            ApprovedTemplate.name == name,
            ApprovedTemplate.language.in_([language, "en"]),
            ApprovedTemplate.content_id.is_null(False),
        )
    }
    return [row for row in (rows.get(language), rows.get("en") if language != "en" else None) if row]
