"""Claim, send, record: gets the outbox out at each sender's permitted rate, whoever
runs it and however often."""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import company_settings
import config
from clock import machine_now, now
from database import db, is_postgresql
from messaging import outcomes, policy, render
from messaging.channels.base import Account, Channel, Outgoing, SendError
from messaging.outbox import PRIORITY
from models import ApprovedTemplate, Company, Message, Phone, Sender

THREADS = 64
# Seconds between two looks at the outbox while it is being emptied: what an answer waits behind a campaign.
LOOK = 0.1
# A claimed message whose worker has not recorded it by then was left half-sent.
LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class Claimed:
    message: Message
    outgoing: Outgoing


@dataclass
class Pace:
    """How many messages a sender may send now, at `rate` a second without bursts."""

    rate: int
    room: float = 0
    at: float = field(default_factory=time.monotonic)

    def allowed(self) -> int:
        passed = time.monotonic() - self.at
        self.at += passed
        self.room = min(self.room + passed * self.rate, max(1, self.rate * LOOK * 2))
        return int(self.room)


def send_due(channel: Channel, lasting: float = 100) -> int:
    """Send everything that is due, for at most `lasting` seconds; returns how many the channel took."""
    until = time.monotonic() + lasting
    paces: dict[int, Pace] = {}
    flying: dict[Future[str], Claimed] = {}
    taken = 0
    with ThreadPoolExecutor(THREADS) as pool:
        while time.monotonic() < until:
            for claimed in _claim_for_all(paces, THREADS * 2 - len(flying)):
                flying[pool.submit(channel.send, claimed.outgoing)] = claimed
            if not flying and not _more_due(paces):
                return taken
            taken += _record_landed(flying)
        wait(flying)
        return taken + _record_landed(flying)


def claim(sender: Sender, limit: int, at: datetime) -> list[Claimed]:
    """Take up to `limit` due messages of `sender`: what policy lets go is `sending` and nobody else's from
    now on.

    Committed before the first of them is sent, so that a job that runs twice sends nothing twice.
    """
    with db.atomic():
        budgets: dict[int, policy.Budget] = {}
        claimed = [_judged(message, at, budgets) for message in _due(sender, limit, at)]
    return [each for each in claimed if each is not None]


def recover() -> int:
    """Mark as uncertain what a dead worker left half-sent; returns how many."""
    left = (Message.state == "sending") & (Message.claimed_at < machine_now() - LEASE)
    return Message.update(state="uncertain", reason="worker_died").where(left).execute()


def account_of(sender: Sender) -> Account:
    """The Twilio account a sender belongs to: its own, or that of the settings."""
    if sender.account_sid:
        return Account(sender.account_sid, sender.auth_token)
    return Account(config.TWILIO_ACCOUNT_SID, config.TWILIO_AUTH_TOKEN)


def _claim_for_all(paces: dict[int, Pace], free: int) -> list[Claimed]:
    claimed: list[Claimed] = []
    for sender in _senders():
        rate = company_settings.get(sender.company, "rate")
        pace = paces.setdefault(sender.id, Pace(rate, room=1))
        limit = min(pace.allowed(), free - len(claimed))
        if limit > 0:
            batch = claim(sender, limit, now())
            pace.room -= len(batch)
            claimed += batch
    return claimed


def _senders() -> list[Sender]:
    rested = Sender.held_until.is_null() | (Sender.held_until <= machine_now())
    return list(Sender.select(Sender, Company).join(Company).where(rested))


def _more_due(paces: dict[int, Pace]) -> bool:
    at = now()
    return any(_due(sender, 1, at, locking=False) for sender in _senders())


def _due(sender: Sender, limit: int, at: datetime, locking: bool = True) -> list[Message]:
    ids: list[int] = []
    # One index range for each priority: the cost follows what is due, not what is held back.
    for priority in sorted(set(PRIORITY.values())):
        waiting = (
            (Message.sender == sender)
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
    if not ids:
        return []
    rows = Message.select(Message, Phone, Company, Sender).join_from(Message, Phone)
    rows = rows.join_from(Message, Company).join_from(Message, Sender).where(Message.id.in_(ids))
    return sorted(rows, key=lambda message: ids.index(message.id))


def _judged(message: Message, at: datetime, budgets: dict[int, policy.Budget]) -> Claimed | None:
    if message.company_id not in budgets:
        budgets[message.company_id] = policy.budget(message.company, at)
    budget = budgets[message.company_id]
    decision = policy.decide(message, at, budget)
    if decision.verdict != "send":
        _put_off(message, decision, at)
        return None
    outgoing = _outgoing(message, decision.content, decision.in_window)
    message.as_template = not decision.in_window
    message.state, message.reason = "sending", None
    message.claimed_at = machine_now()
    message.attempts += 1
    if not decision.in_window:
        message.opened_conversation_at = at
        budget.count(message.phone)
    message.save()
    return Claimed(message, outgoing)


def _put_off(message: Message, decision: policy.Decision, at: datetime) -> None:
    message.reason = decision.reason
    if decision.verdict == "cancel":
        message.state = "cancelled"
        outcomes.tell(message, "not_on_whatsapp" if decision.reason == "not_on_whatsapp" else "cancelled")
    else:
        message.send_after = decision.until or at + policy.LOOK_AGAIN
        if decision.reason == "daily_limit":
            # It is waiting its turn, not growing old.
            message.useful_until = message.send_after + timedelta(days=7)
    message.save()


def _outgoing(message: Message, content: ApprovedTemplate | None, in_window: bool) -> Outgoing:
    with_buttons = content is not None and bool(render.approved(content.name, content.language).buttons)
    content_id = content.content_id if content and (with_buttons or not in_window) else None
    return Outgoing(
        account=account_of(message.sender),
        sender=message.sender.address,
        to=message.phone.address,
        callback=f"{config.PUBLIC_URL}/whatsapp/status?message={message.id}",
        body="" if content_id else message.body,
        content_id=content_id or "",
        variables=message.facts if content_id else {},
        media=tuple(message.media or ()),
        messaging_service=message.sender.messaging_service or "",
    )


def _record_landed(flying: dict[Future[str], Claimed]) -> int:
    """Record what has come back so far, in one transaction; returns how many were taken."""
    if not flying:
        time.sleep(LOOK)
        return 0
    wait(flying, timeout=LOOK, return_when=FIRST_COMPLETED)
    landed = [future for future in flying if future.done()]
    taken = 0
    with db.atomic():
        for future in landed:
            taken += _record(flying.pop(future).message, future)
    return taken


def _record(message: Message, future: Future[str]) -> int:
    try:
        outcomes.taken(message, future.result())
    except SendError as error:
        outcomes.not_taken(message, error)
        return 0
    return 1
