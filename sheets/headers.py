"""The words by which people head the columns of a contact sheet, and the field each of them means."""

import functools
import re
import unicodedata

from sheets import words
from sheets.plain import plain

# What a column can be taken for. `phone` may stand over several columns: the first is the contact's.
FIELDS = (
    "name",
    "first_name",
    "last_name",
    "phone",
    "further_phones",
    "country_code",
    "email",
    "address",
    "age",
    "birth_date",
    "gender",
    "language",
    "whatsapp_status",
    "consent",
    "notes",
)
# Fields that stay a column of their own and are known only so that they are not taken for something else.
ELSE = "else"


@functools.lru_cache(maxsize=4096)
def fields_of(label: str) -> tuple[str, ...]:
    """The fields a header names: () if none, two for "Email / Phone"; ELSE if known to be none of ours."""
    whole = _field(_normal(label))
    if whole and not _JOINT.search(label):
        return (whole,)
    parts = [_field(_normal(part)) for part in _JOINT.split(label)]
    known = tuple(dict.fromkeys(part for part in parts if part and part != ELSE))
    return known or ((whole,) if whole else ())


def is_secondary(label: str) -> bool:
    """Whether a phone column is somebody's second choice: alternate, home, office, landline."""
    return bool(_pattern_of(words.SECONDARY).search(_normal(label)))


def is_whatsapp(label: str) -> bool:
    """Whether a phone column is the one for WhatsApp."""
    return bool(_pattern_of(words.WHATSAPP).search(_normal(label)))


def is_vague(label: str) -> bool:
    """Whether a header ("Number", "Contact", "Cell") says phone only if what stands below it does."""
    return _normal(label) in _VAGUE


def is_hint(cells: list[str]) -> bool:
    """Whether a row only says how to fill in the sheet ("REQUIRED", "optional", "DD/MM/YYYY")."""
    filled = [cell for cell in cells if cell]
    hints = sum(1 for cell in filled if _is_hint(cell.strip(" ()[]*<>").lower()))
    return bool(filled) and hints * 2 > len(filled)


def is_total(cells: list[str]) -> bool:
    """Whether a row sums up or ends a list and describes nobody ("Total: 45", "Page 2 of 7", "कुल")."""
    first = next((cell for cell in cells if cell), "")
    return bool(_TOTAL.match(first.lower()))


def _is_hint(text: str) -> bool:
    return text in _HINTS or bool(_HINT.fullmatch(text))


def _normal(label: str) -> str:
    label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(label)).casefold()
    label = (
        unicodedata.normalize("NFKD", label) if label[:1] < "\u0590" else unicodedata.normalize("NFC", label)
    )
    label = re.sub("[\u0300-\u036f\u093c]", "", label)
    label = re.sub(r"\((?:required|optional|mandatory|if any)[^)]*\)|[*:?]", " ", label)
    return " ".join(re.sub(r"[_\-.#/\\()\[\]'\",&+]+", " ", label).split())


def _field(label: str) -> str:
    if not label:
        return ""
    bare = re.sub(r" ?\d{1,2}$", "", label)
    if bare in _EXACT:
        return _EXACT[bare]
    for field, pattern in _patterns():
        if pattern.search(bare):
            return field
    return ""


def _pattern(text: str) -> re.Pattern[str]:
    """Finds any of the words of a list in sheets.words."""
    listed = [_normal(word.replace("_", " ")) for word in text.split()]
    # "first name" is "firstname", too.
    whole = "|".join(re.escape(word).replace("\\ ", " ?") for word in listed if word.isascii())
    inside = [re.escape(word) for word in listed if not word.isascii()]
    return re.compile("|".join([rf"\b(?:{whole})\b", *inside]))


_pattern_of = functools.cache(_pattern)


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """What to look for in a heading, the telling words before the general ("contact date", "contact")."""
    lists = (
        (ELSE, words.NONE_OF_OURS),
        ("country_code", words.COUNTRY_CODE),
        ("consent", words.CONSENT),
        ("email", words.EMAIL),
        ("first_name", words.FIRST_NAME),
        ("last_name", words.LAST_NAME),
        ("phone", words.PHONE),
        ("birth_date", words.BIRTH_DATE),
        ("age", words.AGE),
        ("gender", words.GENDER),
        ("language", words.LANGUAGE),
        ("address", words.ADDRESS),
        ("notes", words.NOTES),
        ("name", words.NAME),
    )
    return [(field, _pattern(text)) for field, text in lists]


_JOINT = re.compile(r"\s*[/&,|+\n]\s*|\s+(?:and|or)\s+", re.IGNORECASE)
_EXACT = {
    "number": "phone",
    "no": ELSE,
    "id": ELSE,
    "sr": ELSE,
    "sr no": ELSE,
    "s no": ELSE,
    "sl no": ELSE,
    "error": ELSE,
    "errors": ELSE,
    "whatsapp status": "whatsapp_status",
    "whatsapp available": "whatsapp_status",
    "whatsapp active": "whatsapp_status",
    "on whatsapp": "whatsapp_status",
    "phone status": ELSE,
    "mail": "email",
    "cell": "phone",
    "contact": "phone",
    "contacts": "phone",
    "contact details": "phone",
    "contact detail": "phone",
    "alternate": "phone",
    "alternate no": "phone",
    "alternate number": "phone",
    "alt no": "phone",
    "other no": "phone",
    "other number": "phone",
    "alternative number": "phone",
    "second number": "phone",
    "secondary number": "phone",
    "emergency contact": "phone",
    "wa": "phone",
    "wa no": "phone",
    "wa number": "phone",
    "number phone": "phone",
    "नंबर": "phone",
    "customer": "name",
    "customers": "name",
    "patient": "name",
    "client": "name",
    "party": "name",
    "member": "name",
    "person": "name",
    "particulars": "name",
    "ledger": "name",
    "account name": "name",
    "ग्राहक": "name",
    "मरीज": "name",
    "रोगी": "name",
    "first": "first_name",
    "last": "last_name",
    "code": ELSE,
    "area code": ELSE,
    "cc": "country_code",
    "country": "country_code",
    "country name": "country_code",
    "country region": "country_code",
    "देश": "country_code",
}
_VAGUE = {
    "number",
    "cell",
    "contact",
    "contacts",
    "contact details",
    "contact detail",
    "wa",
    "portable",
    "handy",
    "رقم",
}
_HINTS = frozenset(words.HINTS.split())
_HINT = re.compile(r"e\.?g\.?\b.*|example.*|\d{1,2}[ -]digits?(?: .*)?|enter .*|.* is missing")
_TOTAL = re.compile(
    r"(?:grand |sub ?-?)?total\b|sum\b|count\b|page \d+|end of (?:list|report|file)|-+ ?end|"
    r"(?:printed|generated) (?:on|by)|no\.? of (?:records|customers|rows)|कुल\b|कुल |एकूण|योग\b|सूची समाप्त"
)
