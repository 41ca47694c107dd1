"""forecast: what will be sent and who will be called in the days to come."""

import re

from bot.router import Reply, Turn, command, reply
from domain import forecast

_USUAL = 30
# So many days stand by themselves on a phone's screen, and so many rules.
_SHOWN = 7
_RULES = 5


@command("forecast", "plan ahead", usage="forecast [30d]")
def show_forecast(turn: Turn) -> Reply:
    """The coming days, if nobody answers or buys."""
    number = re.search(r"-?\d{1,5}", turn.words)
    seen = forecast.forecast(turn.company, turn.at, int(number[0]) if number else _USUAL)
    total = seen.total
    withheld = [(f"withheld_{rule}", times) for rule, times in total.withheld.most_common(_RULES)]
    return reply("forecast", days=seen.days[:_SHOWN], total=total, count=len(seen.days), withheld=withheld)
