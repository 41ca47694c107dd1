"""review: when a customer's medicines are looked at as a whole."""

from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from bot.text import prescribed
from domain import medication_reviews, people, refill_plan
from domain.errors import DomainError


@command("review", "medication review", usage="review [who] on 5 Jan")
def plan_review(turn: Turn) -> Reply:
    """Plan a review of all they take; an open one moves to that day."""
    person = who.find(turn)
    customer = people.customer_of(person)
    said = turn.words or turn.given.get("day", "")
    if not said.strip():
        raise Ask("day", "ask_review_day", free=True, person=person)
    on = prescribed.day(said, refill_plan.today(turn.company, turn.at), ahead=True)
    if on is None:
        raise DomainError("no_day", said=said.strip()[:40])
    task = medication_reviews.plan(customer, on, staff=turn.speaker, at=turn.at)
    return reply("review_planned", changed="review", task=task, person=person, on=on)
