"""Refills: doses of what was sold, what customers said they have, reservations, the Schedule H1 register."""

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    Model,
    Node,
)

from database import EncryptedField, UTCDateTimeField

_NO: list[Node] = [SQL("DEFAULT FALSE")]
_ZERO: list[Node] = [SQL("DEFAULT 0")]


def up(migrator, db):
    Company, Customer = _known(db, "company"), _known(db, "customers")
    Medicine, Purchase, Staff = _known(db, "medicine"), _known(db, "purchase"), _known(db, "staff")

    class SupplyNote(Model):
        customer = ForeignKeyField(Customer)
        medicine = ForeignKeyField(Medicine, index=False)
        kind = CharField()
        days = IntegerField()
        noted_on = DateField()

        class Meta:
            database = db
            table_name = "supply_note"

    class RegisterEntry(Model):
        company = ForeignKeyField(Company, index=False)
        purchase = ForeignKeyField(Purchase, null=True, on_delete="SET NULL")
        sold_on = DateField()
        bill_number = CharField(null=True)
        patient = EncryptedField(default="")
        address = EncryptedField(default="")
        prescriber = EncryptedField(default="")
        drug = CharField()
        quantity = DecimalField(max_digits=10, decimal_places=2)

        class Meta:
            database = db
            table_name = "register_entry"
            indexes = ((("company", "sold_on"), False),)

    db.create_tables([SupplyNote, RegisterEntry])
    columns = (
        ("customer_purchases", "dosage", CharField(null=True)),
        ("customer_purchases", "always_remind", BooleanField(constraints=_NO)),
        ("refill_reminders", "silent_cycles", IntegerField(constraints=_ZERO)),
        ("refill_reminders", "reserved_at", UTCDateTimeField(null=True)),
        ("refill_reminders", "reserved_until", DateField(null=True)),
        (
            "refill_reminders",
            "reserved_by_id",
            ForeignKeyField(Staff, field=Staff.id, null=True, index=False),
        ),
    )
    for table, name, field in columns:
        migrator.migrate(migrator.add_column(table, name, field, allow_not_null=True))
    migrator.migrate(migrator.add_index("refill_reminders", ("state", "reserved_until"), False))


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index("refill_reminders", "refill_reminders_state_reserved_until"),
        migrator.drop_table("register_entry"),
        migrator.drop_table("supply_note"),
    )
    columns = {
        "refill_reminders": ("silent_cycles", "reserved_at", "reserved_until", "reserved_by_id"),
        "customer_purchases": ("dosage", "always_remind"),
    }
    for table, names in columns.items():
        for name in names:
            migrator.migrate(migrator.drop_column(table, name))


def _known(db, name):
    """A table of before, to point to."""

    class Known(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = name

    return Known
