"""The database handle, the base table and the field kinds that behave the same on SQLite and PostgreSQL."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from peewee import (
    AutoField,
    BigIntegerField,
    DatabaseProxy,
    DateTimeField,
    Field,
    Function,
    IntegerField,
    InterfaceError,
    Model,
    OperationalError,
    SqliteDatabase,
    TextField,
    fn,
)
from playhouse.db_url import parse as parse_url
from playhouse.pool import PooledPostgresqlDatabase

import config
import rows
from encryption import decrypt, encrypt

db = DatabaseProxy()

# Half of all read-then-write transactions fail under load with SQLite's default lock (ENGINEERING §5).
_LOCK = "IMMEDIATE"
# Seconds one waits for another to finish writing, and between two looks whether it has.
_patience: ContextVar[float] = ContextVar("patience", default=15)
_NAP = 0.001
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY)
# FULL: a claim that a power cut takes back could be sent twice, a stored message could be lost.
_DURABLE = {"journal_mode": "wal", "synchronous": "full"}
# Once a connection is open its waiting is ours.
_PRAGMAS = {**_DURABLE, "foreign_keys": 1, "cache_size": -32_000, "busy_timeout": 0}
_POOL = {"max_connections": 40, "stale_timeout": 300, "timeout": 10}
# Seconds until a server that does not answer at all counts as away; Linux would wait for minutes.
# Parallel workers take longer to start than most of our statements, and the cores from whoever is answered.
_ALONE = "-c max_parallel_workers_per_gather=0"
_REACHED_WITHIN = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "options": f"-c lock_timeout=10s {_ALONE}",
}

# Raised while the database is down, locked beyond patience or out of disk; another try may help.
AWAY = (OperationalError, InterfaceError)


class _Polite(SqliteDatabase):
    """Takes its turn to write as soon as it comes: SQLite's own naps grow to 100 ms, and a webhook that has
    one behind the sender's transactions of 2 ms wakes up behind the next one."""

    def begin(self, lock_type: str | None = None) -> None:
        self._once_it_is_free(lambda: super(_Polite, self).begin(lock_type))

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        if self.in_transaction():
            return super().execute_sql(*args, **kwargs)
        return self._once_it_is_free(lambda: super(_Polite, self).execute_sql(*args, **kwargs))

    def _once_it_is_free(self, work: Callable[[], Any]) -> Any:
        until = time.monotonic() + _patience.get()
        while True:
            try:
                return work()
            except OperationalError as trouble:
                if not _is_busy(trouble) or time.monotonic() > until:
                    raise
            time.sleep(_NAP)


def _is_busy(trouble: OperationalError) -> bool:
    # Not SQLITE_BUSY_SNAPSHOT: who writes behind an open reading of its own waits in vain.
    return getattr(trouble.__context__, "sqlite_errorcode", None) in _BUSY


def connect(url: str = "") -> None:
    """Make `url` (default: the configured one) the database of this process;
    connections open on first use."""
    parameters = parse_url(url or config.DATABASE_URL)
    name = parameters.pop("database")
    if (url or config.DATABASE_URL).startswith("sqlite"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        db.initialize(_Polite(name, pragmas=_PRAGMAS, lock_type=_LOCK, timeout=15))
    else:
        db.initialize(PooledPostgresqlDatabase(name, **{**_POOL, **_REACHED_WITHIN, **parameters}))


def wait_less(seconds: float) -> None:
    """From now on this thread waits no longer than so many seconds for somebody else's writing (SQLite)."""
    _patience.set(seconds)


def is_postgresql() -> bool:
    """For the few statements that only PostgreSQL has (`FOR UPDATE SKIP LOCKED`, advisory locks)."""
    return isinstance(db.obj, PooledPostgresqlDatabase)


@contextmanager
def connection() -> Iterator[None]:
    """A connection for the length of one piece of work; SQLite's is kept open for the thread's next."""
    db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if is_postgresql():
            db.close()


class UTCDateTimeField(DateTimeField):
    """A moment: aware datetimes in and out, stored as naive UTC with microseconds so
    that text sorts as time."""

    def db_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")

    def python_value(self, value: Any) -> Any:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


class MoneyField(BigIntegerField):
    """An amount in rupees as `Decimal`, stored as whole paise."""

    def db_value(self, value: Any) -> Any:
        if not isinstance(value, (Decimal, int)):
            return value
        paise = Decimal(value) * 100
        if paise != paise.to_integral_value():
            raise ValueError("an amount has at most two decimals")
        return int(paise)

    def python_value(self, value: Any) -> Any:
        return None if value is None else (Decimal(int(value)) / 100).quantize(Decimal("0.01"))

    def sum(self) -> Function:
        """All amounts together as `Decimal`, 0 where there are none; peewee's own SUM would give paise."""
        return fn.COALESCE(fn.SUM(self), 0).python_value(self.python_value)


class QuantityField(MoneyField):
    """A count of pieces as `Decimal`, exact to a hundredth: half a tablet is a quantity, too."""


class JSONField(TextField):
    """JSON kept as text, the same on both databases; never queried into."""

    # Making one for each value, as `json.dumps` does, takes twice as long.
    written = staticmethod(json.JSONEncoder(ensure_ascii=False).encode)

    def db_value(self, value: Any) -> Any:
        return value if value is None else self.written(value)

    def python_value(self, value: Any) -> Any:
        return value if value is None else json.loads(value)


class DayField(IntegerField):
    """A local date, stored as its number from the year 1, so that both databases can subtract it."""

    def db_value(self, value: Any) -> Any:
        return value.toordinal() if isinstance(value, date) else value

    def python_value(self, value: Any) -> Any:
        return None if value is None else date.fromordinal(value)


class EncryptedField(TextField):
    """Text that is unreadable in the file, the backup and the replica."""

    def db_value(self, value: Any) -> Any:
        return value if value is None else encrypt(value)

    def python_value(self, value: Any) -> Any:
        return value if value is None else decrypt(value)


class EncryptedJSONField(TextField):
    """JSON that is unreadable in the file, the backup and the replica."""

    def db_value(self, value: Any) -> Any:
        return value if value is None else encrypt(json.dumps(value, ensure_ascii=False))

    def python_value(self, value: Any) -> Any:
        return value if value is None else json.loads(decrypt(value))


class Journal(Protocol):
    """Told of each row that is about to change, so that the change can be taken back."""

    def created(self, row: "Table") -> None: ...

    def changing(self, row: "Table", names: list[str]) -> None: ...

    def cancelled(self, row: "Table") -> None: ...


_journal: ContextVar[Journal | None] = ContextVar("journal", default=None)


@contextmanager
def journal(keeper: Journal) -> Iterator[None]:
    """Tell `keeper` of every saved row of an undoable table inside this block."""
    token = _journal.set(keeper)
    try:
        yield
    finally:
        _journal.reset(token)


def tell_journal_of_cancelled(row: "Table") -> None:
    """Tell whoever keeps a journal that `row`, which nobody can take back by its values, was called off."""
    keeper = _journal.get()
    if keeper:
        keeper.cancelled(row)


class Table(Model):
    """Base of all tables; saves only what changed.

    Rows that are changed while one walks over them are put into a `list` first: SQLite refuses to write
    behind an open reading ("database is locked", without waiting).
    """

    # Whether a chat's `undo` takes back what happened to rows of this table (of others: what is saved with
    # `undoable=True`), or takes back new rows by cancelling.
    undoable = True
    revocable = False

    id = AutoField()

    if TYPE_CHECKING:
        # The `…_id` beside each foreign key, which peewee makes and no type checker sees.
        def __getattr__(self, name: str) -> Any: ...
    else:
        select = classmethod(rows.select)

    class Meta:
        database = db
        legacy_table_names = False
        only_save_dirty = True

    def save(self, *args: Any, **kwargs: Any) -> int:
        if self.get_id() is None or kwargs.get("force_insert"):
            self.create_all([self])
            return 1
        keeper, is_undoable = _journal.get(), kwargs.pop("undoable", self.undoable)
        if keeper and is_undoable:
            keeper.changing(self, [field.name for field in self.dirty_fields])
        return super().save(*args, **kwargs)

    @classmethod
    def create_all(cls, new: "Sequence[Table]") -> None:
        """Insert these new rows of this table in one statement; each knows its number afterwards.

        Peewee itself takes four times as long for a row.
        """
        if not new:
            return
        fields = [field for field in cls._meta.sorted_fields if field.name != "id" or new[0].get_id()]
        values = [field.db_value(row.__data__.get(field.name)) for row in new for field in fields]
        written = db.execute_sql(f'{insertion(fields, len(new))} RETURNING "id"', values).fetchall()
        # Numbers are given in the order of the values, though nobody promises to return them so.
        for row, (number,) in zip(new, sorted(written), strict=True):
            row.id = number
            row._dirty.clear()
            row._tell_created()

    def _tell_created(self) -> None:
        keeper = _journal.get()
        if keeper and (self.undoable or self.revocable):
            keeper.created(self)


def insertion(fields: list[Field], count: int) -> str:
    """The statement that inserts so many rows of these columns of one table, without their values."""
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    marks = ", ".join(["(" + ", ".join([db.param] * len(fields)) + ")"] * count)
    # Names of our own tables.
    return f'INSERT INTO "{fields[0].model._meta.table_name}" ({names}) VALUES {marks}'  # noqa: S608
