"""What was said is forgotten after a while: emptied at Twilio when it is final, here when it is old."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Protocol

from peewee import fn

import company_settings
import storage
from clock import machine_now
from database import db
from desk_tables import Tick
from messaging.channels.base import Account, SendError
from messaging.delivery import account_of
from models import Company, FollowUp, Import, InboundMessage, Media, Message, Prescription, Sender

# So many rows in one transaction, so that a chat is never kept waiting.
AT_ONCE = 300
# So many requests to Twilio at a time, and in one round.
_TOGETHER = 8
_IN_ONE_ROUND = 960

_OPEN = ("queued", "sending", "uncertain")
_NONE_OPEN = 2**31 - 1

_EMPTY_MESSAGE: dict[Any, Any] = {Message.body: "", Message.facts: {}, Message.media: None}
_EMPTY_INBOUND: dict[Any, Any] = {
    InboundMessage.body: "",
    InboundMessage.media: [],
    InboundMessage.profile_name: None,
}


class Redacts(Protocol):
    """A channel that can empty what it keeps of a message."""

    def redact(self, account: Account, provider_id: str) -> None:
        """Empty the text of one message; one that is gone is as good. Raises `SendError`."""
        ...


def forget(company: Company, at: datetime) -> int:
    """Empty some of the messages that are older than the company keeps them, both ways, and delete such
    files; returns how many, 0 when nothing is left to forget."""
    before = at - timedelta(days=company_settings.get(company, "keep_messages_days"))
    said = Message.select(Message.id).where(Message.company == company, Message.created_at < before)
    sender = Sender.select(Sender.address).where(Sender.company == company)
    heard = InboundMessage.select(InboundMessage.id).where(
        InboundMessage.to_address.in_(sender),
        InboundMessage.received_at < before,
        InboundMessage.state != "waiting",
    )
    forgotten = _empty(f"forget_said:{company.id}", Message, said, _EMPTY_MESSAGE)
    forgotten += _empty(f"forget_heard:{company.id}", InboundMessage, heard, _EMPTY_INBOUND)
    return forgotten + _delete_files(company, before)


def redact(channel: Redacts, company: Company, at: datetime) -> int:
    """Empty at Twilio some of what went to and fro some days ago; returns how many. What Twilio does not take
    now is tried again."""
    days = company_settings.get(company, "redact_after_days")
    if days is None:
        return 0
    before = at - timedelta(days=days)
    accounts = {
        sender.address: account_of(sender) for sender in Sender.select().where(Sender.company == company)
    }
    said = Message.select(Message.id, Message.provider_id, Sender.address).join(Sender)
    said = said.where(
        Message.company == company, Message.created_at < before, Message.id < _first_open(company)
    )
    heard = InboundMessage.select(
        InboundMessage.id, InboundMessage.provider_id, InboundMessage.to_address
    ).where(InboundMessage.to_address.in_(list(accounts)), InboundMessage.received_at < before)
    return _redact(f"redact_said:{company.id}", Message, said, channel, accounts) + _redact(
        f"redact_heard:{company.id}", InboundMessage, heard, channel, accounts
    )


def _first_open(company: Company) -> int:
    """The first message that may still go: nothing from there on is final for good."""
    waiting = (Message.company == company) & Message.state.in_(_OPEN)
    return int(Message.select(fn.MIN(Message.id)).where(waiting).scalar() or _NONE_OPEN)


def _empty(progress: str, table: type[Any], old: Any, emptied: dict[Any, Any]) -> int:
    """Empty the next of `old`, in the order they were written."""
    with db.atomic():
        rows = old.where(table.id > _reached(progress)).order_by(table.id).limit(AT_ONCE)
        ids = [row.id for row in rows]
        if ids:
            table.update(emptied).where(table.id.in_(ids)).execute()
            _note(progress, ids[-1])
    return len(ids)


def _redact(progress: str, table: type[Any], old: Any, channel: Redacts, accounts: dict[str, Account]) -> int:
    rows = old.where(table.id > _reached(progress)).order_by(table.id).limit(_IN_ONE_ROUND).tuples()
    found = list(rows)
    known = [(accounts[address], provider_id) for _, provider_id, address in found if provider_id]
    if found and _all_redacted(channel, known):
        _note(progress, found[-1][0])
        return len(found)
    return 0


def _all_redacted(channel: Redacts, known: Iterable[tuple[Account, str]]) -> bool:
    with ThreadPoolExecutor(_TOGETHER) as pool:
        try:
            list(pool.map(lambda each: channel.redact(*each), known))
        except SendError:
            return False
    return True


def _delete_files(company: Company, before: datetime) -> int:
    """Files of prescriptions stay as long as the prescription."""
    kept = Prescription.select(Prescription.media).where(Prescription.media.is_null(False))
    old = (Media.company == company) & (Media.created_at < before) & Media.id.not_in(kept)
    with db.atomic():
        files = list(Media.select().where(old).order_by(Media.id).limit(AT_ONCE))
        for table in (FollowUp, Import):
            table.update(media=None).where(table.media.in_(files)).execute()
        Media.delete().where(Media.id.in_(files)).execute()
    for file in files:
        storage.forget(file.storage_name)
    return len(files)


def _reached(progress: str) -> int:
    row = Tick.get_or_none(Tick.job == progress)
    return row.reached if row else 0


def _note(progress: str, reached: int) -> None:
    Tick.insert(job=progress, ran_at=machine_now(), reached=reached).on_conflict(
        conflict_target=[Tick.job], update={Tick.reached: reached, Tick.ran_at: machine_now()}
    ).execute()
