"""invoice: a customer's last bill, or all of a month, as a PDF."""

from bot import invoice, who
from bot.router import Reply, Turn, command
from bot.text import months
from domain import people, refill_plan


@command("invoice", "bill", usage="invoice [who] [January]")
def show_invoice(turn: Turn) -> Reply:
    """The PDF, to be printed or passed on."""
    customer = people.customer_of(who.find(turn))
    month = months.month(turn.words, refill_plan.today(turn.company, turn.at))
    return invoice.of(turn, customer, month, is_own=False)
