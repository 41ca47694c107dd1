"""Whether a number is on WhatsApp: nobody can tell beforehand, so it is learned from what happens, with its
evidence in a ledger (DESIGN §8, FEATURES L1).

unknown → available: the person wrote, or something arrived. → not_available: Twilio says that nobody is
there; staff call from then on. → doubtful: it may be so (an error with several causes), or it was so long ago
that one more message is worth a try; the next failure says not_available again, any sign of life available.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from clock import now
from models import Phone, ReachEvent
from statements import lock_in_order

AVAILABLE = "available"
NOT_AVAILABLE = "not_available"
DOUBTFUL = "doubtful"
UNKNOWN = "unknown"

# Failures as far apart as that are two pieces of evidence, not one.
APART = timedelta(days=7)
# People get WhatsApp: after the first failure, and once it was confirmed.
RETEST_AFTER = timedelta(days=30)
RETEST_CONFIRMED_AFTER = timedelta(days=90)

# What we learned it from; a code of Twilio's is `twilio_63024`.
WROTE = "wrote"
ARRIVED = "arrived"


def heard_from(phone: Phone, at: datetime) -> None:
    """The person wrote: the number is on WhatsApp and the 24 hours begin anew."""
    if phone.last_inbound_at is None or phone.last_inbound_at < at:
        phone.last_inbound_at = at
    phone.window_closed_at = None
    phone.save(only=["last_inbound_at", "window_closed_at"])
    if phone.reach != AVAILABLE:
        _learn(phone, AVAILABLE, WROTE)


def delivered_to(phone: Phone) -> None:
    """Something arrived, so the number is on WhatsApp."""
    if phone.reach != AVAILABLE:
        _learn(phone, AVAILABLE, ARRIVED)


def delivered_to_all(phones: Collection[int]) -> None:
    """The same for many phones, by their ids, with two statements."""
    if phones:
        lock_in_order(Phone, phones)
        learned = {"reach": AVAILABLE, "reach_evidence": ARRIVED, "reach_at": now(), "retest_at": None}
        changed = Phone.update(learned).where(Phone.id.in_(sorted(phones)), Phone.reach != AVAILABLE)
        known = changed.returning(Phone.id).execute()
        events = [{"phone": row.id, "reach": AVAILABLE, "evidence": ARRIVED} for row in known]
        if events:
            ReachEvent.insert_many(events).execute()


def not_on_whatsapp(phone: Phone, code: int | None) -> None:
    """Twilio says that nobody has WhatsApp at this number (63003, 63024)."""
    confirmed = _failed_before(phone)
    _learn(phone, NOT_AVAILABLE, f"twilio_{code}")
    phone.retest_at = now() + (RETEST_CONFIRMED_AFTER if confirmed else RETEST_AFTER)
    phone.save(only=["retest_at"])


def perhaps_not_on_whatsapp(phone: Phone, code: int | None) -> bool:
    """Twilio gives a reason that has several causes (63005); True once its repetition has settled it."""
    if phone.reach == NOT_AVAILABLE or _failed_before(phone):
        not_on_whatsapp(phone, code)
        return True
    if phone.reach != DOUBTFUL:
        _learn(phone, DOUBTFUL, f"twilio_{code}")
    return False


def standing(phone: Phone, at: datetime) -> str:
    """Where the number stands at that moment: one that was not on WhatsApp becomes doubtful with time."""
    tried_again = phone.reach == NOT_AVAILABLE and phone.retest_at is not None and phone.retest_at <= at
    return DOUBTFUL if tried_again else phone.reach


def window_is_closed(phone: Phone) -> None:
    """WhatsApp refused free text although we thought the 24 hours were not over (63016)."""
    phone.window_closed_at = now()
    phone.save(only=["window_closed_at"])


def _failed_before(phone: Phone) -> bool:
    """Whether it failed a week ago or earlier, with no sign of life since."""
    if phone.reach not in (DOUBTFUL, NOT_AVAILABLE):
        return False
    latest = ReachEvent.select().where(ReachEvent.phone == phone, ReachEvent.reach == AVAILABLE)
    since = latest.order_by(ReachEvent.id.desc()).first()
    failures = ReachEvent.select().where(ReachEvent.phone == phone, ReachEvent.reach != AVAILABLE)
    return failures.where(
        ReachEvent.id > (since.id if since else 0), ReachEvent.happened_at <= now() - APART
    ).exists()


def _learn(phone: Phone, reach: str, evidence: str) -> None:
    phone.reach, phone.reach_evidence, phone.reach_at, phone.retest_at = reach, evidence, now(), None
    phone.save(only=["reach", "reach_evidence", "reach_at", "retest_at"])
    ReachEvent.create(phone=phone, reach=reach, evidence=evidence)
