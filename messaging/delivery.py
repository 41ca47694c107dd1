"""Claim, send, record: gets the outbox out at each sender's permitted rate, whoever
runs it and however often."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

import config
from clock import machine_now, now
from database import db, is_postgresql
from encryption import Unreadable
from messaging import approved, catching_up, envelope, pace, policy, recording
from messaging.channels.base import Account, Channel, Outgoing, SendError
from messaging.outbox import PRIORITY
from models import Company, Message, Phone, Sender
from workers import queues

log = logging.getLogger(__name__)

# Requests under way at once, and what is claimed beyond them so that no thread waits for the database. An
# answer waits behind what is claimed, so that is little.
THREADS = 160
IN_HAND = THREADS + 96
# What has come back is recorded when it is so much, or after so many seconds; then the outbox is looked at.
AT_ONCE = 48
LOOK = 0.05
# Messages put before the rules while a sender is kept from all others: they may refuse any number.
MOST_JUDGED = 256
# A claimed message whose worker has not recorded it by then was left half-sent.
LEASE = timedelta(minutes=2)

# A phone without what is costly to decrypt, or cannot be any more.
_PRIVATE = ("profile_name", "asking")
PHONE = [field for field in Phone._meta.sorted_fields if field.name not in _PRIVATE]


@dataclass(frozen=True)
class Claimed:
    message: Message
    outgoing: Outgoing


Landed = SimpleQueue[tuple[Claimed, Future[str]]]


def send_due(channel: Channel, lasting: float = 100) -> int:
    """Send everything that is due, for at most `lasting` seconds; returns how many the channel took."""
    catching_up.notice()
    until = time.monotonic() + lasting
    landed: Landed = SimpleQueue()
    flying = taken = 0
    alone = True
    with ThreadPoolExecutor(THREADS) as pool:
        while flying or time.monotonic() < until:
            if time.monotonic() < until:
                batch, more = _claim_for_all(IN_HAND - flying)
                for claimed in batch:
                    _let_fly(pool, channel, claimed, landed)
                flying += len(batch)
                if not flying and not more:
                    break
                if alone and more and flying == IN_HAND:
                    # As much as one can carry: whoever is free may help.
                    queues.wake("send_messages")
                    alone = False
            back = _gather(landed, flying)
            flying -= len(back)
            taken += _record(back)
    return taken


def claim(sender: Sender, limit: int, at: datetime) -> list[Claimed]:
    """Take up to `limit` due messages of `sender`: what policy and pace let go is `sending` and nobody
    else's from now on.

    Committed before the first of them is sent, so that a job that runs twice sends nothing twice. Only one
    claims for a sender at a time: so its rate, a person's spacing and the day's limit are counted exactly.
    """
    claimed: list[Claimed] = []
    with db.atomic():
        locked = _locked(sender)
        machine_at = machine_now()
        room = min(limit, pace.room(locked, machine_at))
        budget, spacing = policy.budget(locked.company, at), pace.Spacing(machine_at)
        judged = 0
        while len(claimed) < room and judged < MOST_JUDGED:
            asked = room - len(claimed)
            rows = _due(locked, asked, at)
            free = _one_each(rows, machine_at)
            claimed += _judged(free, at, budget, spacing) if free else []
            judged += len(rows)
            if len(rows) < asked or not free:
                break
        pace.use(locked, len(claimed), machine_at)
    return claimed


def recover() -> int:
    """Mark as uncertain what a dead worker left half-sent; returns how many."""
    left = (Message.state == "sending") & (Message.claimed_at < machine_now() - LEASE)
    return Message.update(state="uncertain", reason="worker_died").where(left).execute()


def account_of(sender: Sender) -> Account:
    """The Twilio account a sender belongs to: its own, or that of the settings."""
    if sender.account_sid:
        return Account(sender.account_sid, sender.auth_token)
    return Account(config.TWILIO_ACCOUNT_SID, config.TWILIO_AUTH_TOKEN)


def account_for(company: Company) -> Account:
    """The Twilio account of a company's WhatsApp number."""
    return account_of(Sender.get(Sender.company == company, Sender.channel == "whatsapp"))


def _claim_for_all(free: int) -> tuple[list[Claimed], bool]:
    """What may go now, and whether more is due than may."""
    claimed: list[Claimed] = []
    more = False
    for sender in _senders():
        limit = free - len(claimed)
        if not _due_ids(sender, 1, now(), locking=False):
            continue
        if limit > 0:
            claimed += claim(sender, limit, now())
        more = more or bool(_due_ids(sender, 1, now(), locking=False))
    return claimed, more


def _senders() -> list[Sender]:
    rested = Sender.held_until.is_null() | (Sender.held_until <= machine_now())
    return list(Sender.select(Sender, Company).join(Company).where(rested))


def _locked(sender: Sender) -> Sender:
    query = Sender.select(Sender, Company).join(Company).where(Sender.id == sender.id)
    if is_postgresql():
        # Whoever queues a message meanwhile refers to the sender and must not wait.
        query = query.for_update("FOR NO KEY UPDATE", of=Sender)  # type: ignore[arg-type]
    return query.get()


def _due_ids(sender: Sender, limit: int, at: datetime, locking: bool = True) -> list[int]:
    ids: list[int] = []
    # One index range for each priority: the cost follows what is due, not what is held back.
    for priority in sorted(set(PRIORITY.values())):
        waiting = (
            (Message.sender == sender.id)
            & (Message.state == "queued")
            & (Message.priority == priority)
            & (Message.send_after <= at)
        )
        query = Message.select(Message.id).where(waiting).order_by(Message.send_after, Message.id)
        query = query.limit(limit - len(ids))
        if locking and is_postgresql():
            query = query.for_update("FOR UPDATE SKIP LOCKED")  # type: ignore[arg-type]
        ids += [row.id for row in query]
        if len(ids) >= limit:
            break
    return ids


def _due(sender: Sender, limit: int, at: datetime) -> list[Message]:
    ids = _due_ids(sender, limit, at)
    if not ids:
        return []
    rows = _read(ids)
    phones = Phone.select(*PHONE).where(Phone.id.in_({message.phone_id for message in rows}))
    known = {phone.id: phone for phone in phones}
    for message in rows:
        message.phone, message.sender = known[message.phone_id], sender
        message.company = message.phone.company = sender.company
    # What was put off for a person and what came after it keep their order.
    return sorted(rows, key=lambda message: (message.priority, message.id))


def _read(ids: list[int]) -> list[Message]:
    """These messages; one that no key of ours opens any more fails, and keeps no other from going."""
    try:
        return list(Message.select().where(Message.id.in_(ids)))
    except Unreadable:
        if len(ids) > 1:
            return [message for each in ids for message in _read([each])]
        log.error("no key of ours opens message %s; it is not sent", ids[0])
        Message.update(state="failed", reason="unreadable").where(Message.id == ids[0]).execute()
        return []


def _one_each(rows: list[Message], machine_at: datetime) -> list[Message]:
    """All but the answers to a phone to which another answer is on its way: they would arrive swapped."""
    answers = (Message.kind == "answer") & (Message.state == "sending")
    phones = Message.phone.in_({message.phone_id for message in rows})
    on_their_way = answers & phones & (Message.claimed_at > machine_at - LEASE)
    busy = {row.phone_id for row in Message.select(Message.phone).where(on_their_way)}
    free = []
    for message in rows:
        if message.kind != "answer" or message.phone_id not in busy:
            free.append(message)
        if message.kind == "answer":
            busy.add(message.phone_id)
    return free


def _judged(rows: list[Message], at: datetime, budget: policy.Budget, spacing: pace.Spacing) -> list[Claimed]:
    policy.look_up(budget, rows, at)
    spacing.look_up(message.phone_id for message in rows)
    claimed, refused = [], []
    for message in rows:
        decision = policy.decide(message, at, budget)
        if decision.content is not None and not approved.fits(message, decision.content):
            decision = _without_content(decision, at)
        wait = spacing.wait(message) if decision.verdict == "send" else None
        if wait:
            decision = policy.Decision("hold", "one_at_a_time", at + wait)
        if decision.verdict == "send":
            message.as_template = not decision.in_window
            if message.as_template:
                budget.count(message.phone)
            claimed.append(_claimed(message, decision, at))
        else:
            refused.append((message, decision))
    recording.put_off(refused, at)
    recording.claimed([each.message for each in claimed], at)
    return claimed


def _claimed(message: Message, decision: policy.Decision, at: datetime) -> Claimed:
    account = account_of(message.sender)
    return Claimed(message, envelope.outgoing(message, account, decision.content, decision.in_window, at))


def _without_content(decision: policy.Decision, at: datetime) -> policy.Decision:
    """In a talk the words go as they are; to write first, it waits until it is too old."""
    if decision.in_window:
        return replace(decision, content=None)
    return policy.Decision("hold", "template_not_approved", at + policy.LOOK_AGAIN)


def _let_fly(pool: ThreadPoolExecutor, channel: Channel, claimed: Claimed, landed: Landed) -> None:
    future = pool.submit(channel.send, claimed.outgoing)
    future.add_done_callback(lambda future: landed.put((claimed, future)))


def _gather(landed: Landed, flying: int) -> list[tuple[Claimed, Future[str]]]:
    """What has come back once it is worth a transaction, or when it is time to look again."""
    until = time.monotonic() + LOOK
    back: list[tuple[Claimed, Future[str]]] = []
    if not flying:
        time.sleep(LOOK)
    while len(back) < min(AT_ONCE, flying):
        try:
            back.append(landed.get(timeout=max(0.0, until - time.monotonic())))
        except Empty:
            break
    return back


def _record(back: list[tuple[Claimed, Future[str]]]) -> int:
    """Record what has come back; returns how many were taken."""
    taken, refused = [], []
    for claimed, future in back:
        error = future.exception()
        if error is None:
            taken.append((claimed.message, future.result()))
        else:
            refused.append((claimed.message, _as_trouble(claimed.message, error)))
    recording.taken(taken)
    for message, trouble in refused:
        recording.not_taken(message, trouble)
    return len(taken)


def _as_trouble(message: Message, error: BaseException) -> SendError:
    """A bug met by one message must not take down those that fly beside it; nobody knows how far it came."""
    if isinstance(error, SendError):
        return error
    log.error("message %s could not be handed over", message.id, exc_info=error)
    return SendError(type(error).__name__, uncertain=True)
