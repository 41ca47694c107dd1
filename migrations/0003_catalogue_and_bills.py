"""Medicines get a catalogue and a stock, purchases bill numbers and costs, customers their education."""

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    Node,
    TextField,
)

from database import MoneyField, QuantityField, UTCDateTimeField

_NO: list[Node] = [SQL("DEFAULT FALSE")]
_ZERO: list[Node] = [SQL("DEFAULT 0")]


def up(migrator, db):
    class Company(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "company"

    class Staff(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "staff"

    class Medicine(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "medicine"

    class Purchase(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "purchase"

    class StockMovement(Model):
        company = ForeignKeyField(Company, index=False)
        medicine = ForeignKeyField(Medicine, index=False)
        quantity = QuantityField()
        cause = CharField()
        purchase = ForeignKeyField(Purchase, null=True)
        staff = ForeignKeyField(Staff, index=False, null=True)
        happened_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "stock_movement"
            indexes = ((("medicine", "happened_at"), False), (("company", "happened_at"), False))

    columns = (
        ("company", "last_bill", IntegerField(constraints=_ZERO)),
        ("customers", "educated_on", DateField(null=True)),
        (
            "customers",
            "educated_by_id",
            ForeignKeyField(Staff, field=Staff.id, null=True, index=False),
        ),
        ("import", "kind", CharField(constraints=[SQL("DEFAULT 'contacts'")])),
        ("medicine", "composition", TextField(null=True)),
        ("medicine", "manufacturer", CharField(null=True)),
        ("medicine", "schedule", CharField(null=True)),
        ("medicine", "is_generic", BooleanField(constraints=_NO)),
        ("medicine", "is_listed", BooleanField(constraints=_NO)),
        ("medicine", "pack_size", IntegerField(null=True)),
        ("medicine", "pack_price", MoneyField(null=True)),
        ("medicine", "pack_cost", MoneyField(null=True)),
        ("medicine", "stock", QuantityField(null=True)),
        ("purchase", "bill_number", CharField(null=True)),
        ("purchase", "cost", MoneyField(constraints=_ZERO)),
        ("purchase", "costed_total", MoneyField(constraints=_ZERO)),
        ("purchase", "category", CharField(null=True)),
        ("purchase", "was_contacted_before", BooleanField(null=True)),
        ("customer_purchases", "cost", MoneyField(null=True)),
        ("customer_purchases", "saving", MoneyField(null=True)),
    )
    for table, name, field in columns:
        migrator.migrate(migrator.add_column(table, name, field, allow_not_null=True))
    migrator.migrate(
        migrator.add_index("medicine", ("company_id", "is_listed", "stock"), False),
        migrator.add_index("purchase", ("company_id", "bill_number"), True),
        migrator.add_index("purchase", ("customer_id", "purchased_on"), False),
        # Every search by customer alone is served by the index above.
        migrator.drop_index("purchase", "purchase_customer_id"),
    )
    db.create_tables([StockMovement])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table("stock_movement"),
        migrator.drop_index("medicine", "medicine_company_id_is_listed_stock"),
        migrator.drop_index("purchase", "purchase_company_id_bill_number"),
        migrator.drop_index("purchase", "purchase_customer_id_purchased_on"),
        migrator.add_index("purchase", ("customer_id",), False),
    )
    columns = {
        "company": ("last_bill",),
        "customers": ("educated_on", "educated_by_id"),
        "import": ("kind",),
        "medicine": (
            "composition",
            "manufacturer",
            "schedule",
            "is_generic",
            "is_listed",
            "pack_size",
            "pack_price",
            "pack_cost",
            "stock",
        ),
        "purchase": ("bill_number", "cost", "costed_total", "category", "was_contacted_before"),
        "customer_purchases": ("cost", "saving"),
    }
    for table, names in columns.items():
        for name in names:
            migrator.migrate(migrator.drop_column(table, name))
