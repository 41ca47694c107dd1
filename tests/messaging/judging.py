"""A shop whose messages are judged: what the tests of the policy share."""

from itertools import count

from messaging import policy
from models import Message
from tests.conversation import MORNING, phone_of

KINDS = ("answer", "staff_notice", "reminder", "promotion")
NIGHT = MORNING.replace(hour=23)

_keys = count(1)


def change(phone, **facts):
    """Give the phone these facts."""
    for name, value in facts.items():
        setattr(phone, name, value)
    phone.save()


def message(shop, kind="reminder", template="refill_due", **facts):
    """A message to alice that is yet to be judged."""
    return Message(
        company=shop.company,
        phone=phone_of(shop.alice),
        sender=shop.sender,
        key=f"test:{next(_keys)}",
        kind=kind,
        template=template,
        language="en",
        body="Your medicine",
        **facts,
    )


def sent(shop, at, kind="reminder", **facts):
    """One that was delivered then."""
    row = message(shop, kind, state="delivered", sent_at=at, **facts)
    row.save(force_insert=True)
    return row


def verdict(shop, at=MORNING, budget=None, **facts):
    """What is decided, and for which reason."""
    decision = policy.decide(message(shop, **facts), at, budget)
    return decision.verdict, decision.reason


def verdicts(shop, at=MORNING):
    """The kinds of messages that may go now."""
    return [kind for kind in KINDS if verdict(shop, at, kind=kind)[0] == "send"]
