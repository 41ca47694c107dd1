"""Taking back what one turn of a member of staff did, for ten minutes: every changed row as it was before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from peewee import IntegrityError

import database
import models
from desk_tables import Undo
from domain import coverage
from domain.errors import DomainError
from messaging import consent, outbox
from models import ConsentEvent, Message, Staff

LASTS = timedelta(minutes=10)

_TABLES = {table._meta.table_name: table for table in models.TABLES}


@dataclass
class Changes:
    """What happened to rows inside a turn, in order, as JSON can keep it; the messages it queued, those it
    called off, and the entries of the ledger of consent it made."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)
    called_off: list[int] = field(default_factory=list)
    consents: list[int] = field(default_factory=list)

    def created(self, row: database.Table) -> None:
        if isinstance(row, Message):
            self.messages.append(row.id)
        elif isinstance(row, ConsentEvent):
            self.consents.append(row.id)
        else:
            self.rows.append({"table": row._meta.table_name, "id": row.get_id(), "created": True})

    def changing(self, row: database.Table, names: list[str]) -> None:
        before = type(row).get_by_id(row.get_id())
        self.rows.append(
            {
                "table": row._meta.table_name,
                "id": row.get_id(),
                "before": {name: _plain(before.__data__[name]) for name in names},
                "after": {name: _plain(row.__data__[name]) for name in names},
            }
        )

    def cancelled(self, row: database.Table) -> None:
        self.called_off.append(row.get_id())


@contextmanager
def recording() -> Iterator[Changes]:
    """Everything saved inside this block is noted, so that `keep` can make it undoable."""
    changes = Changes()
    with database.journal(changes):
        yield changes


def keep(staff: Staff, what: str, changes: Changes) -> None:
    """Make `changes`, named `what`, the thing that the next `undo` of this member of staff takes back."""
    Undo.create(company=staff.company, staff=staff, what=what, changes=asdict(changes))


def take_back(staff: Staff, at: datetime) -> tuple[str, int]:
    """Undo the last thing this member of staff did; returns its name and how many of its messages had gone.

    Raises `DomainError`: `nothing_to_undo`, `changed_since` when somebody has built on it, or `gone_already`
    when it was a reminder that the customer has: taken back, it would be sent again.
    """
    last = Undo.select().where(Undo.staff == staff, Undo.undone_at.is_null()).order_by(Undo.id.desc()).first()
    if last is None or last.done_at < at - LASTS:
        raise DomainError("nothing_to_undo")
    gone = _call_off(last.changes["messages"])
    renew = coverage.renew_buyers(last.changes["rows"])
    for row in reversed(last.changes["rows"]):
        _restore(row)
    renew()
    for message in _rows(Message, last.changes.get("called_off", [])):
        outbox.restore(message)
    for event in _rows(ConsentEvent, last.changes.get("consents", [])):
        consent.take_back(event)
    last.undone_at = at
    last.save()
    return last.what, gone


def _call_off(ids: list[int]) -> int:
    """Cancel these messages; returns how many had gone already."""
    said = [message for message in _rows(Message, ids) if message.state != "cancelled"]
    gone = [message for message in said if not outbox.cancel(message, "undone")]
    if any(message.kind in ("reminder", "promotion") for message in gone):
        raise DomainError("gone_already")
    return len(gone)


def _rows(table: Any, ids: list[int]) -> list[Any]:
    return list(table.select().where(table.id.in_(ids)).order_by(table.id))


def _restore(noted: dict[str, Any]) -> None:
    table = _TABLES[noted["table"]]
    row = table.get_or_none(table.id == noted["id"])
    if row is None:
        return
    if noted.get("created"):
        _delete(row)
        return
    if any(_plain(row.__data__[name]) != value for name, value in noted["after"].items()):
        raise DomainError("changed_since")
    for name, value in noted["before"].items():
        setattr(row, name, _value(table, name, value))
    row.save()


def _delete(row: database.Table) -> None:
    try:
        with database.db.atomic():
            row.delete_instance()
    except IntegrityError:
        raise DomainError("changed_since") from None


def _plain(value: Any) -> Any:
    # One spelling of what is equal: the row read back has another zone and other trailing zeros.
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value


def _value(table: type[database.Table], name: str, value: Any) -> Any:
    kind = table._meta.fields[name]
    if value is None:
        return None
    if isinstance(kind, database.UTCDateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(kind, database.MoneyField):
        return Decimal(value)
    return value
