"""Everything that is encrypted comes under the newest key: columns, stored files, the spool (FEATURES C8)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from peewee import Value

import desk_tables
import encryption
import models
import spool
import storage
from clock import now
from database import EncryptedField, EncryptedJSONField, Table, db
from desk_tables import KeyRotation

# So many rows are looked at in one transaction: nobody waits longer than a moment.
CHUNK = 200


def columns() -> dict[type[Table], list[Any]]:
    """Every table that has encrypted columns, with these."""
    found = {table: list(_fields(table)) for table in (*models.TABLES, *desk_tables.TABLES)}
    return {table: fields for table, fields in found.items() if fields}


def total() -> int:
    """How many rows and files there are to look at, as of now."""
    rows = sum(table.select().where(table.id > _place(table).last_id).count() for table in columns())
    return rows + len(storage.names()) + spool.waiting()


def unreadable() -> list[str]:
    """The tables whose newest row no key of ours opens."""
    return [table._meta.table_name for table, fields in columns().items() if not _opens(table, fields)]


def _opens(table: type[Table], fields: list[Any]) -> bool:
    try:
        table.select(*fields).order_by(table.id.desc()).first()
    except encryption.Unreadable:
        return False
    return True


def rotate(told: Callable[[int], None] = lambda looked_at: None) -> int:
    """Re-encrypt all that is not yet under the newest key; returns how many values and files were.

    May be stopped at any moment and goes on where it was; safe beside a running desk, whose own change of a
    row wins. `told` hears how many rows or files were looked at. Every process has to know the newest key by
    then, or it goes on writing under the old one.
    """
    changed = sum(_rotate_table(table, fields, told) for table, fields in columns().items())
    changed += _count(map(storage.renew, storage.names()), told)
    return changed + _count(spool.renew(), told)


def begin_anew() -> None:
    """Look at everything once more, as if nothing had been done for this key."""
    KeyRotation.delete().where(KeyRotation.key_name == encryption.key_name()).execute()


def _fields(table: type[Table]) -> Iterator[Any]:
    for field in table._meta.sorted_fields:
        if isinstance(field, EncryptedField | EncryptedJSONField):
            yield field


def _place(table: type[Table]) -> KeyRotation:
    """How far this table has come under the newest key."""
    known = {"key_name": encryption.key_name(), "subject": table._meta.table_name}
    place, _ = KeyRotation.get_or_create(**known)
    return place


def _rotate_table(table: type[Table], fields: list[Any], told: Callable[[int], None]) -> int:
    place, changed = _place(table), 0
    stored = [field.cast("TEXT") for field in fields]
    while True:
        after = table.select(table.id, *stored).where(table.id > place.last_id).order_by(table.id)
        with db.atomic():
            rows: list[Any] = list(after.limit(CHUNK).tuples())
            if not rows:
                break
            changed += sum(_renew(table, fields, *row) for row in rows)
            place.last_id = rows[-1][0]
            place.save()
        told(len(rows))
    place.finished_at = now()
    place.save()
    return changed


def _renew(table: type[Table], fields: list[Any], row_id: int, *tokens: str | None) -> int:
    changed = 0
    for field, token in zip(fields, tokens, strict=True):
        new = encryption.renewed(token) if token else None
        if new is not None:
            # Whatever the desk has written meanwhile stays.
            same = (table.id == row_id) & (field.cast("TEXT") == Value(token, converter=False))
            changed += table.update({field: Value(new, converter=False)}).where(same).execute()
    return changed


def _count(renewed: Iterable[bool], told: Callable[[int], None]) -> int:
    changed = 0
    for is_renewed in renewed:
        changed += is_renewed
        told(1)
    return changed
