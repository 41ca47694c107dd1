"""upload, consent, assign: contact sheets, how their people agreed, and who calls them."""

import re

from bot import who
from bot.router import MANAGERS, Ask, Reply, Turn, command, reply
from bot.text import captions
from domain import assignments, imports
from domain.errors import DomainError
from sheets import mapping
from sheets.unreadable import Unreadable

_CONSENT = re.compile(r"(?:\bconsent|\bsa?e?hmati|सहमति)\s*[:=-]\s*(?P<basis>[^\n]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"\bhidden\b|छिपी|छुपी|\bch?hupi\b", re.IGNORECASE)
# No \w for words: the vowel signs of Hindi are none.
_PAIR = re.compile(r"[^=,;\n]+=[^,;\n]+")
_MEDICINES = re.compile(r"\b(?:medicines?|catalogue|catalog|price ?list)\b", re.IGNORECASE)
_PREVIEW = re.compile(
    r"\b(?:preview|dry run|only look|just look|(?:sirf|bas) dekh\w*)\b|(?:सिर्फ|सिर्फ़|बस) देख", re.IGNORECASE
)


@command("upload", usage="upload (with a file) [consent: how these people agreed]")
def upload(turn: Turn) -> Reply:
    """Take on the sheet that came with this message."""
    if not turn.message.media:
        raise DomainError("no_file")
    name = captions.file_name(turn.text)
    wishes = _wishes("" if name else turn.words)
    for file in turn.message.media:
        received = imports.receive(
            turn.company, file, wishes, file_name=name, staff=turn.speaker, phone=turn.phone
        )
    return reply("import_received", received=received, files=len(turn.message.media))


@command("consent", usage="consent #7 gave their number at the counter")
def agree(turn: Turn) -> Reply:
    """Record how the people of an import agreed to be written to."""
    turn.words = f"{turn.given.get('import', '')} {turn.words}".strip()
    number = _number(turn)
    basis = turn.given.get("basis") or turn.words
    if not basis:
        raise Ask("basis", "ask_basis", free=True)
    received = imports.agree(turn.company, number, basis)
    return reply("consent_recorded", received=received, others=imports.without_basis(received))


@command("columns", "column", usage="columns #7 name = column C, phone = column D")
def correct(turn: Turn) -> Reply:
    """Read a sheet again, the last one if none is named, with its columns as said."""
    number = who.serial(turn) if turn.words.startswith("#") else None
    before = imports.find(turn.company, number) if number else imports.latest_of(turn.speaker)
    if before is None:
        raise DomainError("no_file")
    columns = _columns(turn.words)
    if not columns:
        raise DomainError("columns_unclear")
    again = imports.correct(before, columns, turn.speaker, turn.phone)
    return reply("import_again", before=before, received=again)


@command("publish", usage="publish #7")
def publish(turn: Turn) -> Reply:
    """Take on a sheet that was only looked at, or was held back."""
    turn.words = turn.given.get("import", turn.words)
    received = imports.go_ahead(turn.company, _number(turn), turn.at, staff=turn.speaker)
    return reply("import_going", received=received)


@command("assign", usage="assign", roles=(*MANAGERS, "sales_manager"))
def assign(turn: Turn) -> Reply:
    """Deal out now the contacts that need a call."""
    return reply("assigned", count=assignments.assign(turn.company, turn.at))


def _number(turn: Turn) -> int:
    number = who.serial(turn)
    if number is None:
        raise Ask("import", "ask_import_number")
    return number


def _wishes(caption: str) -> imports.Wishes:
    """What the caption asks for: consent, columns ("name = column C"), hidden sheets, only a look."""
    consent = _CONSENT.search(caption)
    rest = _CONSENT.sub("", caption)
    return imports.Wishes(
        consent_basis=consent["basis"].strip() if consent else "",
        mapping=_columns(rest),
        with_hidden=bool(_HIDDEN.search(rest)),
        is_preview=bool(_PREVIEW.search(rest)),
        kind=imports.MEDICINES if _MEDICINES.search(rest) else imports.CONTACTS,
    )


def _columns(words: str) -> dict[str, str]:
    """The columns named in "name = column C, phone = D"; {} if there are none."""
    try:
        return mapping.parse_mapping("\n".join(_PAIR.findall(words)))
    except Unreadable as trouble:
        raise DomainError(f"sheet_{trouble.code}", **trouble.facts) from None
