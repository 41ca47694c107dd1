"""STOP, STOP offers and START: heard before anything else, from everybody, customer
or staff (PLATFORM §7)."""

from bot import router
from bot.router import Reply, Turn
from domain import deliveries
from messaging import consent, optout

# What Twilio's opt-out answers for us besides STOP and START.
HELP = "HELP"


def heard(turn: Turn) -> Reply | None:
    """What to say to somebody who withdraws or gives consent; None where nobody did."""
    meant, way = _meant(turn), _way(turn)
    if meant == optout.STOP:
        consent.opt_out(turn.phone, way, turn.text, at=turn.message.received_at)
        deliveries.opted_out(turn.phone, at=turn.at)
        return router.reply("opted_out")
    if meant == optout.STOP_OFFERS:
        consent.opt_out_of_promotions(turn.phone, way, turn.text)
        return router.reply("opted_out_of_promotions")
    if meant == optout.START and (turn.phone.opted_out_at or turn.phone.promotions_allowed is False):
        consent.opt_in(turn.phone, way, turn.text)
        return router.reply("opted_in")
    return None


def is_answered(turn: Turn) -> bool:
    """Whether Twilio has given the answer already. Its HELP is for customers; staff mean our command."""
    return turn.message.answered_by_provider and not (turn.staff and turn.message.opt_out_type == HELP)


def _meant(turn: Turn) -> str | None:
    """What Twilio took it for counts, in whatever words its own list has it; else what the words say."""
    theirs = {"STOP": optout.STOP, "START": optout.START}.get(turn.message.opt_out_type or "")
    return theirs or optout.reads_as(turn.text, in_dialogue=turn.phone.asking is not None)


def _way(turn: Turn) -> str:
    return consent.PROVIDER if turn.message.opt_out_type in ("STOP", "START") else "keyword"
