"""A family writes that a customer has died: words of sympathy, and nothing more of this customer."""

from bot.router import Reply, Turn, reply
from bot.text import answer_sentences, deaths
from domain import departures, refill_answers, refill_plan
from models import Customer


def told(turn: Turn) -> Reply | None:
    """Ends everything for the one who must be meant; None where that is not sure: a person is called."""
    customer = _meant(turn)
    if customer is None:
        return None
    departures.died_as_told(
        customer,
        turn.text,
        at=turn.at,
        on=refill_plan.today(turn.company, turn.at),
        cause=f"message:{turn.message.id}",
    )
    return reply("condolence")


def _meant(turn: Turn) -> Customer | None:
    """The customer named, or the only one on a phone that was reminded lately."""
    known = departures.living(turn.phone)
    said = deaths.said(answer_sentences.known_by(turn.text, [one.name for one in known]))
    if said is None:
        return None
    if said == deaths.THEY:
        was_reminded = refill_answers.latest(turn.phone, turn.at) is not None
        return known[0] if len(known) == 1 and was_reminded else None
    named = [one for one in known if answer_sentences.names(turn.text, one.name)]
    return named[0] if len(named) == 1 else None
