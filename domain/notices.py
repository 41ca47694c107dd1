"""What staff are told on their own phones, each in their own language."""

from typing import Any

from domain import staff as team
from messaging import outbox
from models import Company, Message, Phone, Staff


def tell(member: Staff, template: str, *, key: str, kind: str = "staff_notice", **facts: Any) -> Message:
    """Queue a notice, or with the kind `staff_alarm` what waits for nothing; `key` makes it once for ever."""
    phone, language = _phone_of(member), member.language
    return outbox.queue(phone, template, key=key, kind=kind, language=language, name=member.name, **facts)


def tell_managers(
    company: Company, template: str, *, key: str, kind: str = "staff_notice", **facts: Any
) -> list[Message]:
    """Queue the same for every manager, for each of them once."""
    return [
        tell(manager, template, key=f"{key}:{manager.id}", kind=kind, **facts)
        for manager in team.managers(company)
    ]


def _phone_of(member: Staff) -> Phone:
    Phone.insert(company=member.company_id, address=member.phone).on_conflict_ignore().execute()
    return Phone.get(Phone.company == member.company_id, Phone.address == member.phone)
