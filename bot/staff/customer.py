"""customer: who this is, what they take, what they bought; medical text for those who may read it."""

from bot import who
from bot.router import Reply, Turn, command, reply
from domain import customers, generics, people, refill_plan, rests


@command("customer", "profile", "client", usage="customer [who]")
def show_customer(turn: Turn) -> Reply:
    """The profile on one screen."""
    customer = people.customer_of(who.find(turn, alone=True))
    profile = customers.profile(customer, staff=turn.speaker, at=turn.at)
    return reply(
        "customer",
        profile=profile,
        rests_until=rests.until(customer.phone, turn.at),
        saved=generics.saved(customer),
        today=refill_plan.today(turn.company, turn.at),
    )
