"""my medicines, my orders, refill: what customers ask about what they take."""

from bot.router import Ask, NotMeant, Reply, Turn, question, reply, wish
from domain import customers, purchases, refill_answers, refills
from messaging.words import plain
from models import Customer, RefillReminder

# A chat message is no ledger.
_ORDERS = 5
_ALL = {"both", "all", "everybody", "everyone", "dono", "sab", "sabki", "dono ki", "दोनों", "सब", "सबकी"}


@wish("medicines")
@question("medicines")
def my_medicines(turn: Turn) -> Reply:
    """What they take and until when it lasts; by name, because they asked."""
    known = _whose(turn)
    lines = [(customer, _taken(customer)) for customer in known]
    return reply("my_medicines", people=[line for line in lines if line[1]], several=len(known) > 1)


def _taken(customer: Customer) -> list[RefillReminder]:
    """What they take does not change with a STOP, which is about our messages."""
    return refills.of_customer(customer) + refills.last_ended(customer, refills.STOPPED)


@wish("orders")
@question("orders")
def my_orders(turn: Turn) -> Reply:
    """What they bought last."""
    known = _whose(turn)
    lines = [(customer, _bought(customer)) for customer in known]
    return reply("my_orders", people=[line for line in lines if line[1]], several=len(known) > 1)


@wish("refill")
def refill(turn: Turn) -> Reply:
    """They want their medicine again: staff prepare what runs out next."""
    reminders = refill_answers.meant(turn.phone, turn.replied_to, turn.at)
    if not reminders:
        return reply("refill_unknown")
    refill_answers.keep_ready(reminders, at=turn.at, cause=f"message:{turn.message.id}")
    whose = list({one.customer_id: one.customer for one in reminders}.values())
    return reply("refill_kept_ready", first_name=customers.first_names(whose, turn.phone))


def _whose(turn: Turn) -> list[Customer]:
    """Whose medicines may be named: on a phone of several people only those of who is known to be meant."""
    known = customers.behind(turn.phone)
    if len(known) < 2:
        return known
    if "whose" in turn.given:
        return _named(turn, known)
    meant = _who_writes(turn) or _asked_about(turn)
    if meant is None:
        raise Ask("whose", "ask_whose", names=[one.name for one in known if one.name])
    return [meant]


def _named(turn: Turn, known: list[Customer]) -> list[Customer]:
    """Those an answer names; words that name nobody of them are read on."""
    said = turn.given["whose"]
    if plain(said) in _ALL:
        return known
    named = _called(said, known)
    if not named:
        raise NotMeant
    return named


def _who_writes(turn: Turn) -> Customer | None:
    """The one who goes by the name WhatsApp shows of this phone."""
    same = _called(turn.phone.profile_name or "", customers.behind(turn.phone))
    return same[0] if len(same) == 1 else None


def _called(said: str, known: list[Customer]) -> list[Customer]:
    """Who has most words of their name in `said`: "Ravi Fernandes" is not Alice Fernandes."""
    words = set(plain(said).split())
    shared = [(len(words & set(plain(one.name).split())), one) for one in known]
    most = max(count for count, _ in shared)
    return [one for count, one in shared if most and count == most]


def _asked_about(turn: Turn) -> Customer | None:
    """The one whose reminder they answer, if it was about one person's medicines."""
    message = turn.replied_to
    if message is None or not refill_answers.is_about_refill(message):
        return None
    whose = list({one.customer_id: one.customer for one in refills.covered(message)}.values())
    return whose[0] if len(whose) == 1 else None


def _bought(customer: Customer) -> list[tuple[object, list[str]]]:
    latest = customers.purchases(customer, limit=_ORDERS)
    return [(purchase, purchases.what(purchase)) for purchase in latest]
