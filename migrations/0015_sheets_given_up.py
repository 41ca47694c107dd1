"""How often a worker began to read a sheet is counted: one that no worker survives is given up."""

from peewee import SQL, IntegerField, Node


def up(migrator, db):
    none: list[Node] = [SQL("DEFAULT 0")]
    column = IntegerField(constraints=none)
    migrator.migrate(migrator.add_column("import", "tries", column, allow_not_null=True))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("import", "tries"))
