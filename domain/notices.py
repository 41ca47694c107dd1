"""What staff are told on their own phones, each in their own language."""

from typing import Any

from domain import people
from domain import staff as team
from messaging import outbox
from models import Company, Message, Staff


def tell(member: Staff, template: str, *, key: str, kind: str = "staff_notice", **facts: Any) -> Message:
    """Queue a notice, or with the kind `staff_alarm` what waits for nothing; `key` makes it once for ever."""
    phone, language = people.phone_at(member.company, member.phone), member.language
    return outbox.queue(phone, template, key=key, kind=kind, language=language, name=member.name, **facts)


def tell_managers(
    company: Company, template: str, *, key: str, kind: str = "staff_notice", **facts: Any
) -> list[Message]:
    """Queue the same for every manager, for each of them once."""
    return [
        tell(manager, template, key=f"{key}:{manager.id}", kind=kind, **facts)
        for manager in team.managers(company)
    ]
