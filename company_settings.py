"""What a company can set for itself with `company set`: each setting with its
default, its reading and its help."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models import Company


class Refused(Exception):
    """The setting does not exist or cannot have that value; the message says why."""


@dataclass(frozen=True)
class Setting:
    default: Any
    read: Callable[[str], Any]
    help: str


def _text(text: str) -> str:
    return " ".join(text.split())


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) > 365:
        raise ValueError("a number of days from 0 to 365")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise ValueError("a whole number above zero")
    return int(text)


def _count_or_off(text: str) -> int | None:
    return None if text == "off" else _count(text)


def _hour_or_off(text: str) -> str | None:
    if text == "off":
        return None
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("a time such as 20:00, or off")
    return text


def _share_or_off(text: str) -> int | None:
    number = text.removesuffix("%").strip()
    if text != "off" and not (number.isdecimal() and 0 < int(number) <= 50):
        raise ValueError("a share from 1% to 50%, or off")
    return None if text == "off" else int(number)


def _rupees(text: str) -> str:
    # Kept as it is written: JSON knows no exact amounts.
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text.removeprefix("₹")):
        raise ValueError("an amount in rupees such as 0.55")
    return text.removeprefix("₹")


def _days_or_off(text: str) -> int | None:
    return None if text == "off" else _days(text)


def _long(text: str) -> int:
    if not text.isdecimal() or not 30 <= int(text) <= 3650:
        raise ValueError("a number of days from 30 to 3650")
    return int(text)


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("on or off")
    return text == "on"


def _hours(text: str) -> list[str] | None:
    if text == "off":
        return None
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text)
    if not match or text[:5] == text[6:]:
        raise ValueError("hours such as 21:00-08:00, or off")
    return text.split("-")


def _sms_sender(text: str) -> str:
    if text in ("off", ""):
        return ""
    if not re.fullmatch(r"\+[1-9]\d{6,14}|MG[0-9a-f]{32}", text):
        raise ValueError("a number such as +14155550100, a messaging service MG…, or off")
    return text


SETTINGS = {
    "quiet_hours": Setting(["21:00", "08:00"], _hours, "nothing but answers goes out in these hours; or off"),
    "daily_limit": Setting(
        250, _count_or_off, "people we may write to first in 24 hours, as WhatsApp allows; or off"
    ),
    "rate": Setting(80, _count, "messages a second our WhatsApp number may send"),
    "sms": Setting(False, _switch, "on: who is not on WhatsApp is sent an SMS instead"),
    "sms_sender": Setting("", _sms_sender, "the number +… or messaging service MG… that sends SMS; or off"),
    "catch_up_per_hour": Setting(
        60, _count, "reminders and offers in an hour while the desk catches up after an outage"
    ),
    "pause_promotions": Setting(False, _switch, "on: offers wait, reminders and answers go on"),
    "show_days_before": Setting(5, _days, "days before a medicine runs out that it stands in the due list"),
    "remind_days_before": Setting(3, _days, "days before a medicine runs out that WhatsApp reminds"),
    "overdue_days_after": Setting(2, _days, "days after it ran out that WhatsApp asks once more"),
    "call_days_after": Setting(5, _days, "days after it ran out that staff are asked to call"),
    "last_days_after": Setting(21, _days, "days after it ran out that the last message goes"),
    "lapsed_days_after": Setting(
        60, _days, "days after it ran out that a supply nobody bought again leaves the due list"
    ),
    "basket_days": Setting(7, _days, "medicines of one phone that run out within these days are one message"),
    "messages_per_cycle": Setting(3, _count, "automatic messages at most for one supply of a medicine"),
    "silent_cycles": Setting(
        2, _count_or_off, "supplies in a row without an answer from which fewer messages go; or off"
    ),
    "messages_when_silent": Setting(1, _count, "automatic messages at most for who never answers"),
    "reserve_days_ahead": Setting(7, _days, "days ahead that the list of what to set aside looks"),
    "reserved_days": Setting(7, _days, "days after a medicine ran out that what was set aside lies ready"),
    "prescription_days": Setting(183, _days, "days a prescription is taken as valid for refills"),
    "chronic_prescription_days": Setting(365, _days, "the same for a prescription of a long illness"),
    "ladder_from_days": Setting(15, _days, "shorter supplies are acute courses and get no reminders"),
    "care_days_before": Setting(
        3, _days, "days before a doctor's visit or check-up that the customer is reminded"
    ),
    "name_medicines": Setting(False, _switch, "on: reminders name the medicine to everybody"),
    "holdout": Setting(None, _share_or_off, "share of phones that get no automatic refill messages; or off"),
    "message_cost": Setting("0.55", _rupees, "rupees one WhatsApp message costs, for the uplift report"),
    "daily_summary": Setting("20:00", _hour_or_off, "when managers are told what the day brought; or off"),
    "opening_hours": Setting("", _text, "when the shop is open, as customers are told"),
    "gst_number": Setting("", _text, "the shop's GSTIN, as it stands on invoices"),
    "drug_licence": Setting("", _text, "the numbers of the drug licence, as they stand on invoices"),
    "address": Setting("", _text, "where the shop is, as customers are told"),
    "materials_text": Setting(
        "", _text, "what the materials say we offer, in place of the words they come with"
    ),
    "default_consent": Setting(
        "", _text, "how the people of uploaded sheets agreed, when nothing else is said"
    ),
    "call_contacts_after": Setting(2, _days, "days after the materials that staff call a silent contact"),
    "visit_overdue_after": Setting(60, _days, "days without a visit after which staff are told to call"),
    "return_days": Setting(30, _days, "days after the bill that goods are taken back"),
    "home_delivery": Setting(True, _switch, "off: call scripts do not offer it"),
    "api_requests_a_minute": Setting(600, _count, "requests a minute one API token may send"),
    "keep_messages_days": Setting(
        365, _long, "days after which the texts of messages, and files that were sent, are forgotten here"
    ),
    "redact_after_days": Setting(
        3, _days_or_off, "days after which the texts of messages are emptied at Twilio; or off"
    ),
    "person_answers_hours": Setting(12, _count, "hours the bot holds back once a person has replied"),
}


def get(company: Company, name: str) -> Any:
    """The company's value of a setting, or its default."""
    return company.settings.get(name, SETTINGS[name].default)


def change(company: Company, name: str, text: str) -> Any:
    """Set `name` from what was typed and return the value; raises `Refused` with a sentence."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise Refused(f"There is no setting {name}. There are: {', '.join(sorted(SETTINGS))}.")
    try:
        value = setting.read(text.strip())
    except ValueError as fault:
        raise Refused(f"{name} takes {fault}.") from None
    company.settings = {**company.settings, name: value}
    company.save(only=["settings"])
    return value
