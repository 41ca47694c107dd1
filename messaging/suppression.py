"""Numbers whose data was erased: known by a keyed hash alone, and never written to first."""

import hashlib
import hmac
from datetime import datetime

import config
from desk_tables import Erasure
from models import Message, Phone


def note(phone: Phone, at: datetime) -> Erasure:
    """Remember that this number was erased."""
    return Erasure.create(company=phone.company_id, address_hash=_hash(phone), erased_at=at, phone=phone)


def holds(phone: Phone) -> bool:
    """Whether this number was erased, under whatever row it stands now."""
    same = (Erasure.company == phone.company_id) & (Erasure.address_hash == _hash(phone))
    return Erasure.select().where(same).exists()


def forbids(message: Message) -> bool:
    """Whether it may not go because the number was erased, and has not written itself since."""
    is_first = message.kind in ("reminder", "promotion") and message.phone.last_inbound_at is None
    return is_first and holds(message.phone)


def _hash(phone: Phone) -> str:
    # Numbers are few enough to be tried one by one: without the key the hash tells nothing.
    text = f"{phone.company_id}:{phone.address}".encode()
    return hmac.new(config.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
