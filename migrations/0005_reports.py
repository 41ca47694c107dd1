"""Reports: covered days, who is held out from reminders, and pictures somebody waits for."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, Model

from database import DayField, UTCDateTimeField


def up(migrator, db):
    Company, Customer = _known(db, "company"), _known(db, "customers")
    Medicine, Staff, Phone = _known(db, "medicine"), _known(db, "staff"), _known(db, "phone")

    class Therapy(Model):
        company = ForeignKeyField(Company)
        customer = ForeignKeyField(Customer, index=False, on_delete="CASCADE")
        identity = CharField()
        drug = CharField()
        medicine = ForeignKeyField(Medicine, index=False, on_delete="CASCADE")
        first_on = DayField()
        last_on = DayField()
        runs_out_on = DayField()
        fills = IntegerField()
        longest_fill = IntegerField()
        until_on = DayField(null=True)

        class Meta:
            database = db
            table_name = "therapy"
            indexes = ((("customer", "identity"), True),)

    class CoveredSpan(Model):
        therapy = ForeignKeyField(Therapy, index=False, on_delete="CASCADE")
        ends_on = DayField()
        filled_on = DayField()
        begins_on = DayField()
        days = IntegerField()
        late_days = IntegerField()

        class Meta:
            database = db
            table_name = "covered_span"
            indexes = ((("therapy", "ends_on", "filled_on", "begins_on", "days", "late_days"), False),)

    class ReportPicture(Model):
        company = ForeignKeyField(Company, index=False)
        staff = ForeignKeyField(Staff, index=False)
        phone = ForeignKeyField(Phone, index=False)
        name = CharField()
        days = IntegerField(null=True)
        state = CharField(default="waiting")
        asked_at = UTCDateTimeField()

        class Meta:
            database = db
            table_name = "report_picture"
            indexes = ((("state",), False),)

    class CoveredMedicine(Model):
        medicine = ForeignKeyField(Medicine, unique=True, on_delete="CASCADE")
        identity = CharField()

        class Meta:
            database = db
            table_name = "covered_medicine"

    class TrialCycle(Model):
        company = ForeignKeyField(Company, index=False)
        reminder = ForeignKeyField(_known(db, "refill_reminders"), unique=True, on_delete="CASCADE")
        phone = ForeignKeyField(Phone, index=False, on_delete="CASCADE")
        arm = CharField()
        began_on = DateField()

        class Meta:
            database = db
            table_name = "trial_cycle"
            indexes = ((("company", "began_on"), False),)

    db.create_tables([Therapy, CoveredSpan, CoveredMedicine, TrialCycle, ReportPicture])


def down(migrator, db):
    for name in ("report_picture", "trial_cycle", "covered_medicine", "covered_span", "therapy"):
        migrator.migrate(migrator.drop_table(name))


def _known(db, name):
    """A table of before, to point to."""

    class Known(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = name

    return Known
