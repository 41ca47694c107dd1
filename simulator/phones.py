"""The phones of the simulated world: who they belong to, and what WhatsApp knows of them."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import phonenumbers

from simulator.messages import Message
from simulator.refusals import Refusal

WINDOW = timedelta(hours=24)
# A business-scoped user id, by which people without a visible number are addressed (PLATFORM.md §1).
USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")


@dataclass
class Phone:
    """One person's phone; `shown` means that it stands on the page as a handset and reads what it gets."""

    number: str
    name: str = ""
    role: str = ""
    sheet: str = ""
    shown: bool = False
    on_whatsapp: bool = True
    reads: bool = True
    hides_number: bool = False
    # Blocked us: messages stay `sent` for ever. Opted out with Twilio: 21610.
    blocked: bool = False
    opted_out: bool = False
    # Wrote STOP by SMS, which Twilio obeys by itself.
    sms_stopped: bool = False
    fails_with: int | None = None
    changed: int = 0
    typing_until: datetime | None = None
    messages: list[Message] = field(default_factory=list)
    wrote_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def user_id(self) -> str:
        """The business-scoped user id, the same for a number in every run."""
        digest = hashlib.sha256(self.number.encode()).digest()
        return f"{_region(self.number)}.{int.from_bytes(digest[:7], 'big'):016d}"

    @property
    def address(self) -> str:
        """What stands in `From` when this phone writes."""
        return f"whatsapp:{self.user_id if self.hides_number else self.number}"

    def may_be_written_to_freely(self, sender: str, now: datetime) -> bool:
        """Whether this phone wrote to `sender` within the last 24 hours."""
        wrote_at = self.wrote_at.get(sender)
        return wrote_at is not None and now - wrote_at < WINDOW


class Phones:
    """All phones by number; one that is written to for the first time comes into being then."""

    def __init__(self) -> None:
        self.by_number: dict[str, Phone] = {}
        self._by_user_id: dict[str, Phone] = {}

    def at(self, number: str) -> Phone:
        """The phone of a number in E.164, new if it was not known."""
        phone = self.by_number.get(number)
        if phone is None:
            phone = self.by_number[number] = Phone(number)
            self._by_user_id[phone.user_id] = phone
        return phone

    def addressed(self, address: str) -> Phone | None:
        """The phone that `whatsapp:+…`, `whatsapp:IN.…` or, for SMS, `+…` means; None when nobody can have
        that address."""
        if _is_e164(address):
            return self.at(address)
        channel, _, name = address.partition(":")
        if channel != "whatsapp":
            return None
        if name in self.by_number or USER_ID.fullmatch(name):
            return self.by_number.get(name) or self._by_user_id.get(name)
        return self.at(name) if _is_e164(name) else None

    def shown(self) -> list[Phone]:
        """The handsets on the page, in the order in which they came."""
        return [phone for phone in self.by_number.values() if phone.shown]

    def others(self, search: str = "", limit: int = 50) -> tuple[list[Phone], int]:
        """Phones without a handset that match `search`, latest contact first, and how many match."""
        found = [phone for phone in self.by_number.values() if not phone.shown and _matches(phone, search)]
        found.sort(key=lambda phone: phone.changed, reverse=True)
        return found[:limit], len(found)


def in_e164(text: str) -> str:
    """A number as people type it, in E.164; India is meant when no country is given. Raises `Refusal`."""
    try:
        number = phonenumbers.parse(text, "IN")
    except phonenumbers.NumberParseException:
        raise Refusal(400, 21211, f"{text or 'This'} is not a phone number.") from None
    if not phonenumbers.is_possible_number(number):
        raise Refusal(400, 21211, f"{text} is not a phone number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def for_people(number: str) -> str:
    """A number in E.164 with the spaces people put into it."""
    parsed = phonenumbers.parse(number, None)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _is_e164(name: str) -> bool:
    if not re.fullmatch(r"\+[1-9]\d{6,14}", name):
        return False
    return phonenumbers.is_possible_number(phonenumbers.parse(name, None))


def _region(number: str) -> str:
    return phonenumbers.region_code_for_number(phonenumbers.parse(number, None)) or "ZZ"


def _matches(phone: Phone, search: str) -> bool:
    wanted = search.strip().lower()
    digits = re.sub(r"\D", "", wanted)
    return not wanted or wanted in phone.name.lower() or bool(digits and digits in phone.number)
