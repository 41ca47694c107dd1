"""holdout: leave a share of customers without automatic reminders, to see what reminders do."""

import re

import company_settings
from bot.router import MANAGERS, Reply, Turn, command, reply
from domain.errors import DomainError

_USUAL_SHARE = "10"


@command("holdout", "hold out", usage="holdout on 10%", roles=MANAGERS)
def hold_out(turn: Turn) -> Reply:
    """Begin, end, or tell how it stands."""
    said = turn.words.casefold().strip(" .!")
    number = re.search(r"-?\d+", said)
    if said and said not in ("on", "off") and number is None:
        raise DomainError("holdout_share", said=said[:20])
    if said:
        _set(turn, number[0] if number else "off" if said == "off" else _USUAL_SHARE)
    return reply("holdout", share=company_settings.get(turn.company, "holdout"), changed_now=bool(said))


def _set(turn: Turn, share: str) -> None:
    try:
        company_settings.change(turn.company, "holdout", share)
    except company_settings.Refused:
        raise DomainError("holdout_share", said=share[:20]) from None
