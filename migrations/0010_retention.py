"""A line of the schedule remembers how far it came."""

from peewee import SQL, IntegerField


def up(migrator, db):
    reached = IntegerField(constraints=[SQL("DEFAULT 0")])
    migrator.migrate(migrator.add_column("tick", "reached", reached, allow_not_null=True))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("tick", "reached"))
