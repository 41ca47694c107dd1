"""Phone numbers in the cells of a sheet: any spelling in, E.164 out, and what was wrong if there is none."""

import functools
import re
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberType, ValidationResult

from sheets import countries
from sheets.plain import plain
from sheets.quick import QuickReader, is_rounded, pattern

MOBILE, LANDLINE, OTHER = "mobile", "landline", "other"
# What is wrong with a number of kind OTHER where a person's is wanted.
SERVICE = "service_number"


class Phone(NamedTuple):
    """A number in E.164 and its kind: MOBILE (or what may be on WhatsApp as one is), LANDLINE, or OTHER: a
    toll-free number or another of a service, behind which there is nobody."""

    number: str
    kind: str


class PhoneCell(NamedTuple):
    """What a cell holds: numbers in their order, the text beside them, why there is none, what was repaired.

    `problem` and `repairs` are codes; their sentences are templates/messages/row_<code>.txt.
    """

    phones: tuple[Phone, ...] = ()
    text: str = ""
    problem: str = ""
    repairs: tuple[str, ...] = ()


def parse_cell(value: object, region: str, country_code: str = "") -> PhoneCell:
    """Read one cell of any type. `region` is an ISO code ("IN"), `country_code` digits (another column's)."""
    quick = quick_reader(region)
    number = "" if country_code else quick.read(value)
    if number:
        return PhoneCell((Phone(number, LANDLINE if number in quick.landlines else MOBILE),))
    text = plain(value)
    if text.lower() in _NOTHING:
        return PhoneCell(problem="no_phone")
    text = _LINK.sub(r"\1", text)
    text, problem, repairs = _undo_excel(value, text)
    if problem:
        return PhoneCell(problem=problem)
    reader = _Reader(region, country_code)
    phones, beside = reader.numbers_in(text)
    if not phones:
        return PhoneCell(text=text, problem=reader.problem or "not_a_phone")
    if isinstance(value, str) and not value.isascii() and _FOREIGN_DIGITS.search(value):
        repairs.append("digits")
    return PhoneCell(tuple(dict.fromkeys(phones)), beside, "", tuple(repairs + reader.repairs))


def of_a_person(value: object, region: str, country_code: str = "") -> PhoneCell:
    """The same without numbers of kind OTHER, which WhatsApp does not reach: they go to the text beside, and
    the problem is SERVICE where there is nothing else."""
    cell = parse_cell(value, region, country_code)
    kept = tuple(phone for phone in cell.phones if phone.kind != OTHER)
    if len(kept) == len(cell.phones):
        return cell
    if not kept:
        return PhoneCell(text=plain(value), problem=SERVICE)
    left = [phone.number for phone in cell.phones if phone.kind == OTHER]
    return cell._replace(phones=kept, text=" ".join(filter(None, [cell.text, *left])))


@functools.cache
def quick_reader(region: str) -> QuickReader:
    """The reader `parse_cell` tries first."""
    return QuickReader(region)


def calling_code(value: object) -> str:
    """The digits of a country code: "91" for 91.0, "+91", "0091", "IN", "India" or "India (+91)", else ""."""
    return _calling_code(plain(value))


@functools.lru_cache(maxsize=1024)
def _calling_code(text: str) -> str:
    digits = re.sub(r"\D", "", text).lstrip("0")
    if 1 <= len(digits) <= 3:
        return digits
    return "" if digits else countries.calling_code_of(text)


_NOTHING = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        ".",
        "0",
        "na",
        "n/a",
        "n.a.",
        "nil",
        "none",
        "no",
        "null",
        "nan",
        "not available",
        "x",
    )
)
_FOREIGN_DIGITS = re.compile(r"(?![0-9])\d")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?\s*[eE]\s*\+?(\d{1,2})")
_DECIMAL = re.compile(r"(?<!\d)(\+?\d{7,15})[.,]00?(?!\d)")
# A link that opens a chat, and the address of one in an export.
_LINK = re.compile(
    r"(?:https?://)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?phone=)(\+?\d+)\S*|(?<=\d)@\S*whatsapp\.net",
    re.IGNORECASE,
)
# "98765 43210/11": the end of a second number that otherwise is like the first.
_OTHER_END = re.compile(r"\s*[/\\&]\s*(\d{1,5})(?!\d|[ -]?\d)")
_SEPARATOR = re.compile(r"\s*(?:[/,;&|\n\t\\]|\bor\b|\band\b|\bया\b|\bऔर\b|\bव\b)\s*", re.IGNORECASE)
_RUN = re.compile(r"(?:\(\s*)?(?:\+\s*)?\(?\d(?:[\d ().*-]*\d)?")
_INDIAN = re.compile(r"(?:0{0,2}91)?0?([6-9]\d{9})")
_INDIAN_WITH_PLUS = re.compile(r"0{0,2}910?([6-9]\d{9})")
_KINDS = {
    PhoneNumberType.MOBILE: MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: MOBILE,
    PhoneNumberType.FIXED_LINE: LANDLINE,
    PhoneNumberType.PERSONAL_NUMBER: MOBILE,
    PhoneNumberType.VOIP: MOBILE,
}
_TOO_SHORT = (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


def _undo_excel(value: object, text: str) -> tuple[str, str, list[str]]:
    """The digits back from 9876543210.0 and 9.876543210E+9; `rounded` where some are lost: never a guess."""
    if "#" in text and not text.strip("# "):
        return text, "rounded", []
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        first, fraction, exponent = scientific[1], scientific[2] or "", int(scientific[3])
        if len(fraction) < exponent or fraction[exponent:].strip("0"):
            return text, "rounded", []
        return first + fraction[:exponent], "", ["scientific"]
    if isinstance(value, (int, float)) and is_rounded(text):
        return text, "rounded", []
    whole = _DECIMAL.sub(r"\1", text)
    return whole, "", ["decimal"] if whole != text else []


class _Reader:
    """Finds the numbers of one cell; notes on its way what stood against the others, and what it repaired."""

    def __init__(self, region: str, country_code: str):
        self.region = region
        self.country_code = country_code
        self.own_code = str(phonenumbers.country_code_for_region(region))
        self.problem = ""
        self.repairs: list[str] = []

    def numbers_in(self, text: str) -> tuple[list[Phone], str]:
        """The numbers, and what else the text says."""
        pieces = [piece for piece in _SEPARATOR.split(self._with_other_ends(text)) if piece]
        phones: list[Phone] = []
        beside: list[str] = []
        for piece in pieces:
            found, rest = self._in_piece(piece)
            phones += found
            beside.append(rest)
        if not phones and len(pieces) > 1:
            return self._across_pieces(pieces, " ".join(filter(None, beside)))
        if len(set(phones)) > 1:
            self.repairs.append("several_phones")
        return phones, " ".join(filter(None, beside))

    def _with_other_ends(self, text: str) -> str:
        """The text with the second number of "98765 43210/11" written out."""
        other = _OTHER_END.search(text)
        if not other:
            return text
        before = text[: other.start()]
        run = next((match[0] for match in _RUN.finditer(before) if before.endswith(match[0])), "")
        digits = re.sub(r"\D", "", run)
        second = digits[: -len(other[1])] + other[1]
        if len(digits) < 10 or not self._parse(digits) or not self._parse(second):
            return text
        return f"{before}/{second}{text[other.end() :]}"

    def _across_pieces(self, pieces: list[str], beside: str) -> tuple[list[Phone], str]:
        """One number broken by a slash or a line end: "98765/43210"."""
        phones: list[Phone] = []
        while pieces:
            for count in range(2, min(4, len(pieces)) + 1):
                phone = self._parse("".join(pieces[:count])) if _RUN.match(pieces[0]) else None
                if phone:
                    phones.append(phone)
                    pieces = pieces[count - 1 :]
                    break
            pieces = pieces[1:]
        if phones:
            self.repairs.append("joined")
            beside = _RUN.sub("", beside)
        return phones, beside.strip()

    def _in_piece(self, piece: str) -> tuple[list[Phone], str]:
        phones: list[Phone] = []
        rest = piece
        for match in _RUN.finditer(piece):
            found = self._in_run(match[0].strip())
            if found:
                phones += found
                rest = rest.replace(match[0], " ", 1)
        return phones, _tidy(rest)

    def _in_run(self, run: str) -> list[Phone]:
        phone = self._parse(run)
        if phone:
            return [phone]
        phones: list[Phone] = []
        words: list[str] = []
        for word in re.split(r"[ ()-]+", run):
            words.append(word)
            phone = self._parse(" ".join(words)) if len(words) < 6 else None
            if phone:
                phones.append(phone)
                words = []
        return phones

    def _parse(self, run: str) -> Phone | None:
        digits = re.sub(r"\D", "", run)
        has_plus = run.lstrip("( ").startswith("+")
        if self.country_code and not has_plus:
            phone = self._parse_international(self.country_code + digits.lstrip("0")) or (
                self._parse_international(digits) if digits.startswith(self.country_code) else None
            )
            if phone:
                return phone
            if self.country_code != self.own_code and not digits.startswith("00"):
                return None
        if self.region == "IN":
            match = (_INDIAN_WITH_PLUS if has_plus else _INDIAN).fullmatch(digits)
            if match and pattern("IN", "mobile").fullmatch(match[1]):
                return Phone("+91" + match[1], MOBILE)
        if digits.startswith("00") and not has_plus:
            return self._parse_international(digits[2:])
        return self._parse_international(digits) if has_plus else self._parse_national(digits)

    def _parse_international(self, digits: str) -> Phone | None:
        return self._checked("+" + digits, None)

    def _parse_national(self, digits: str) -> Phone | None:
        phone = self._checked(digits, self.region)
        if not phone and self.region == "IN" and len(digits) > 10 and not digits.startswith(("0", "91")):
            is_foreign = len(digits) > 11 and _checked_number("+" + digits, None)
            self.problem = "needs_country_code" if is_foreign else "too_long"
        return phone

    def _checked(self, text: str, region: str | None) -> Phone | None:
        number = _checked_number(text, region)
        if isinstance(number, Phone):
            return number
        if len(text) >= 5 or not self.problem:
            self.problem = _problem(text, region)
        return None


def _checked_number(text: str, region: str | None) -> Phone | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = _KINDS.get(phonenumbers.number_type(number), OTHER)
    return Phone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), kind)


def _problem(text: str, region: str | None) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        short = error.error_type != phonenumbers.NumberParseException.TOO_LONG
        return ("too_short" if len(text) < 8 else "no_such_number") if short else "too_long"
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in _TOO_SHORT:
        return "too_short"
    return "too_long" if reason == ValidationResult.TOO_LONG else "no_such_number"


def _tidy(text: str) -> str:
    """The words beside a number without those that only say that it is one: "Mob.", "tel:", "+91", "()"."""
    words = re.sub(r"\(\s*\)|\[\s*\]|(?<!\S)\+\d{1,3}(?!\S)", " ", text)
    words = re.sub(r"\s+", " ", words).strip(" -:.,'\"*#+_")
    words = words[1:-1].strip() if words[:1] == "(" and words[-1:] == ")" else words
    return "" if _LABEL.fullmatch(words) else words


_LABEL = re.compile(r"mo?|mob(?:ile)?|ph(?:one)?|tel|cell|no|number|wa|whatsapp|मो|मोबाइल|फोन", re.IGNORECASE)
