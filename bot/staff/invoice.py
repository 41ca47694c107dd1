"""invoice: a customer's last bill, or all of a month, as a PDF."""

from bot import who
from bot.router import Reply, Turn, command
from bot.text import months
from domain import invoices, people, refill_plan
from messaging import files
from messaging import invoices as in_words
from sheets import invoice as paper


@command("invoice", "bill", usage="invoice [who] [January]")
def show_invoice(turn: Turn) -> Reply:
    """The PDF, to be printed or passed on."""
    customer = people.customer_of(who.find(turn))
    month = months.month(turn.words, refill_plan.today(turn.company, turn.at))
    found = invoices.of_month(customer, month) if month else invoices.latest(customer)
    data = paper.write(in_words.paper(found, turn.language, turn.at))
    media = files.keep(turn.company, data, found.file_name, paper.PDF)
    return Reply("invoice", {"invoice": found, "is_own": False}, media=(files.address(media),))
