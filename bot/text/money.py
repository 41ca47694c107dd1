"""Amounts of money as people type them in India."""

import re
from decimal import Decimal

from messaging.words import visible

# Above this a number is a slip or a phone number, not what a pharmacy is paid.
LARGEST = Decimal(99_999_999)

_CURRENCY = r"(?:₹|rs\.?|inr|rupees?|rupaye|रु\.?|रू\.?|रुपये|रुपए)"
_NUMBER = r"\d{1,3}(?:,\d{2})*,\d{3}|\d{1,3}(?:,\d{3})+|\d+"
_MANY = {
    "k": 1_000,
    "thousand": 1_000,
    "hazar": 1_000,
    "hazaar": 1_000,
    "हजार": 1_000,
    "हज़ार": 1_000,
    "l": 100_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "lac": 100_000,
    "लाख": 100_000,
}
_AMOUNT = re.compile(
    rf"(?:{_CURRENCY}\s*)?(?P<number>(?:{_NUMBER})(?:\.\d{{1,2}})?)\s*"
    rf"(?P<many>{'|'.join(sorted(_MANY, key=len, reverse=True))})?\s*"
    rf"(?:{_CURRENCY})?\s*(?:/[-=])?\s*(?:only|ka|ki|ke|का|की|के)?\.?",
    re.IGNORECASE,
)


def amount(text: str) -> Decimal | None:
    """Rupees with two decimals ("₹1,250.50", "500/-", "1.5k", "2 lakh"), from 0 to `LARGEST`, else None."""
    match = _AMOUNT.fullmatch(visible(text).strip())
    if match is None or len(match["number"]) > 20:
        return None
    rupees = Decimal(match["number"].replace(",", "")) * _MANY.get((match["many"] or "").casefold(), 1)
    return rupees.quantize(Decimal("0.01")) if rupees <= LARGEST else None
