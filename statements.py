"""Statements over many rows, said to each of the two databases in its own way."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from peewee import SQL, Expression, Field, fn

from database import Table, db, insertion, is_postgresql


def rare(condition: Expression) -> Any:
    """The condition, which holds for few rows of many: SQLite knows of an index only how many rows share a
    value on average, and would rather walk through all. PostgreSQL knows better by itself."""
    return condition if is_postgresql() else fn.likelihood(condition, SQL("0.0001"))


def usual(condition: Expression) -> Any:
    """The condition, which holds for most rows: SQLite would look for each of them in an index by it, and not
    walk along the one that has all that is asked for."""
    return condition if is_postgresql() else fn.likelihood(condition, SQL("0.9"))


def word(said: str) -> SQL:
    """A word of ours as it stands in the condition of an index: what a parameter will be SQLite does not know
    when it chooses one."""
    if not said.isidentifier():
        raise ValueError("no such word of ours")
    return SQL(f"'{said}'")


def insert_what_is_new(fields: list[Field], rows: list[tuple[Any, ...]], unique: Field) -> int:
    """Insert rows whose `unique` value is not there yet, in the caller's transaction; returns how many.

    The values are as the database stores them.
    """
    passed_over = f'ON CONFLICT ("{unique.column_name}") DO NOTHING RETURNING 1'
    insert = f"{insertion(fields, len(rows))} {passed_over}"
    return len(db.execute_sql(insert, [value for row in rows for value in row]).fetchall())


def lock_in_order(table: type[Table], ids: Iterable[int]) -> None:
    """Keep these rows for this transaction: two that each take several in another order would block each
    other. SQLite has only one writer."""
    if is_postgresql():
        rows = table.select(table.id).where(table.id.in_(sorted(set(ids)))).order_by(table.id)
        list(rows.for_update("FOR NO KEY UPDATE").tuples())  # type: ignore[arg-type]


def insert_in_bulk(fields: list[Field], rows: list[tuple[Any, ...]]) -> None:
    """Insert many rows in one go, by the driver's fastest way, in the caller's transaction.

    The values are as the database stores them: JSON and ciphers as text. Defaults are not filled in. Five
    times faster than building the statement (ENGINEERING §4).
    """
    if not is_postgresql():
        db.connection().executemany(insertion(fields, 1), rows)
        return
    table = fields[0].model._meta.table_name
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    lines.seek(0)
    # An empty cell is NULL, except in a column that has none.
    filled = ", ".join(f'"{field.column_name}"' for field in fields if not field.null)
    with db.connection().cursor() as cursor:
        cursor.copy_expert(
            f'COPY "{table}" ({names}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({filled}))', lines
        )
