"""What Twilio tells us, stored once each: at once, or from the spool when the database is back."""

import logging
import threading
import time
from datetime import datetime
from typing import Any

from peewee import DataError, IntegrityError

import clock
import database
import spool
from bot import together
from database import AWAY, db
from messaging import reports
from models import InboundMessage
from spool import Arrival
from workers import queues

log = logging.getLogger(__name__)

# Seconds between two tries to take in what is spooled.
_PAUSE = 1
# One thread of this process empties the spool.
_emptying = threading.Lock()


def inbound(fields: dict[str, Any]) -> Arrival:
    """A message somebody wrote, arriving now; `fields` are those of its row but for the moment."""
    return {"kind": "inbound", "at": clock.machine_now().isoformat(), "fields": fields}


def report(message_id: int, provider_id: str, status: str, code: int | None) -> Arrival:
    """A delivery report, arriving now."""
    about = {"message_id": message_id, "provider_id": provider_id, "status": status, "code": code}
    return {"kind": "report", "at": clock.machine_now().isoformat(), "fields": about}


def take(arrival: Arrival) -> None:
    """Store it, or keep it on disk while the database is away; raises `OSError` when neither can be done.

    While something waits on disk, whatever comes later waits behind it: one phone's words stay in order.
    """
    if not spool.is_waiting():
        try:
            together.commit(lambda: store(arrival), arrival["fields"].get("message_id", 0))
            return
        except AWAY as trouble:
            log.warning("the database does not answer (%s); spooling", type(trouble).__name__)
    spool.put(arrival)
    empty_soon()


def store(arrival: Arrival) -> None:
    """Store it in the database; the same again changes nothing."""
    if arrival["kind"] == "report":
        reports.take_in(**arrival["fields"])
        return
    # The machine's moment was noted, because the shop's is in the database.
    moved_by = clock.now() - clock.machine_now()
    received_at = datetime.fromisoformat(arrival["at"]) + moved_by
    store_message(arrival["fields"], received_at)


def store_message(fields: dict[str, Any], received_at: datetime) -> bool:
    """Store a message and wake a worker for it; False when it was there already."""
    try:
        with db.atomic():
            InboundMessage.insert({**fields, "received_at": received_at}).execute()
            queues.wake_soon("answer_messages")
    except IntegrityError:
        log.info("message %s came again", fields["provider_id"])
        return False
    return True


def take_in_spooled() -> int:
    """Store what lies in the spool, oldest first; returns how many, and stops while the database is away."""
    taken = 0

    def _store(arrival: Arrival) -> None:
        nonlocal taken
        _store_or_drop(arrival)
        taken += 1

    try:
        with database.connection():
            spool.take_in(_store)
    except AWAY:
        log.warning("the database does not answer; the spool waits")
    if taken:
        log.info("took in %d from the spool", taken)
    return taken


def _store_or_drop(arrival: Arrival) -> None:
    try:
        store(arrival)
    except DataError:
        # Twilio's form was checked before; should one still not fit, it must not block all others.
        log.exception("a %s in the spool does not fit the database", arrival["kind"])


def empty_soon() -> None:
    """Have a thread of this process take in what is spooled, as soon as the database is there."""
    if _emptying.acquire(blocking=False):
        threading.Thread(target=_empty, name="spool", daemon=True).start()


def _empty() -> None:
    try:
        while spool.is_waiting():
            take_in_spooled()
            time.sleep(_PAUSE)
    finally:
        if not db.is_closed():
            db.close()
        _emptying.release()
