"""Whom staff mean: a phone in any spelling, `#12`, a name, or the person last spoken about."""

import re
from collections.abc import Callable

from bot.router import Ask, Turn
from bot.text import answers, names, phones
from domain import follow_ups, name_spelling, people, scopes
from domain.errors import DomainError
from domain.people import Person
from models import Company, FollowUp

# What may stand between a number and what follows; a minus belongs to the figure after it.
_BETWEEN = r"\b(?:[\s:,.–]|-(?!\d))*"
# So many words of a name are looked at.
_MOST_WORDS = 4
_NAME = re.compile(r"[^\W\d_][^\d#]*")
_SERIAL = re.compile(rf"#\s*(\d{{1,9}}){_BETWEEN}")


def _nothing(words: str) -> bool:
    return False


def find(turn: Turn, *, alone: bool = False, expected: Callable[[str], bool] = _nothing) -> Person:
    """The person meant by the beginning of `turn.words`, which is cut off; else the last one; else asks.

    Somebody named whom nobody knows is never taken for the last one: it asks. `alone`: nothing else may
    follow the person, so that whatever stands there is a name. `expected` tells that the words begin with
    something else that has a capital letter. Raises `DomainError` `nobody` for a number that is nobody's,
    `not_your_customer` for a customer whom somebody else looks after (`domain.scopes`).
    """
    person = named(turn)
    if person is None:
        unknown = turn.words.strip()[:40] if alone else _unknown_name(turn, expected)
        person = _nearly(turn) or last(turn)
        if person is None or unknown:
            raise Ask("who", "ask_who", unknown=unknown, last=person)
    elif "who" in turn.given:
        _drop_misspelled(turn, person)
    remember(turn, person)
    return person


def named(turn: Turn) -> Person | None:
    """The person named at the beginning of `turn.words` or given in answer to our
    question; None if nobody was. Raises as `find` does."""
    person = _named(turn)
    if person is not None and person.customer is not None:
        scopes.check(turn.speaker, person.customer)
    return person


def is_somebody(turn: Turn, text: str) -> bool:
    """Whether `text` is nothing but the phone or the name of people we know."""
    address = phones.phone(text, turn.company.region)
    if address:
        return bool(people.by_address(turn.company, address))
    if len(text.split()) > _MOST_WORDS or not _NAME.fullmatch(text):
        return False
    return any(_is_called(person, text) for person in people.by_name(turn.company, text))


def is_one(turn: Turn, text: str) -> bool:
    """Whether `text` is nothing but a name we know or a phone, be it nobody's."""
    return bool(phones.phone(text, turn.company.region)) or is_somebody(turn, text)


def begins_with_somebody(turn: Turn, words: str) -> bool:
    """Whether `words` begin with `#12`, a phone, or the name of people we know."""
    if _SERIAL.match(words) or phones.split_phone(words, turn.company.region)[0]:
        return True
    return _called(turn.company, words) is not None


def last(turn: Turn) -> Person | None:
    """The person last spoken about with this member of staff, as long as they see them."""
    serial = (turn.phone.about or {}).get("person")
    person = people.by_serial(turn.company, serial) if serial else None
    if person is None or person.customer is None:
        return person
    return person if scopes.sees(turn.speaker, person.customer) else None


def remember(turn: Turn, person: Person) -> None:
    """From now on a bare command means this person."""
    if (turn.phone.about or {}).get("person") != person.serial:
        turn.phone.about = {**(turn.phone.about or {}), "person": person.serial}
        turn.phone.save(only=["about"])


def remember_task(turn: Turn, task: FollowUp | None) -> None:
    """From now on a bare "done" means this task; None: none."""
    turn.phone.about = {**(turn.phone.about or {}), "task": task.serial if task else None}
    turn.phone.save(only=["about"])


def last_task(turn: Turn) -> int | None:
    """The number of the task that was opened last, as long as it is open."""
    number = (turn.phone.about or {}).get("task")
    return number if number and follow_ups.is_open(turn.company, number) else None


def serial(turn: Turn) -> int | None:
    """The number of a thing at the beginning of `turn.words` (`#3`, or a bare `3`), which is cut off."""
    match = re.match(rf"#?\s*(\d{{1,9}}){_BETWEEN}", turn.words)
    if match is None:
        return None
    turn.words = turn.words[match.end() :]
    return int(match[1])


def _named(turn: Turn) -> Person | None:
    if "who" in turn.given:
        return _answered(turn, turn.given["who"])
    match = _SERIAL.match(turn.words)
    if match:
        turn.words = turn.words[match.end() :]
        return _with_serial(turn, int(match[1]))
    address, rest = phones.split_phone(turn.words, turn.company.region)
    if address:
        turn.words = rest
        return people.one(people.by_address(turn.company, address), address)
    return _with_name(turn)


def _with_serial(turn: Turn, number: int) -> Person:
    person = people.by_serial(turn.company, number) or people.by_number(turn.company, number)
    if person is None:
        raise DomainError("nobody", said=f"#{number}")
    return person


def _unknown_name(turn: Turn, expected: Callable[[str], bool]) -> str:
    """What looks like a name: written with a capital letter, or nearly as somebody's is."""
    if expected(turn.words):
        return ""
    name = names.name_at_start(turn.words) or (turn.words.split()[0] if _nearly(turn) else "")
    parts = name.split()
    # Of "Sunitha Telma 40" only the first is a name.
    ends = (n for n in range(1, len(parts)) if expected(turn.words.split(maxsplit=n)[n]))
    return " ".join(parts[: next(ends, len(parts))])


def _nearly(turn: Turn) -> Person | None:
    """The person whose name the first word nearly is."""
    word = (turn.words.split() or [""])[0].strip(",.:;")
    near = None if names.is_usual(word) else name_spelling.nearly_called(turn.company, word)
    is_seen = near is not None and (near.customer is None or scopes.sees(turn.speaker, near.customer))
    return near if is_seen else None


def _drop_misspelled(turn: Turn, person: Person) -> None:
    """Whose name was misspelled has been asked: it is not told a second time, as a medicine or a note."""
    words = turn.words.split()
    while words and name_spelling.is_nearly(words[0].strip(",.:;"), person.name):
        words.pop(0)
        turn.words = " ".join(words)


def _answered(turn: Turn, said: str) -> Person:
    before = (_nearly(turn) or last(turn)) if answers.is_yes(said) else None
    if before is not None:
        return before
    match = _SERIAL.fullmatch(said.strip() + " ") or re.fullmatch(r"#?(\d{1,6})", said.strip())
    if match:
        return _with_serial(turn, int(match[1]))
    address = phones.phone(said, turn.company.region)
    if address:
        return people.one(people.by_address(turn.company, address), said)
    return people.one(people.by_name(turn.company, said), said)


def _with_name(turn: Turn) -> Person | None:
    """The longest beginning of the words that is somebody's name."""
    called = _called(turn.company, turn.words)
    if called is None:
        return None
    count, name, found = called
    turn.words = " ".join(turn.words.split()[count:])
    return people.one(found, name)


def _called(company: Company, text: str) -> tuple[int, str, list[Person]] | None:
    """The longest beginning that is a name: how many words of it, the name, and who is called so."""
    words = text.split()
    beginnings = [
        (count, " ".join(words[:count]).strip(",.:;")) for count in range(min(len(words), _MOST_WORDS), 0, -1)
    ]
    names = [(count, name) for count, name in beginnings if _NAME.fullmatch(name)]
    known = people.by_names(company, [name for _, name in names])
    for (count, name), found in zip(names, known, strict=True):
        called = [person for person in found if _is_called(person, name)]
        if called:
            return count, name, called
    return None


def _is_called(person: Person, name: str) -> bool:
    # "call" is no Mr Callaghan: a beginning of a name counts only as a whole word of it.
    return set(name.casefold().split()) <= set(person.name.casefold().split())
