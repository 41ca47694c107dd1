"""invoice, bill: what they bought last, or in a month, as a PDF; on a shared phone, whose?"""

from datetime import date

from bot import invoice
from bot.router import Ask, Reply, Turn, question, wish
from bot.text import months
from domain import customers, questions, refill_plan
from domain.errors import DomainError
from messaging.words import plain
from models import Customer


@wish("invoice")
@question("invoice")
def send_invoice(turn: Turn) -> Reply:
    """The latest one, or that of the month they name."""
    if "whose" not in turn.given:
        month = months.month(turn.text, refill_plan.today(turn.company, turn.at))
        turn.given = {"month": month.isoformat() if month else ""}
    customer = _whose(turn)
    if customer is None:
        questions.pass_on(turn.phone, turn.text, at=turn.at, cause=f"message:{turn.message.id}")
        return Reply("passed_on", {})
    month = date.fromisoformat(turn.given["month"]) if turn.given["month"] else None
    return invoice.of(turn, customer, month, is_own=True)


def _whose(turn: Turn) -> Customer | None:
    """Whoever is behind the phone; of several the one they name, by name or place in the list."""
    known = customers.behind(turn.phone)
    if not known:
        raise DomainError("no_invoice_yet")
    if len(known) == 1:
        return known[0]
    said = turn.given.get("whose", "")
    if not said:
        raise Ask("whose", "ask_whose_invoice", people=known)
    place = plain(said).strip(" .)#")
    if place.isdecimal() and 1 <= int(place) <= len(known):
        return known[int(place) - 1]
    named = [one for one in known if one.name and set(plain(said).split()) & set(plain(one.name).split())]
    return named[0] if len(named) == 1 else None
