"""STOP, STOP offers and START: heard before anything else, from everybody, customer
or staff (PLATFORM §7)."""

from bot import router
from bot.router import Reply, Turn
from domain import deliveries
from messaging import consent, optout


def heard(turn: Turn) -> Reply | None:
    """What to say to somebody who withdraws or gives consent; None where nobody did."""
    meant = _meant(turn)
    if meant == "stop":
        consent.opt_out(turn.phone, "keyword", turn.text, at=turn.message.received_at)
        deliveries.opted_out(turn.phone, at=turn.at)
        return router.reply("opted_out")
    if meant == "stop_offers":
        consent.opt_out_of_promotions(turn.phone, "keyword", turn.text)
        return router.reply("opted_out_of_promotions")
    if meant == "start" and (turn.phone.opted_out_at or turn.phone.promotions_allowed is False):
        consent.opt_in(turn.phone, "keyword", turn.text)
        return router.reply("opted_in")
    return None


def _meant(turn: Turn) -> str | None:
    return optout.reads_as(turn.text, in_dialogue=turn.phone.asking is not None)
