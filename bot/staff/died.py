"""died: a customer has died, and nothing more goes out about them."""

from bot import who
from bot.router import Reply, Turn, command, reply
from domain import departures, people, refill_plan


@command("died", "passed away", usage="died [who]")
def note_death(turn: Turn) -> Reply:
    """Everything for this customer ends; others on the phone go on."""
    person = who.find(turn, alone=True)
    customer = people.customer_of(person)
    departures.died(customer, on=refill_plan.today(turn.company, turn.at), at=turn.at)
    others = departures.living(person.phone) if person.phone else []
    names = ", ".join(other.name for other in others if other.name)
    changed = f"the death of #{person.serial}"
    return reply("died", changed, customer=customer, others=names)
