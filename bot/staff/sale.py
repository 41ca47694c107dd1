"""sale: what somebody bought, in one line or one question at a time."""

import re
from dataclasses import replace
from decimal import Decimal

from bot import which_medicine, who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import answers, dosages, durations, medicines, money, numbers, phones, sale_parts
from bot.text.medicines import SaleItem
from bot.text.sale_parts import Unclear
from domain import bills, medical_access, medicine_warnings, packs, people, purchases, refill_plan, renewals
from domain import medicines as known_medicines
from domain.bills import Bill, Item
from domain.errors import DomainError
from domain.medicine_warnings import Warned
from domain.people import Person
from domain.purchases import Sale
from messaging.words import plain
from models import Medicine

_WORDS_OF_PRICE = re.compile(r"\b(total|in all|each|per|piece)\b", re.IGNORECASE)
_NAME = re.compile(r"(?P<name>[^\W\d_][^\d:;,]{1,60}):\s*(?P<rest>.+)", re.DOTALL)
_TO = re.compile(r"(?P<what>.+?)\s+(?:to|ko)\s+(?P<who>[^;,]+)", re.IGNORECASE | re.DOTALL)
# "Ravi ko Telma 40".
_KO = re.compile(r"^(?:ko|ne|को|ने)\s+", re.IGNORECASE)
_FOR_ALL = re.compile(r"\b(?:all|total|kul|sab|sabka)\b|सब|कुल", re.IGNORECASE)
_FOR_ONE = re.compile(r"\b(?:each|one|per|piece|ek)\b|एक|हर", re.IGNORECASE)
_IS_TOTAL = re.compile(r"\b(total|in all)\b", re.IGNORECASE)
# So many times a line is completed by answers before we give up reading it.
_MOST_QUESTIONS = 8


@command(
    "sale", "sold", "sell", usage="sale [who] Metformin 30 x 5 for 30 days; Atorva 10 15 x 8.50 for 15 days"
)
def sell(turn: Turn) -> Reply:
    """Record a sale; whoever is new becomes a customer."""
    turn.words = _buyer_first(turn)
    person = _buyer(turn)
    turn.words = _KO.sub("", turn.words)
    _take_name(turn)
    items = [_complete(turn, person, n, item) for n, item in enumerate(_items(turn, person), 1)]
    name = _name(turn, person)
    sale = purchases.record(person, Bill(tuple(items), name=name), staff=turn.speaker, at=turn.at)
    who.remember(turn, people.of_customer(sale.customer))
    changed = f"sale to #{sale.customer.serial}"
    return reply("sale_recorded", changed=changed, sale=sale, warnings=_warnings(turn, sale))


def _warnings(turn: Turn, sale: Sale) -> list[Warned]:
    """What staff should look at before they hand it over; what is prescribed only for who may know it."""
    may_read = medical_access.may_read(turn.speaker)
    sold = [item.medicine for item in sale.items]
    today = refill_plan.today(turn.company, turn.at)
    found = medicine_warnings.of_sale(sale.customer, sold, today, with_prescribed=may_read)
    if found and may_read:
        medical_access.note_reading(sale.customer, staff=turn.speaker, at=turn.at)
    return found


def _buyer_first(turn: Turn) -> str:
    """ "Telma 40 30 tabs to Ravi" is "Ravi Telma 40 30 tabs", where Ravi is known."""
    to = _TO.fullmatch(turn.words)
    return f"{to['who']} {to['what']}" if to and who.is_somebody(turn, to["who"]) else turn.words


def _buyer(turn: Turn) -> Person:
    """Whoever is meant, a number nobody knows included."""
    for said, is_answer in ((turn.given.get("who", ""), True), (turn.words, False)):
        address, rest = phones.split_phone(said, turn.company.region)
        if address and not people.by_address(turn.company, address):
            turn.words = turn.words if is_answer else rest
            return Person(people.phone_at(turn.company, address))
    return who.find(turn, expected=lambda words: which_medicine.is_first(turn, words))


def _take_name(turn: Turn) -> None:
    """A name before a colon is the buyer's: "98123 45678 Ravi Kumar: Metformin 500, 30 x 5"."""
    match = _NAME.match(turn.words)
    if match:
        turn.given.setdefault("name", match["name"].strip())
        turn.words = match["rest"]


def _items(turn: Turn, person: Person) -> list[SaleItem]:
    text = sale_parts.tidy(turn.given.get("items") or turn.words).strip()
    if not text:
        raise Ask("items", "ask_sale_items", person=person)
    for n in range(1, _MOST_QUESTIONS):
        try:
            return medicines.sale_items(text)
        except Unclear as unclear:
            if unclear.code != "quantity_missing":
                raise _ask_again(unclear) from None
            text = text.replace(unclear.facts["item"], _with_quantity(turn, f"quantity_{n}", unclear), 1)
    raise DomainError("sale_unclear", said=text[:60])


def _ask_again(unclear: Unclear) -> Ask:
    item, piece, medicine = (unclear.facts.get(name, "")[:60] for name in ("item", "piece", "medicine"))
    return Ask("items", "ask_sale_again", why=unclear.code, item=item, piece=piece, medicine=medicine)


def _with_quantity(turn: Turn, slot: str, unclear: Unclear) -> str:
    """The item with the answer put into it: "Metformin" and "30" is "Metformin 30 nos"."""
    item, medicine = unclear.facts["item"], unclear.facts["medicine"]
    said = turn.given.get(slot, "")
    if _is_whole(said):
        return said
    count = numbers.whole(plain(said)) or next(iter(re.findall(r"\d+(?:\.\d+)?", said)), None)
    if not count or not float(count):
        raise Ask(slot, "ask_quantity", medicine=medicine, said=said[:40])
    return f"{item} {count} nos"


def _is_whole(said: str) -> bool:
    """Whether the answer is not the missing piece but the whole item, written anew."""
    try:
        return bool(medicines.sale_items(said))
    except Unclear:
        return False


def _complete(turn: Turn, person: Person, n: int, item: SaleItem) -> Item:
    """The item with medicine, price and duration, asked for where they were not said or not clear."""
    medicine = which_medicine.meant(turn, f"medicine_{n}", item.medicine)
    item = _with_plain_price(turn, n, item, medicine)
    pieces, price, total = _amount(item, medicine)
    if price is None and total is None:
        price, total = _price(turn, n, item)
    name = medicine.name if medicine else item.medicine
    dosage = item.dosage or dosages.split(turn.given.get(f"days_{n}", ""))[0]
    sold = Item(name, pieces, price, total, item.duration_days, medicine=medicine, dosage=dosage)
    if item.duration_days is not None or _is_told(turn, person, sold):
        return sold
    return replace(sold, duration_days=_days(turn, n, item, medicine))


def _is_told(turn: Turn, person: Person, sold: Item) -> bool:
    """Whether the dose said or prescribed tells how long it lasts, or that nobody can tell."""
    medicine = sold.medicine or known_medicines.find_or_create(turn.company, sold.name)
    written = renewals.lines(person.customer) if person.customer else []
    if packs.is_as_needed(written, medicine, sold.dosage):
        return True
    if sold.dosage:
        return packs.days(sold.name, sold.quantity, sold.dosage, medicine.form or "") is not None
    return packs.days_as_prescribed(written, medicine, sold.quantity) is not None


def _with_plain_price(turn: Turn, n: int, item: SaleItem, medicine: Medicine | None) -> SaleItem:
    """ "30 tabs 240" may be 240 for one or for all: the catalogue tells, else whoever wrote it."""
    price = item.unit_price
    if not item.is_bare_price or price is None:
        return item
    said = turn.given.get(f"price_of_{n}", "")
    is_of_all = _is_of_all(item, price, medicine) if medicine else None
    if is_of_all is None and not _FOR_ALL.search(said) and not _FOR_ONE.search(said):
        raise Ask(f"price_of_{n}", "ask_price_of", item=item, price=price)
    if is_of_all or (is_of_all is None and _FOR_ALL.search(said)):
        return replace(item, unit_price=None, total=price)
    return item


def _is_of_all(item: SaleItem, price: Decimal, medicine: Medicine) -> bool | None:
    """Which of the two is near the price we know; None where neither is, or none is known."""
    known = medicine.pack_price if item.is_packs else medicine.price
    if not known:
        return None
    near = [known / 2 < each < known * 2 for each in (price / item.quantity, price)]
    return None if near[0] == near[1] else near[0]


def _amount(
    item: SaleItem, medicine: Medicine | None
) -> tuple[Decimal | int, Decimal | None, Decimal | None]:
    """Pieces, price of one and total, as said; strips and prices that the catalogue knows are computed."""
    pieces, price, total = item.quantity, item.unit_price, item.total
    if medicine is None:
        return pieces, price, total
    if item.is_packs and (medicine.pack_size or 1) > 1:
        packs, pieces = item.quantity, item.quantity * (medicine.pack_size or 1)
        each = price if price is not None else medicine.pack_price
        return pieces, None, total if total is not None or each is None else each * packs
    if price is None and total is None:
        price = medicine.price
    return pieces, price, total


def _price(turn: Turn, n: int, item: SaleItem) -> tuple[Decimal | None, Decimal | None]:
    said = turn.given.get(f"price_{n}", "")
    amount = money.amount(_WORDS_OF_PRICE.sub("", said).strip())
    if amount is None:
        raise Ask(f"price_{n}", "ask_price", item=item, said=said[:40])
    return (None, amount) if _IS_TOTAL.search(said) else (amount, None)


def _days(turn: Turn, n: int, item: SaleItem, medicine: Medicine | None) -> int | None:
    said = turn.given.get(f"days_{n}", "")
    known = medicine or known_medicines.find_or_create(turn.company, item.medicine)
    if not said and known.is_acute:
        return None
    if answers.is_skip(said):
        return None
    days = durations.days(said) or numbers.whole(plain(said))
    if not days or days > bills.LONGEST_SUPPLY:
        raise Ask(f"days_{n}", "ask_sale_days", medicine=item.medicine, said=said[:40])
    return days


def _name(turn: Turn, person: Person) -> str:
    said = turn.given.get("name")
    if said is None and person.name:
        return ""
    if said is None:
        raise Ask("name", "ask_name", person=person)
    return "" if answers.is_skip(said) else said.strip()[:100]
