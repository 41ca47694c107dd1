"""A sheet may be read again with its columns corrected, and a large one is taken on by a worker."""

from peewee import SQL, BooleanField, IntegerField, Node


def up(migrator, db):
    no: list[Node] = [SQL("DEFAULT FALSE")]
    migrator.migrate(
        migrator.add_column("import", "replaces", IntegerField(null=True)),
        migrator.add_column("import", "agreed", BooleanField(constraints=no), allow_not_null=True),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column("import", "replaces"),
        migrator.drop_column("import", "agreed"),
    )
