"""An invoice in the chat: a PDF, the same for the customer and for staff."""

from datetime import date

from bot.router import Reply, Turn
from domain import invoices
from messaging import files
from messaging import invoices as in_words
from models import Customer
from sheets import invoice as paper


def of(turn: Turn, customer: Customer, month: date | None, *, is_own: bool) -> Reply:
    """All that was bought in the month that begins with this day, else the last bill; `is_own`: they asked
    for it themselves. Raises `DomainError` where there is none."""
    found = invoices.of_month(customer, month) if month else invoices.latest(customer)
    data = paper.write(in_words.paper(found, turn.language, turn.at))
    media = files.keep(turn.company, data, found.file_name, paper.PDF)
    return Reply("invoice", {"invoice": found, "is_own": is_own}, media=(files.address(media),))
