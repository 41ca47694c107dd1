"""Countries by the names people write in a sheet, and the digits by which they are called."""

import functools

import phonenumbers
from babel import Locale

# The languages of our sheets, and what their lists of countries do not have.
_LANGUAGES = ("en", "hi", "mr", "gu", "ta", "bn")
_SHORT = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "america": "US",
    "u.k.": "GB",
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "britain": "GB",
    "great britain": "GB",
    "uae": "AE",
    "u.a.e.": "AE",
    "dubai": "AE",
    "abu dhabi": "AE",
    "ksa": "SA",
    "burma": "MM",
    "myanmar": "MM",
    "hong kong": "HK",
    "bharat": "IN",
}


def calling_code_of(name: str) -> str:
    """The digits for "India", "UAE", "NP" or "नेपाल"; "" for what is no country."""
    region = _regions().get(" ".join(name.split()).casefold(), "")
    return str(phonenumbers.country_code_for_region(region) or "") if region else ""


@functools.cache
def _regions() -> dict[str, str]:
    known = {region.casefold(): region for region in phonenumbers.SUPPORTED_REGIONS}
    for language in _LANGUAGES:
        names = Locale(language).territories
        known |= {
            names[region].casefold(): region for region in phonenumbers.SUPPORTED_REGIONS if region in names
        }
    return known | _SHORT
