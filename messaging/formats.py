"""How values read in a message, as India writes them: the filters of templates, in English and Hindi."""

from collections.abc import Callable
from datetime import date as Date
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, parse_pattern
from phonenumbers import NumberParseException, PhoneNumberFormat

_NEAR = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    # "कल" is yesterday as well; there the date says it.
    "hi": {0: "आज", 1: "कल"},
}
# Within a week a weekday alone would do, but the date beside it leaves no doubt.
_DAY = "EEEE d MMM"
_DATE = "d MMM y"
# Babel reads a pattern, and a language by its name, anew for each number otherwise.
_NUMBER = parse_pattern("#,##,##0.###")
# The same few numbers and dates stand in every list.
_remembered = lru_cache(maxsize=1024)


@_remembered
def rupees(amount: Decimal | int, language: str = "en") -> str:
    """Rupees in lakhs and crores, paise only where there are any: "₹1,50,000", "₹8.50"."""
    exact = Decimal(amount).quantize(Decimal("0.01"))
    pattern = "¤#,##,##0" if exact == exact.to_integral_value() else "¤#,##,##0.00"
    return format_currency(exact, "INR", pattern, locale=_locale(language), currency_digits=False)


@_remembered
def number(value: Decimal | int, language: str = "en") -> str:
    """A number grouped in lakhs, without needless zeros behind the point: "1,20,000", "2.5"."""
    return format_decimal(value, _NUMBER, locale=_locale(language))


@_remembered
def date(value: Date, language: str = "en") -> str:
    """ "26 Feb 2027"; `value` is a local date."""
    return format_date(value, _DATE, locale=_locale(language))


def month(value: Date, language: str = "en") -> str:
    """ "February 2027", of any day of it."""
    return format_date(value, "LLLL y", locale=_locale(language))


def day(value: Date, today: Date, language: str = "en") -> str:
    """ "today", "tomorrow", "Friday 27 Nov" within half a year of `today`, else with a year; local dates."""
    near = _NEAR[_known(language)].get((value - today).days)
    if near:
        return near
    return format_date(value, _DAY if abs((value - today).days) < 180 else _DATE, locale=_locale(language))


def time(at: datetime, zone: str, language: str = "en") -> str:
    """ "5:00 pm" in `zone`, from an aware moment."""
    local = at.astimezone(ZoneInfo(zone))
    return format_time(local.time(), "h:mm a", locale=_locale(language)).lower()


def moment(at: datetime, zone: str, now: datetime, language: str = "en") -> str:
    """ "tomorrow, 5:00 pm" in `zone`, from aware moments."""
    local, today = (which.astimezone(ZoneInfo(zone)).date() for which in (at, now))
    return f"{day(local, today, language)}, {time(at, zone, language)}"


def phone(value: str, language: str = "en") -> str:
    """An Indian number as "98765 43210", others as "+44 20 7946 0958"; what is not E.164 stays as it is."""
    try:
        parsed = phonenumbers.parse(value)
    except NumberParseException:
        return value
    if parsed.country_code != 91:
        return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    national = str(parsed.national_number)
    if len(national) == 10 and national[0] in "6789":
        return f"{national[:5]} {national[5:]}"
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)


def count(value: int, one: str, many: str, language: str = "en") -> str:
    """ "1 contact", "1,200 contacts"; the words are given in the template's own language."""
    return f"{number(value, language)} {one if value == 1 else many}"


def percent(value: float | None, language: str = "en") -> str:
    """ "42%", below ten "3.5%"; `value` is in hundredths, None where there is nothing to tell: "–"."""
    if value is None:
        return "–"
    step = Decimal(1) if abs(value) >= 9.95 else Decimal("0.1")
    exact = Decimal(value).quantize(step, ROUND_HALF_UP)
    return format_decimal(exact, "#0.#", locale=_locale(language)) + "%"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_known(language))


def _known(language: str) -> str:
    return language if language in _NEAR else "en"


FILTERS: dict[str, Callable[..., str]] = {
    function.__name__: function
    for function in (rupees, number, date, month, day, time, moment, phone, count, percent)
}
