"""Senders may be of SMS too and remember how often they were too fast; what came in says by which way."""

from peewee import SQL, CharField, IntegerField


def up(migrator, db):
    columns = (
        ("sender", "channel", CharField(constraints=[SQL("DEFAULT 'whatsapp'")])),
        ("sender", "rests", IntegerField(constraints=[SQL("DEFAULT 0")])),
        ("inbound_message", "channel", CharField(constraints=[SQL("DEFAULT 'whatsapp'")])),
        ("inbound_message", "messaging_service", CharField(null=True)),
        ("inbound_message", "opt_out_type", CharField(null=True)),
    )
    # A constant default needs no copy of the table, however large it is.
    for table, name, field in columns:
        migrator.migrate(migrator.add_column(table, name, field, allow_not_null=True))
    # One number may send both ways.
    migrator.migrate(
        migrator.drop_index("sender", "sender_address"),
        migrator.add_index("sender", ("channel", "address"), True),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index("sender", "sender_channel_address"),
        migrator.add_index("sender", ("address",), True),
    )
    for table, name in (
        ("inbound_message", "opt_out_type"),
        ("inbound_message", "messaging_service"),
        ("inbound_message", "channel"),
        ("sender", "rests"),
        ("sender", "channel"),
    ):
        migrator.migrate(migrator.drop_column(table, name))
