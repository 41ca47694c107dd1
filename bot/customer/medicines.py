"""my medicines, my orders, refill: what customers ask about what they take."""

from bot.router import Reply, Turn, reply, wish
from domain import customers, purchases, refill_answers, refills
from models import Customer

# A chat message is no ledger.
_ORDERS = 5


@wish("medicines")
def my_medicines(turn: Turn) -> Reply:
    """What they take and until when it lasts; by name, because they asked."""
    known = customers.behind(turn.phone)
    lines = [(customer, refills.of_customer(customer)) for customer in known]
    return reply("my_medicines", people=[line for line in lines if line[1]], several=len(known) > 1)


@wish("orders")
def my_orders(turn: Turn) -> Reply:
    """What they bought last."""
    known = customers.behind(turn.phone)
    lines = [(customer, _bought(customer)) for customer in known]
    return reply("my_orders", people=[line for line in lines if line[1]], several=len(known) > 1)


@wish("refill")
def refill(turn: Turn) -> Reply:
    """They want their medicine again: staff prepare what runs out next."""
    reminders = refill_answers.meant(turn.phone, turn.replied_to, turn.at)
    if not reminders:
        return reply("refill_unknown")
    refill_answers.keep_ready(reminders, at=turn.at, cause=f"message:{turn.message.id}")
    whose = list({one.customer_id: one.customer for one in reminders}.values())
    return reply("refill_kept_ready", first_name=customers.first_names(whose, turn.phone))


def _bought(customer: Customer) -> list[tuple[object, list[str]]]:
    latest = customers.purchases(customer, limit=_ORDERS)
    return [(purchase, purchases.what(purchase)) for purchase in latest]
