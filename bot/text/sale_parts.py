"""The parts of one sold item: what says a duration, a price or a quantity is taken out, the name remains."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bot.text import dosages, durations, money
from messaging.words import visible

# Stands where a part was taken out: what comes before it and after it do not belong together.
_GAP = " | "
# "Pan 40 strip of 15" means a strength of 40, not forty strips.
_MANY_PACKS = 20


class Unclear(Exception):
    """What was typed cannot be read as a sale; `code` says why, `facts` which piece of the text."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass
class Parts:
    """What has been found of an item so far, and the text not yet understood."""

    text: str
    medicine: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    total: Decimal | None = None
    duration_days: int | None = None
    # How it is taken.
    dosage: str = ""
    # How many packs the quantity stands for, when a pack's content was said.
    packs: Decimal | None = None
    # Whether the quantity counts strips or bottles whose content nobody said.
    is_packs: bool = False
    # Whether the quantity comes from "30 x 5" or "30 @ 5", where a strength may have been meant.
    multiplied: bool = False
    # Whether nothing said if the price is that of one or of all.
    is_bare: bool = False

    def fill(self, name: str, value: Decimal | int, piece: str) -> None:
        """Set a part once; a second value for it is unclear."""
        if getattr(self, name) is not None:
            raise Unclear(f"{name}_twice", piece=piece.strip())
        setattr(self, name, value)


Step = tuple[re.Pattern[str], Callable[[Parts, re.Match[str]], None], bool]


def tidy(text: str) -> str:
    """`text` with one spelling of the signs that stand between numbers."""
    return re.sub(r"(?<=[\d\s])[×✕✖*](?=[\s\d₹rR])", "x", visible(text))


def parts(piece: str) -> Parts:
    """The parts of one item; raises `Unclear` for pieces that fit nowhere. What was not said stays None."""
    negative = re.search(r"(?:^|\s|[x@])-\d[\d.]*", piece)
    if negative:
        raise Unclear("number_wrong", piece=negative[0].strip())
    dosage, rest = dosages.split(piece, _GAP)
    found = Parts(rest, dosage=dosage)
    for step in _STEPS:
        _apply(step, found)
    _name_and_lone_numbers(found)
    return found


def _apply(step: Step, found: Parts) -> None:
    pattern, take, while_no_quantity = step
    while not (while_no_quantity and found.quantity is not None):
        match = pattern.search(found.text)
        if match is None:
            return
        take(found, match)
        found.text = found.text[: match.start()] + _GAP + found.text[match.end() :]


def _duration(found: Parts, match: re.Match[str]) -> None:
    days = durations.days(match["length"])
    if days is None:
        raise Unclear("duration_wrong", piece=match[0].strip())
    found.fill("duration_days", days, match[0])


def _total(found: Parts, match: re.Match[str]) -> None:
    found.fill("total", _money(match), match[0])


def _price(found: Parts, match: re.Match[str]) -> None:
    if found.packs and not re.search(rf"\b{_FORM}", match[0], re.IGNORECASE):
        found.fill("total", found.packs * _money(match), match[0])
    else:
        found.fill("unit_price", _money(match), match[0])


def _bare_price(found: Parts, match: re.Match[str]) -> None:
    _price(found, match)
    found.is_bare = found.unit_price is not None


def _quantity(found: Parts, match: re.Match[str]) -> None:
    found.fill("quantity", _count(match["count"]), match[0])
    found.is_packs = bool(re.search(rf"\b{_PACK}", match[0], re.IGNORECASE))


def _multiplied(found: Parts, match: re.Match[str]) -> None:
    _quantity(found, match)
    _price(found, match)
    found.multiplied = True


def _packs(found: Parts, match: re.Match[str]) -> None:
    """ "2 strips of 15": 30 pieces; a price said then is that of a strip, so only the total is certain."""
    packs = _count(match["count"])
    if packs >= _MANY_PACKS:
        raise Unclear("strength_or_quantity", piece=match[0].strip())
    found.fill("quantity", packs * _count(match["each"]), match[0])
    found.packs = packs


def _money(match: re.Match[str]) -> Decimal:
    price = money.amount(match["price"])
    if price is None:
        raise Unclear("price_wrong", piece=match[0].strip())
    return price


def _count(written: str) -> Decimal:
    count = Decimal(written.replace(",", "")) if len(written) <= 12 else Decimal(-1)
    if count <= 0:
        raise Unclear("quantity_wrong", piece=written)
    return count


def _name_and_lone_numbers(found: Parts) -> None:
    stripped = (raw.strip(" ,:-–—=.") for raw in found.text.split("|"))
    segments = [segment for segment in stripped if segment and not _LOOSE.match(segment)]
    if not segments:
        return
    name, fields = _apart(segments[0], found)
    for segment in segments[1:]:
        if not re.fullmatch(rf"(?:{_CURRENCY}\s*)?{_NUMBER}", segment, re.IGNORECASE):
            raise Unclear("not_understood", piece=segment)
        fields.append(segment)
    for written in fields:
        _place(found, written)
    found.medicine = re.sub(r"\s+", " ", _PACK_AT_END.sub("", name)).strip(" ,:-–—@=")
    if re.search(r",|\sx\s", found.medicine, re.IGNORECASE):
        raise Unclear("not_understood", piece=found.medicine)


def _apart(segment: str, found: Parts) -> tuple[str, list[str]]:
    """The name, and the numbers behind it that are fields: "Crocin 650 30" is Crocin 650, and 30.

    The first lone number behind a name is its strength, unless a strength with its unit or a comma precedes.
    """
    if found.quantity is not None and (found.unit_price is not None or found.total is not None):
        return segment, []
    tail = _TAIL.search(segment)
    if tail is None:
        return segment, []
    name, fields = segment[: tail.start()], tail[0].replace(", ", " ").split()
    if not re.search(rf",\s*$|{_STRENGTH}\s*(?:{_PACK}|{_FORM})?\s*$", name, re.IGNORECASE):
        name, fields = f"{name} {fields[0]}", fields[1:]
    return name, [field for field in fields if field != ","]


def _place(found: Parts, written: str) -> None:
    digits = written.strip(" ,")
    if found.quantity is None and re.fullmatch(_NUMBER, digits):
        found.quantity = _count(digits)
    elif found.unit_price is None and found.total is None:
        price = money.amount(digits)
        if price is None:
            raise Unclear("price_wrong", piece=written)
        found.unit_price, found.is_bare = price, True
    else:
        raise Unclear("not_understood", piece=written)


# Bounded, so that a flood of digits costs no more than it has digits.
_DIGITS = r"(?<!\d)(?<!\d[.,])\d[\d,]{0,14}(?<!,)(?:\.\d{1,6})?"
_NUMBER_END = r"(?!\d|[.,]\d)"
_NUMBER = rf"(?<![\w./-]){_DIGITS}{_NUMBER_END}"
_COUNT = rf"(?<![\w./-])(?P<count>{_DIGITS}){_NUMBER_END}"
_CURRENCY = r"(?:₹|\brs\.?|\binr|\brupees|रु\.?)"
_PRICE_END = r"(?!\d|[.,]\d)(?:\s*/[-=]|\s*(?:rs\b\.?|rupees\b|रुपये))?(?!\s*(?:mg|mcg|ml|iu|gm?)\b|\s*%)"
_PRICE = rf"(?P<price>(?:{_CURRENCY}\s*)?{_DIGITS}{_PRICE_END})"
_MARKED_PRICE = (
    rf"(?P<price>{_CURRENCY}\s*{_DIGITS}{_PRICE_END}"
    rf"|(?<![\w./-]){_DIGITS}\s*(?:/[-=]|(?:rs|rupees)\b\.?|रुपये))"
)
_PACK = r"(?:strips?|patta|patte|box(?:es)?|bottles?|packs?|packets?|pkts?|vials?|tubes?|sachets?|jars?)\b"
_FORM = (
    r"(?:tab(?:let)?s?|cap(?:sule)?s?|goli|goliyan|pills?|pcs?|pieces?|nos?|units?|inj(?:ection)?s?|pens?|penfills?|"
    r"respules?)\b\.?"
)
_KIND = rf"(?:{_PACK}|{_FORM})"
_STRENGTH = r"\d[\d./]*\s*(?:mg|mcg|µg|g|gm|ml|iu|%|k)"
_LENGTH = r"(?:\d{1,4}|an?|one|two|three|four|ek|do|teen|एक|दो|तीन)"
_UNIT = (
    r"(?:days?|din|दिन|weeks?|wks?|hafte|hafta|सप्ताह|हफ्ते|months?|mahin[ae]|महीने|महीना|fortnight|years?|saal)"
)
_EACH = rf"(?:each|apiece|a\s+piece|per\s+{_KIND}|/\s*{_KIND})"
_ALL = r"(?:total|in\s+all|altogether|all|kul)\b"
_AT = r"(?:@|\b(?:at|rate|price|mrp)\b)\s*:?"
_LOOSE = re.compile(rf"^(?:(?:of|for|at|@|x|and|{_KIND})(?:\s+|$))+$", re.IGNORECASE)
_PACK_AT_END = re.compile(rf"(?:\s+(?:x|of|{_PACK}))+\s*$", re.IGNORECASE)
_TAIL = re.compile(rf"(?:(?:^|(?<=\s)){_DIGITS}(?:\s*,\s*|\s+|$))+$")


def _step(
    pattern: str, take: Callable[[Parts, re.Match[str]], None], while_no_quantity: bool = False
) -> Step:
    return re.compile(pattern, re.IGNORECASE), take, while_no_quantity


# In this order: what is marked most clearly goes first. The steps marked at the end are taken only while no
# quantity is known, for a number before "tablets" or "@" may else be a strength.
_STEPS: list[Step] = [
    _step(
        rf"(?:\b(?:for|x|lasts?)\s+|(?<![\w.]))(?P<length>{_LENGTH}\s*{_UNIT}|\d{{1,4}}d)(?:\s+supply)?(?!\w)",
        _duration,
    ),
    _step(rf"\bfor\s+(?P<length>{_UNIT})(?!\w)", _duration),
    _step(rf"(?:(?:{_AT}|\bfor\b|=)\s*)?{_PRICE}\s*{_ALL}", _total),
    _step(rf"(?:=|\b(?:total|kul|for)\b)\s*[:=]?\s*{_PRICE}", _total),
    _step(
        rf"{_COUNT}\s*{_PACK}\s*(?:of|x)\s*(?P<each>\d{{1,4}})\b(?:\s*{_FORM})?",
        _packs,
    ),
    _step(
        rf"^\s*{_COUNT}\s*(?:{_KIND}\s*)?(?:\bof\s+|x\s+|\s)(?=[^\W\d])(?!x\b|{_KIND})",
        _quantity,
        while_no_quantity=True,
    ),
    _step(
        rf"(?:\b(?:x|qty|quantity)\s*:?\s*)?{_COUNT}\s*{_KIND}?\s*{_AT}\s*{_PRICE}(?:\s*{_EACH})?",
        _multiplied,
        while_no_quantity=True,
    ),
    _step(rf"{_COUNT}\s*{_KIND}?\s*x\s*{_PRICE}(?!\s*{_KIND})(?:\s*{_EACH})?", _multiplied),
    _step(rf"(?:{_AT}\s*)?(?<![\w./-]){_PRICE}\s*{_EACH}", _price),
    _step(rf"{_EACH}\s*[:@=]?\s*{_PRICE}", _price),
    _step(rf"{_AT}\s*{_PRICE}", _price),
    _step(_MARKED_PRICE, _bare_price),
    _step(rf"(?:\bx\s*)?{_COUNT}\s*{_KIND}", _quantity, while_no_quantity=True),
    _step(
        rf"\b(?:qty|quantity|x)\s*[:.=]?\s*(?P<count>{_DIGITS}){_NUMBER_END}(?!\s*(?:mg|mcg|ml))",
        _quantity,
        while_no_quantity=True,
    ),
]
