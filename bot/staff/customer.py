"""customer: who this is, what they take, what they bought; medical text for those who may read it."""

from bot import who
from bot.router import Reply, Turn, command, reply
from domain import customers, generics, refill_plan, rests
from domain.errors import DomainError


@command("customer", "profile", "client", usage="customer [who]")
def show_customer(turn: Turn) -> Reply:
    """The profile on one screen."""
    person = who.find(turn, alone=True)
    if person.customer is None:
        raise DomainError("not_a_customer", person=person)
    profile = customers.profile(person.customer, staff=turn.speaker, at=turn.at)
    return reply(
        "customer",
        profile=profile,
        rests_until=rests.until(person.customer.phone, turn.at),
        saved=generics.saved(person.customer),
        today=refill_plan.today(turn.company, turn.at),
    )
