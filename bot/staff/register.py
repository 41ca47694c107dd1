"""register: the Schedule H1 register of a month as a sheet."""

import re
from datetime import date, timedelta

from bot.router import Reply, Turn, command
from bot.text import dates
from domain import refill_plan, registers
from domain.errors import DomainError
from messaging import files
from models import RegisterEntry
from sheets import registers as sheet

_WORDS = re.compile(r"\b(?:schedule|h1|h-1|register|of|for|the|month)\b", re.IGNORECASE)


@command("register", "h1 register", "h1", usage="register h1 [feb 2027]")
def send_register(turn: Turn) -> Reply:
    """The register of the month named, else of this one."""
    month = _month(turn)
    entries = registers.month(turn.company, month, staff=turn.speaker, at=turn.at)
    return Reply(
        "register",
        {"count": len(entries), "month": f"{month:%m/%Y}"},
        media=(_file(turn, entries, month),) if entries else (),
    )


def _month(turn: Turn) -> date:
    today = refill_plan.today(turn.company, turn.at)
    said = " ".join(_WORDS.sub(" ", turn.words).split())
    if not said:
        return today.replace(day=1)
    if said.casefold() in ("last", "previous", "pichla"):
        return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    month = dates.month(said, today)
    if month is None:
        raise DomainError("register_month", said=said[:40])
    return month


def _file(turn: Turn, entries: list[RegisterEntry], month: date) -> str:
    data = sheet.register_h1(entries, month)
    return files.address(files.keep(turn.company, data, sheet.file_name(month), sheet.XLSX))
