"""SQLite gives out a deleted id no more, as PostgreSQL never did: the outbox names rows by it for ever."""

from peewee import SqliteDatabase

_ONCE, _AGAIN = "PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY"


def up(migrator, db):
    _change(db, _AGAIN, _ONCE)


def down(migrator, db):
    _change(db, _ONCE, _AGAIN)


def _change(db, before, after):
    """Only the words of the schema change, nothing that is stored (sqlite.org/lang_altertable, "Making other
    kinds of table schema changes")."""
    if not isinstance(db, SqliteDatabase):
        return
    # Where SQLite keeps the highest ids: it comes with the first such table.
    db.execute_sql("CREATE TABLE once (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    db.execute_sql("DROP TABLE once")
    [version] = db.execute_sql("PRAGMA schema_version").fetchone()
    db.execute_sql("PRAGMA writable_schema = ON")
    db.execute_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql LIKE '%INTEGER NOT NULL PRIMARY KEY%'",
        (f'"id" INTEGER NOT NULL {before}', f'"id" INTEGER NOT NULL {after}'),
    )
    db.execute_sql(f"PRAGMA schema_version = {version + 1}")
    db.execute_sql("PRAGMA writable_schema = OFF")
