"""What was sold, from one line of chat: "Metformin 30 x 5 for 30 days; Atorva 10 15 x 8.50 for 15 days"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.text import sale_parts
from bot.text.sale_parts import Parts, Unclear

_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_LARGEST_QUANTITY = 10_000
# Longer than any item; what is, is pasted from elsewhere.
_LONGEST_ITEM = 300
# In "Crocin 650 x 30" a number like this is a strength as likely as a quantity.
_STRENGTH_LIKE = 200


@dataclass(frozen=True)
class SaleItem:
    """One line of a sale as it was said; what was not said is None. Only packs are computed, to pieces."""

    medicine: str
    quantity: int | Decimal
    unit_price: Decimal | None = None
    total: Decimal | None = None
    duration_days: int | None = None
    # `quantity` counts strips or bottles, whose content was not said; the price is that of one of them.
    is_packs: bool = False
    dosage: str = ""
    # Whether nothing said if `unit_price` is that of one or of all.
    is_bare_price: bool = False


def sale_items(text: str) -> list[SaleItem]:
    """The items of a sale, parted by `;` or line breaks, by commas too where each part is an item of its own.

    Raises `Unclear`, whose facts name the `item` as typed and, where there is one, the `piece` at fault.
    """
    pieces = [
        _LIST_MARK.sub("", piece).strip(" ,.") for piece in re.split(r"[;\n\r]+", sale_parts.tidy(text))
    ]
    items = [item for piece in pieces if piece for item in _items(piece)]
    if not items:
        raise Unclear("nothing_sold")
    return items


def _items(piece: str) -> list[SaleItem]:
    between = re.split(r",\s+", piece)
    if len(between) > 1:
        try:
            return [_item(part) for part in between if part]
        except Unclear:
            pass
    return [_item(piece)]


def _item(piece: str) -> SaleItem:
    if len(piece) > _LONGEST_ITEM:
        raise Unclear("not_understood", item=piece, piece=piece[:40])
    try:
        parts = sale_parts.parts(piece)
        _check(parts)
    except Unclear as unclear:
        raise Unclear(unclear.code, **{"item": piece, **unclear.facts}) from None
    said = (parts.unit_price, parts.total, parts.duration_days, parts.is_packs, parts.dosage)
    quantity = _number(parts.quantity)
    return SaleItem(parts.medicine, quantity, *said, is_bare_price=parts.is_bare and quantity != 1)


def _check(parts: Parts) -> None:
    if not re.search(r"(?!\bx\b)[^\W\d_]", parts.medicine):
        raise Unclear("medicine_missing")
    if parts.quantity is None:
        raise Unclear("quantity_missing", medicine=parts.medicine)
    if not 0 < parts.quantity <= _LARGEST_QUANTITY:
        raise Unclear("quantity_wrong", medicine=parts.medicine, piece=str(parts.quantity))
    if parts.multiplied and parts.quantity >= _STRENGTH_LIKE and not re.search(r"\d", parts.medicine):
        raise Unclear("strength_or_quantity", medicine=parts.medicine, piece=str(parts.quantity))
    price, total = parts.unit_price, parts.total
    if price is not None and total is not None and price * parts.quantity != total:
        raise Unclear("total_differs", medicine=parts.medicine, piece=str(total))


def _number(quantity: Decimal | None) -> int | Decimal:
    assert quantity is not None
    return int(quantity) if quantity == quantity.to_integral_value() else quantity
