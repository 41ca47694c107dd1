"""STOP, STOP offers and START: heard before anything else, from everybody, customer
or staff (PLATFORM §7)."""

from datetime import timedelta

from bot import router
from bot.router import Reply, Turn
from domain import deliveries
from messaging import consent, optout
from models import Message

# What Twilio's opt-out answers for us besides STOP and START.
HELP = "HELP"

# So long after we have answered, "cancel" is about what was talked of and not about our messages.
_TALK = timedelta(minutes=30)
# To answers that say how to stop or begin, "cancel" is no answer but STOP again.
_OF_CONSENT = ("opted_out", "opted_out_of_promotions", "opted_in")


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
    if meant == optout.START and not _may_be_written_to(turn):
        consent.opt_in(turn.phone, way, turn.text)
        deliveries.opted_in(turn.phone, at=turn.at)
        return router.reply("opted_in")
    return None


def is_answered(turn: Turn) -> bool:
    """Whether Twilio has given the answer already. Its HELP is for customers; staff mean our command."""
    return turn.message.answered_by_provider and not (turn.staff and turn.message.opt_out_type == HELP)


def _meant(turn: Turn) -> str | None:
    """What Twilio took it for counts, in whatever words its own list has it; else what the words say."""
    theirs = {"STOP": optout.STOP, "START": optout.START}.get(turn.message.opt_out_type or "")
    said = theirs or optout.reads_as(turn.text)
    if theirs or said == optout.reads_as(turn.text, in_dialogue=True):
        return said
    return None if _are_talking(turn) else said


def _are_talking(turn: Turn) -> bool:
    """Whether "cancel" may be about something else: staff drop a question with it, customers an order."""
    if turn.staff or turn.phone.asking is not None:
        return True
    lately = (Message.phone == turn.phone) & (Message.created_at > turn.at - _TALK)
    answers = (Message.kind == "answer") & Message.template.not_in(_OF_CONSENT)
    return Message.select().where(lately, answers).exists()


def _may_be_written_to(turn: Turn) -> bool:
    """Whether a START would change nothing: what it is about is then read like any other word."""
    phone = turn.phone
    # What staff are told of their work needs no consent, and "resume" is a command of theirs.
    has_agreed = bool(phone.reminders_allowed) or turn.staff is not None
    return not phone.opted_out_at and has_agreed and phone.promotions_allowed is not False


def _way(turn: Turn) -> str:
    return consent.PROVIDER if turn.message.opt_out_type in ("STOP", "START") else "keyword"
