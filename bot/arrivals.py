"""What Twilio tells us, stored once each: at once, or from the spool when the database is back."""

import logging
import threading
import time
from datetime import datetime
from functools import lru_cache
from typing import Any

import clock
import database
import spool
from bot.together import Together
from database import AWAY, db
from messaging import reports
from messaging.reports import Report
from models import InboundMessage
from spool import Arrival
from statements import insert_what_is_new
from workers import queues

log = logging.getLogger(__name__)

# Seconds between two tries to take in what is spooled.
_PAUSE = 1
# Seconds a request waits for somebody else's writing: Twilio gives up after fifteen.
_PATIENCE = 5
# One thread of this process empties the spool.
_emptying = threading.Lock()

# A row of `InboundMessage`, and what is written where Twilio says nothing.
_FIELDS = [field for field in InboundMessage._meta.sorted_fields if field is not InboundMessage.id]
_UNSAID = {field.name: field.default for field in _FIELDS if not callable(field.default)} | {"media": []}
_MEDIA = InboundMessage.media


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
            _together.commit(_written(arrival))
            return
        except AWAY as trouble:
            log.warning("the database does not answer (%s); spooling", type(trouble).__name__)
    spool.put(arrival)
    empty_soon()


def store(arrival: Arrival) -> None:
    """Store it in the database; the same again changes nothing."""
    with db.atomic():
        _store([_written(arrival)])


def store_message(fields: dict[str, Any], received_at: datetime) -> bool:
    """Store a message and wake a worker for it; False when it was there already."""
    with db.atomic():
        return bool(_store_messages([{**_encrypted(fields), "received_at": received_at}]))


def _written(arrival: Arrival) -> Report | dict[str, Any]:
    """What is stored of it, as far as it can be made ready without the database."""
    if arrival["kind"] == "report":
        return Report(**arrival["fields"])
    return {**_encrypted(arrival["fields"]), "received_at": datetime.fromisoformat(arrival["at"])}


def _encrypted(fields: dict[str, Any]) -> dict[str, Any]:
    said = {**_UNSAID, **fields}
    row = {field.name: field.db_value(said.get(field.name)) for field in _FIELDS if field is not _MEDIA}
    row[_MEDIA.name] = _MEDIA.db_value(said["media"]) if said["media"] else _no_media()
    return row


@lru_cache(maxsize=1)
def _no_media() -> str:
    # Most messages bring no file, and encrypting costs.
    return str(_MEDIA.db_value([]))


def _store(arrivals: list[Report | dict[str, Any]]) -> None:
    told = [each for each in arrivals if isinstance(each, Report)]
    written = [each for each in arrivals if not isinstance(each, Report)]
    if told:
        reports.take_in(told)
    if written:
        # The machine's moment was noted, because the shop's is in the database.
        moved_by = clock.ahead()
        _store_messages([{**each, "received_at": each["received_at"] + moved_by} for each in written])


def _store_messages(messages: list[dict[str, Any]]) -> int:
    moment = InboundMessage.received_at
    rows = [{**each, "received_at": moment.db_value(each["received_at"])} for each in messages]
    values = [tuple(row[field.name] for field in _FIELDS) for row in rows]
    new = insert_what_is_new(_FIELDS, values, InboundMessage.provider_id)
    if new:
        queues.wake_soon("answer_messages")
    if new < len(rows):
        log.info("%d messages came again", len(rows) - new)
    return new


def take_in_spooled() -> int:
    """Store what lies in the spool, oldest first; returns how many, and stops while the database is away."""
    taken = 0

    def _store(arrival: Arrival) -> None:
        nonlocal taken
        store(arrival)
        taken += 1

    try:
        with database.connection():
            spool.take_in(_store)
    except AWAY:
        log.warning("the database does not answer; the spool waits")
    if taken:
        log.info("took in %d from the spool", taken)
    return taken


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


_together = Together(_store, _PATIENCE)
