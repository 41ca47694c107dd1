"""Whether a number is on WhatsApp: nobody can tell beforehand, so it is learned from
what happens (DESIGN §8)."""

from datetime import datetime

from clock import now
from models import Phone

AVAILABLE = "available"
NOT_AVAILABLE = "not_available"
UNKNOWN = "unknown"


def heard_from(phone: Phone, at: datetime) -> None:
    """The person wrote: the number is on WhatsApp and the 24 hours begin anew."""
    if phone.last_inbound_at is None or phone.last_inbound_at < at:
        phone.last_inbound_at = at
    phone.window_closed_at = None
    _learn(phone, AVAILABLE, "wrote to us")
    phone.save(only=["last_inbound_at", "window_closed_at", "reach", "reach_evidence", "reach_at"])


def delivered_to(phone: Phone) -> None:
    """Something arrived, so the number is on WhatsApp."""
    if phone.reach != AVAILABLE:
        _learn(phone, AVAILABLE, "a message arrived")
        phone.save(only=["reach", "reach_evidence", "reach_at"])


def not_on_whatsapp(phone: Phone, code: int | None) -> None:
    """Twilio says that nobody has WhatsApp at this number (63003, 63024)."""
    _learn(phone, NOT_AVAILABLE, f"Twilio error {code}")
    phone.save(only=["reach", "reach_evidence", "reach_at"])


def window_is_closed(phone: Phone) -> None:
    """WhatsApp refused free text although we thought the 24 hours were not over (63016)."""
    phone.window_closed_at = now()
    phone.save(only=["window_closed_at"])


def _learn(phone: Phone, reach: str, evidence: str) -> None:
    if phone.reach != reach:
        phone.reach, phone.reach_evidence, phone.reach_at = reach, evidence, now()
