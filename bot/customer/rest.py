"""No messages for two weeks: a customer's own pause, which is no STOP."""

from bot.router import NotMeant, Reply, Turn, reply, wish
from bot.text import rests
from domain import customers
from domain import rests as rest_from_us


@wish("rest")
def rest(turn: Turn) -> Reply:
    """Reminders wait for as long as was said."""
    days = rests.days(turn.text) or rests.days_until_asked(turn.text)
    if days is None:
        raise NotMeant
    until = rest_from_us.begin(turn.phone, days, at=turn.at)
    known = customers.behind(turn.phone)
    return reply("resting", first_name=customers.first_names(known, turn.phone), until=until)
