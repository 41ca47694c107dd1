"""reserve and reserved: what falls due soon, one basket for each phone, and what has been set aside."""

import re

import company_settings
from bot import who
from bot.router import Ask, Reply, Turn, command, reply
from domain import people, refill_plan, refills, reservations
from messaging.words import plain
from models import RefillReminder

# So many lines fit a phone's screen.
_SHOWN = 8
_FURTHEST = 60
_BACK = {"back", "off", "cancel", "returned", "wapas"}


@command("reserve", "to reserve", "set aside", usage="reserve [7]")
def show_baskets(turn: Turn) -> Reply:
    """What to set aside, the first to run out first."""
    said = re.search(r"\d+", turn.words)
    usual = company_settings.get(turn.company, "reserve_days_ahead")
    days = min(int(said[0][:3]), _FURTHEST) if said else usual
    found = reservations.baskets(turn.company, refill_plan.today(turn.company, turn.at), days)
    return reply("reserve", baskets=found[:_SHOWN], more=len(found) - _SHOWN, days=days)


@command("reserved", usage="reserved #4 [back]")
def note_reserved(turn: Turn) -> Reply:
    """A basket lies ready, or is back on the shelf."""
    reminder = _reminder(turn)
    who.remember(turn, people.of_customer(reminder.customer))
    is_back = bool(_BACK & set(plain(turn.words).split()))
    if is_back:
        basket = reservations.put_back(reminder, at=turn.at)
    else:
        basket = reservations.reserve(reminder, staff=turn.speaker, at=turn.at)
    return reply(
        "reserved",
        changed=f"basket #{basket.serial}",
        is_back=is_back,
        names=" & ".join(customer.name or f"#{customer.serial}" for customer in basket.customers),
        medicines=refills.names(basket.reminders),
        until=basket.reminders[0].reserved_until,
    )


def _reminder(turn: Turn) -> RefillReminder:
    turn.words = turn.given.get("number", "") + " " + turn.words if "number" in turn.given else turn.words
    number = who.serial(turn)
    if number is None:
        raise Ask("number", "ask_refill_number", person=None, reminders=[])
    return refills.numbered(turn.company, number)
