"""Taking back what one turn of a member of staff did, for ten minutes: every changed row as it was before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from peewee import IntegrityError

import database
import models
from domain.errors import DomainError
from messaging import outbox
from models import Message, Staff, Undo

LASTS = timedelta(minutes=10)

_TABLES = {table._meta.table_name: table for table in models.TABLES}


@dataclass
class Changes:
    """What happened to rows inside a turn, in order, as JSON can keep it, and the messages it queued."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)

    def created(self, row: database.Table) -> None:
        if isinstance(row, Message):
            self.messages.append(row.id)
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


@contextmanager
def recording() -> Iterator[Changes]:
    """Everything saved inside this block is noted, so that `keep` can make it undoable."""
    changes = Changes()
    with database.journal(changes):
        yield changes


def keep(staff: Staff, what: str, changes: Changes) -> None:
    """Make `changes`, named `what`, the thing that the next `undo` of this member of staff takes back."""
    noted = {"rows": changes.rows, "messages": changes.messages}
    Undo.create(company=staff.company, staff=staff, what=what, changes=noted)


def take_back(staff: Staff, at: datetime) -> tuple[str, int]:
    """Undo the last thing this member of staff did; returns its name and how many of its messages had gone.

    Raises `DomainError`: `nothing_to_undo`, or `changed_since` when somebody has built on it.
    """
    last = Undo.select().where(Undo.staff == staff, Undo.undone_at.is_null()).order_by(Undo.id.desc()).first()
    if last is None or last.done_at < at - LASTS:
        raise DomainError("nothing_to_undo")
    for row in reversed(last.changes["rows"]):
        _restore(row)
    last.undone_at = at
    last.save()
    said = Message.select().where(Message.id.in_(last.changes["messages"]))
    return last.what, sum(not outbox.cancel(message, "undone") for message in said)


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
