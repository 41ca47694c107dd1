"""Tables behind the reports: covered days, made from purchases; trials; pictures asked for."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField

from clock import now
from database import DayField, Table, UTCDateTimeField
from models import Company, Customer, Medicine, Phone, RefillReminder, Staff


class Therapy(Table):
    """One customer's taking of one medicine, brand or generic: made from purchases (domain/coverage.py)."""

    company = ForeignKeyField(Company)
    customer = ForeignKeyField(Customer, index=False, on_delete="CASCADE")
    identity = CharField()
    # Composition and strength, by which reports add up.
    drug = CharField()
    # What was bought last.
    medicine = ForeignKeyField(Medicine, index=False, on_delete="CASCADE")
    first_on = DayField()
    last_on = DayField()
    runs_out_on = DayField()
    fills = IntegerField()
    longest_fill = IntegerField()
    # Nobody asks any more whether these days are covered: another dose was begun, or the customer died.
    until_on = DayField(null=True)

    undoable = False

    class Meta:
        indexes = ((("customer", "identity"), True),)


class CoveredSpan(Table):
    """The days one fill covers, `ends_on` not included; what was left over when it was bought comes first."""

    therapy = ForeignKeyField(Therapy, index=False, on_delete="CASCADE")
    ends_on = DayField()
    filled_on = DayField()
    begins_on = DayField()
    days = IntegerField()
    # Days without any before it was bought.
    late_days = IntegerField()

    undoable = False

    class Meta:
        # Reports read this index and never the table.
        indexes = ((("therapy", "ends_on", "filled_on", "begins_on", "days", "late_days"), False),)


class CoveredMedicine(Table):
    """Under which identity the covered days of a medicine's buyers were reckoned last."""

    medicine = ForeignKeyField(Medicine, unique=True, on_delete="CASCADE")
    identity = CharField()

    undoable = False


class TrialCycle(Table):
    """While some are held out: whether the messages of one supply go, from its first one on."""

    company = ForeignKeyField(Company, index=False)
    reminder = ForeignKeyField(RefillReminder, unique=True, on_delete="CASCADE")
    phone = ForeignKeyField(Phone, index=False, on_delete="CASCADE")
    # reminded or held_out
    arm = CharField()
    began_on = DateField()

    undoable = False

    class Meta:
        indexes = ((("company", "began_on"), False),)


class ReportPicture(Table):
    """A report somebody waits to see as a picture; `days` back from then, null for all."""

    company = ForeignKeyField(Company, index=False)
    staff = ForeignKeyField(Staff, index=False)
    phone = ForeignKeyField(Phone, index=False)
    name = CharField()
    days = IntegerField(null=True)
    state = CharField(default="waiting")
    asked_at = UTCDateTimeField(default=now)

    undoable = False

    class Meta:
        indexes = ((("state",), False),)


TABLES = (Therapy, CoveredSpan, CoveredMedicine, TrialCycle, ReportPicture)
